import { existsSync, readFileSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Fork } from '../platform/port.ts';
import { collect, forkFromSource, pdfBytes, temporaryFolder, writeDocx, writeXlsx, writeZip } from './file-fixtures.ts';
import { runInSandbox } from './parser-process.ts';

const PROJECT_DIR = path.resolve(import.meta.dirname, '../../..');
const isGone = (pid: number | undefined) => !existsSync(`/proc/${pid}`) || readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
const rowsXml = (count: number) => `<row><c t="str"><v>h</v></c></row>${'<row><c t="str"><v>words</v></c></row>'.repeat(count)}`;

describe('runInSandbox', () => {
  it('reads a document in a process that may read nothing but the file and the code', async () => {
    using folder = temporaryFolder();
    const forked: { execArgv: readonly string[]; pid: number | undefined }[] = [];
    const fork = forkFromSource('parser.process.ts', forked);
    const docx = await writeDocx(path.join(folder.path, 'a.docx'), '<w:p><w:r><w:t>退货</w:t></w:r></w:p>');
    const pdf = folder.file('a.pdf', pdfBytes(['BT /F1 11 Tf 50 780 Td (Words) Tj ET']));
    const read = (file: string, format: 'docx' | 'pdf') => collect(runInSandbox({ fork, codeDir: PROJECT_DIR, request: { kind: 'document', path: file, name: `a.${format}`, format, encoding: 'utf-8' } }));
    expect(await read(docx, 'docx')).toEqual([{ kind: 'title', title: null }, { kind: 'block', block: { kind: 'paragraph', text: '退货' } }]);
    expect(await read(pdf, 'pdf')).toEqual([{ kind: 'title', title: null }, { kind: 'block', block: { kind: 'paragraph', text: 'Words', page: 1 } }]);
    expect(forked[0]?.execArgv).toEqual(['--max-old-space-size=512', '--permission', '--allow-worker', `--allow-fs-read=${PROJECT_DIR}/*`, `--allow-fs-read=${docx}`, '--disable-warning=PERM0006']);
    const closed: Fork = (entry, options) => fork(entry, { ...options, execArgv: options?.execArgv?.filter((flag) => !flag.endsWith('.docx')) ?? [] });
    const refused = collect(runInSandbox({ fork: closed, codeDir: PROJECT_DIR, request: { kind: 'document', path: docx, name: 'a.docx', format: 'docx', encoding: 'utf-8' } }));
    await expect(refused).rejects.toMatchObject({ code: 'file_unreadable', message: 'a.docx cannot be opened.' });
  });

  it('hands rows over as they are used, and ends the child when the reader leaves', async () => {
    using folder = temporaryFolder();
    const forked: { execArgv: readonly string[]; pid: number | undefined }[] = [];
    const file = await writeXlsx(path.join(folder.path, 'a.xlsx'), { sheets: { s: rowsXml(3000) } });
    let count = 0;
    for await (const item of runInSandbox({ fork: forkFromSource('parser.process.ts', forked), request: { kind: 'rows', path: file, name: 'a.xlsx' } })) {
      if (item.kind === 'row') count++;
      if (count === 250) break;
    }
    await expect.poll(() => isGone(forked[0]?.pid)).toBe(true);
    expect(await collect(runInSandbox({ fork: forkFromSource(), request: { kind: 'rows', path: file, name: 'a.xlsx' } })).then((items) => items.filter((item) => item.kind === 'row').length)).toBe(3000);
  });

  it('turns failures of the parser into our errors', async () => {
    using folder = temporaryFolder();
    const bomb = await writeZip(path.join(folder.path, 'b.xlsx'), { 'xl/workbook.xml': Buffer.alloc(4 * 1024 * 1024) });
    await expect(collect(runInSandbox({ fork: forkFromSource(), request: { kind: 'sheets', path: bomb, name: 'b.xlsx' } }))).rejects.toMatchObject({ name: 'DeskmateError', code: 'file_refused', message: 'b.xlsx was not opened: 4 KB would unpack to 4 MB, which no ordinary document does.' });
  });

  it('ends a parser that needs too much memory, in the heap or outside it', async () => {
    using folder = temporaryFolder();
    const shared = Array.from({ length: 160 }, (_, index) => `<t>${Array.from({ length: 200 }, (__, part) => `${index * 200 + part}${'长文本'.repeat(100)}`).join('')}</t>`);
    const file = await writeXlsx(path.join(folder.path, 'big.xlsx'), { sheets: { s: rowsXml(1) }, sharedStrings: shared });
    const heap = collect(runInSandbox({ fork: forkFromSource(), memoryMb: 20, request: { kind: 'rows', path: file, name: 'big.xlsx' } }));
    await expect(heap).rejects.toMatchObject({ code: 'file_refused', message: 'big.xlsx needed more than 20 MB of memory; nothing more of it was read.' });
    const pdf = folder.file('big.pdf', '%PDF-1.4');
    truncateSync(pdf, 200 * 1024 * 1024);
    const outside = collect(runInSandbox({ fork: forkFromSource(), memoryMb: 60, request: { kind: 'document', path: pdf, name: 'big.pdf', format: 'pdf', encoding: 'utf-8' } }));
    await expect(outside).rejects.toMatchObject({ code: 'file_refused', message: 'big.pdf needed more than 60 MB of memory; nothing more of it was read.' });
  });

  it('ends a parser that takes too long, and one that nobody waits for any more', async () => {
    using folder = temporaryFolder();
    const file = folder.file('slow.md', 'x');
    const forked: { execArgv: readonly string[]; pid: number | undefined }[] = [];
    const request = { kind: 'document', path: file, name: 'slow.md', format: 'markdown', encoding: 'utf-8' } as const;
    const fork = forkFromSource('odd-parser.test-process.ts', forked);
    await expect(collect(runInSandbox({ fork, request, timeoutMs: 30 }))).rejects.toMatchObject({ code: 'file_refused', message: 'slow.md took too long to read; nothing more of it was read.' });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 30);
    await expect(collect(runInSandbox({ fork, request, signal: abort.signal }))).rejects.toMatchObject({ code: 'cancelled' });
    await expect(collect(runInSandbox({ fork, request, signal: AbortSignal.abort() }))).rejects.toMatchObject({ code: 'cancelled' });
    await expect.poll(() => forked.map((child) => isGone(child.pid))).toEqual([true, true]);
  });

  it('does not trust what the child says, nor that it lives', async () => {
    using folder = temporaryFolder();
    const request = { kind: 'sheets', path: folder.path, name: 'crash.xlsx' } as const;
    await expect(collect(runInSandbox({ fork: forkFromSource('odd-parser.test-process.ts'), request }))).rejects.toMatchObject({ code: 'file_unreadable', message: 'crash.xlsx could not be read: the reading process stopped unexpectedly.' });
    const lying = () => ({ pid: 1, kill: () => {}, onExit: () => () => {}, port: { postMessage: () => {}, onClose: () => () => {}, close: () => {}, onMessage: (listener: (value: unknown) => void) => { listener({ kind: 'batch', items: [{ kind: 'row', line: 'x' }] }); return () => {}; } } });
    await expect(collect(runInSandbox({ fork: lying, request }))).rejects.toMatchObject({ code: 'internal', message: 'The reading process sent something unexpected.' });
  });
});
