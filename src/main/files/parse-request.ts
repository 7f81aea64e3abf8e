import { assertNever } from '../platform/errors.ts';
import type { ParserItem, ParserRequest } from './parser-protocol.ts';
import { readDocument } from './read-document.ts';

/** Does what the disposable process was asked for. */
export async function* parseRequest(request: ParserRequest): AsyncGenerator<ParserItem> {
  switch (request.kind) {
    case 'sheets':
      yield { kind: 'sheets', names: await (await import('./read-xlsx.ts')).listXlsxSheets(request.path, request.name) };
      return;
    case 'rows':
      yield* tableItems(request);
      return;
    case 'document': {
      const document = await readDocument(request.path, request.name, request.format, request.encoding);
      yield { kind: 'title', title: document.title };
      for (const block of document.blocks) yield { kind: 'block', block };
      return;
    }
    default:
      assertNever(request);
  }
}

async function* tableItems(request: Extract<ParserRequest, { kind: 'rows' }>): AsyncGenerator<ParserItem> {
  let notes: ParserItem[] = [];
  const options = {
    sheet: request.sheet,
    onHeaders: (headers: readonly string[]) => void notes.push({ kind: 'headers', headers: [...headers] }),
    onProgress: (bytesRead: number) => void notes.push({ kind: 'progress', bytesRead }),
  };
  const { readXlsx } = await import('./read-xlsx.ts');
  for await (const item of readXlsx(request.path, request.name, options)) {
    yield* notes;
    notes = [];
    yield item;
  }
  yield* notes;
}
