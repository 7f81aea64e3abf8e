import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { docxBlocks } from './docx-blocks.ts';
import { collect, pdfBytes, temporaryFolder, writeDocx, writeXlsx } from './file-fixtures.ts';
import { pdfBlocks } from './pdf-blocks.ts';
import { readXlsx } from './read-xlsx.ts';

/** Bytes to overwrite: place (as a share of the length) and new value. */
const damage = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 6 });

describe('damaged bytes', () => {
  it.each(['xlsx', 'docx', 'pdf'] as const)('%s: gives the words or one of our errors, nothing else', async (format) => {
    using folder = temporaryFolder();
    const file = path.join(folder.path, `a.${format}`);
    if (format === 'xlsx') await writeXlsx(file, { sheets: { s: '<row><c t="s"><v>0</v></c></row><row><c><v>1</v></c></row>' }, sharedStrings: ['<t>h</t>'] });
    else if (format === 'docx') await writeDocx(file, '<w:p><w:r><w:t>words</w:t></w:r></w:p>');
    else writeFileSync(file, pdfBytes(['BT /F1 11 Tf 50 780 Td (Words) Tj ET']));
    const whole = readFileSync(file);
    const read = { xlsx: () => collect(readXlsx(file, 'a.xlsx')), docx: () => docxBlocks(file, 'a.docx'), pdf: () => pdfBlocks(file, 'a.pdf') }[format];
    await fc.assert(
      fc.asyncProperty(damage, async (places) => {
        const bytes = Buffer.from(whole);
        for (const [share, value] of places) bytes[Math.floor(share * bytes.length)] = value;
        writeFileSync(file, bytes);
        const outcome = await read().then(() => 'read', (error: unknown) => (error instanceof Error ? error.name : 'not an error'));
        expect(['read', 'DeskmateError']).toContain(outcome);
      }),
      { numRuns: 40 },
    );
  });
});
