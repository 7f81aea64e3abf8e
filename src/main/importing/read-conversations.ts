import path from 'node:path';
import type { OpenedFile } from '../files/open-file.ts';
import { DeskmateError } from '../platform/errors.ts';
import { parseConversation, type ImportedConversation } from './conversation-line.ts';
import { isJsonObject } from './json-cells.ts';

/** China Standard Time, for times without a zone. */
const ZONE_OFFSET_MINUTES = 480;

/**
 * The first `limit` conversations of a JSONL file of one conversation a line, without storing them.
 * @throws DeskmateError file_refused naming the first line that is none.
 */
export async function readConversations(file: OpenedFile, limit: number): Promise<ImportedConversation[]> {
  const conversations: ImportedConversation[] = [];
  for await (const item of file.rows()) {
    if (conversations.length === limit) break;
    const turns = item.kind === 'row' && isJsonObject(item.value) ? item.value['turns'] : undefined;
    if (item.kind === 'rejected') throw refused(file, item.line, item.sentence);
    if (!isJsonObject(item.value) || !Array.isArray(turns)) throw refused(file, item.line, 'it is not a conversation with "turns"');
    const parsed = parseConversation(item.value, turns, { zoneOffsetMinutes: ZONE_OFFSET_MINUTES }, path.dirname(file.path));
    if (!parsed.ok) throw refused(file, item.line, parsed.reason);
    conversations.push(parsed.conversation);
  }
  return conversations;
}

function refused(file: OpenedFile, line: number, reason: string): DeskmateError {
  return new DeskmateError('file_refused', `${file.name}, line ${line}: ${reason}`);
}
