import { z } from 'zod';
import { errorCodeSchema } from '../../shared/contract/error.contract.ts';
import type { DocumentBlock } from './document.ts';
import type { TextEncoding } from './encoding.ts';
import { REJECT_CODES, type ReadItem, type TableRow } from './read-item.ts';

/** What the disposable process is asked to read; `name` is for sentences only. */
export type ParserRequest = { path: string; name: string } & (
  | { kind: 'sheets' }
  | { kind: 'rows'; sheet?: string | undefined }
  | { kind: 'document'; format: DocumentFormat; encoding: TextEncoding }
);
export type DocumentFormat = 'markdown' | 'text' | 'html' | 'docx' | 'pdf';

/** What comes back, in order. `block` and `title` belong to documents, the rest to tables. */
export type ParserItem =
  | ReadItem<TableRow>
  | { kind: 'sheets'; names: string[] }
  | { kind: 'headers'; headers: string[] }
  | { kind: 'progress'; bytesRead: number }
  | { kind: 'title'; title: string | null }
  | { kind: 'block'; block: DocumentBlock };

/** From the parent: begin, then one `more` for each batch that was used up. */
export type ToParser = { kind: 'start'; request: ParserRequest; memoryMb: number } | { kind: 'more' };

/** From the child. The parent parses every message: a hostile file may have taken the child over. */
export type FromParser = { kind: 'ready' } | { kind: 'batch'; items: ParserItem[] } | { kind: 'done' } | { kind: 'failed'; code: z.infer<typeof errorCodeSchema>; message: string };

const line = z.int().min(0);
const blockSchema = z.object({
  kind: z.enum(['heading', 'paragraph', 'list-item', 'table-row', 'code']),
  text: z.string(),
  level: z.int().exactOptional(),
  page: z.int().exactOptional(),
  cells: z.array(z.string()).exactOptional(),
});
const itemSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('row'), line, value: z.record(z.string(), z.string()), cleaned: z.literal('lone-surrogates').exactOptional() }),
  z.object({ kind: z.literal('rejected'), line, code: z.enum(REJECT_CODES), sentence: z.string() }),
  z.object({ kind: z.literal('sheets'), names: z.array(z.string()) }),
  z.object({ kind: z.literal('headers'), headers: z.array(z.string()) }),
  z.object({ kind: z.literal('progress'), bytesRead: z.number() }),
  z.object({ kind: z.literal('title'), title: z.string().nullable() }),
  z.object({ kind: z.literal('block'), block: blockSchema }),
]);

export const fromParserSchema: z.ZodType<FromParser> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('batch'), items: z.array(itemSchema) }),
  z.object({ kind: z.literal('done') }),
  z.object({ kind: z.literal('failed'), code: errorCodeSchema, message: z.string().max(500) }),
]);
