// Real files for the tests of this room, written byte by byte.
import { fork } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { wrapChild } from '../platform/node-fork.ts';
import type { Fork } from '../platform/port.ts';

/** A folder that is gone at the end of the test. */
export function temporaryFolder(): { path: string; file(name: string, bytes: string | Uint8Array): string; [Symbol.dispose](): void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'deskmate-files-'));
  return {
    path: folder,
    file(name, bytes) {
      const file = path.join(folder, name);
      writeFileSync(file, bytes);
      return file;
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Writes a ZIP with these parts. */
export async function writeZip(file: string, parts: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(file));
  return file;
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const SHEET_TYPE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet';

export type XlsxParts = { sheets: Readonly<Record<string, string>>; sharedStrings?: readonly string[]; formats?: readonly string[]; is1904?: boolean; extra?: Readonly<Record<string, string | Buffer>> };

/** A workbook: `sheets` maps names to the inside of `<sheetData>`; `formats[i]` is the number format of style i + 1. */
export function writeXlsx(file: string, parts: XlsxParts): Promise<string> {
  const names = Object.keys(parts.sheets);
  const formats = parts.formats ?? [];
  return writeZip(file, {
    'xl/workbook.xml': `${XML}<workbook xmlns:r="urn:r">${parts.is1904 === true ? '<workbookPr date1904="1"/>' : ''}<sheets>${names.map((name, index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships>${names.map((_, index) => `<Relationship Id="rId${index + 1}" Type="${SHEET_TYPE}" Target="worksheets/sheet${index + 1}.xml"/>`).join('')}</Relationships>`,
    'xl/styles.xml': `${XML}<styleSheet><numFmts>${formats.map((format, index) => `<numFmt numFmtId="${164 + index}" formatCode="${format}"/>`).join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${formats.map((_, index) => `<xf numFmtId="${164 + index}"/>`).join('')}</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `${XML}<sst>${(parts.sharedStrings ?? []).map((text) => `<si>${text}</si>`).join('')}</sst>`,
    ...Object.fromEntries(names.map((name, index) => [`xl/worksheets/sheet${index + 1}.xml`, `${XML}<worksheet><sheetData>${parts.sheets[name]}</sheetData></worksheet>`])),
    ...parts.extra,
  });
}

const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

/** A Word document with this body (WordprocessingML). Styles: Heading1, Heading2. */
export function writeDocx(file: string, body: string): Promise<string> {
  const heading = (level: number) => `<w:style w:type="paragraph" w:styleId="Heading${level}"><w:name w:val="heading ${level}"/></w:style>`;
  return writeZip(file, {
    '[Content_Types].xml': `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>`,
    '_rels/.rels': `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`,
    'word/styles.xml': `${XML}<w:styles xmlns:w="${WORD}">${heading(1)}${heading(2)}</w:styles>`,
    'word/document.xml': `${XML}<w:document xmlns:w="${WORD}"><w:body>${body}</w:body></w:document>`,
  });
}

/** A PDF (1.4, Helvetica) with these page contents, given as text operators, and an optional title. */
export function pdfBytes(pages: readonly string[], title?: string): Buffer {
  const kids = pages.map((_, index) => `${4 + index * 2} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...pages.flatMap((content, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + index * 2} 0 R >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ]),
    ...(title === undefined ? [] : [`<< /Title (${title}) >>`]),
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const info = title === undefined ? '' : ` /Info ${objects.length} 0 R`;
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(`${text}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R${info} >>\nstartxref\n${text.length}\n%%EOF\n`, 'latin1');
}

/** Forks the parser from its source (or another entry beside it), as the hosts fork the built one. */
export function forkFromSource(entry = 'parser.process.ts', forked: { execArgv: readonly string[]; pid: number | undefined }[] = []): Fork {
  return (_, options = {}) => {
    const child = fork(path.join(import.meta.dirname, entry), { serialization: 'advanced', execArgv: [...(options.execArgv ?? [])], env: { ...process.env, ...options.env }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    forked.push({ execArgv: options.execArgv ?? [], pid: child.pid });
    return wrapChild(child);
  };
}

/** Everything an iteration gives. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
