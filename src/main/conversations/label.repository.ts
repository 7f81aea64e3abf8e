import type { ConversationId, LabelId } from '../../shared/contract/ids.contract.ts';
import { labelShapeSchema, type Label } from '../../shared/contract/work.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { normaliseForMatch } from '../text/normalise.ts';

type LabelRow = { id: string; name: string; shape: Label['shape']; tone: Label['tone'] };

const COLUMNS = 'id, name, shape, tone';
const MAX_LABELS = 200;

function rowToLabel(row: LabelRow): Label {
  return { ...row, id: row.id as LabelId };
}

/** Oldest first. */
export function listLabels(db: ReadableDb): Label[] {
  return prepared<LabelRow>(db, `SELECT ${COLUMNS} FROM labels WHERE deleted_at IS NULL ORDER BY created_at, id`).all().map(rowToLabel);
}

/** @throws DeskmateError not_found, also for a deleted label. */
export function getLabel(db: ReadableDb, id: LabelId): Label {
  const row = prepared<LabelRow>(db, `SELECT ${COLUMNS} FROM labels WHERE id = ? AND deleted_at IS NULL`).get(id);
  if (row === undefined) throw new DeskmateError('not_found', 'There is no such label.');
  return rowToLabel(row);
}

/** The label of this name, ignoring case and width; made when there is none, with the shape that is used least unless one is given. @throws DeskmateError conflict at 200 labels. */
export function ensureLabel(db: WritableDb, ctx: WriteContext, label: { name: string; shape?: Label['shape'] | undefined; tone?: Label['tone'] | undefined }): Label {
  const existing = findByName(db, label.name);
  if (existing !== undefined) return existing;
  const labels = listLabels(db);
  if (labels.length >= MAX_LABELS) throw new DeskmateError('conflict', `There are ${MAX_LABELS} labels already; delete one first.`);
  const id = ctx.newId() as LabelId;
  prepared(db, 'INSERT INTO labels (id, shop_id, name, name_key, shape, tone, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)')
    .run(id, ctx.shopId, label.name, normaliseForMatch(label.name), label.shape ?? leastUsedShape(labels), label.tone ?? 'plain', ctx.nowMs);
  return getLabel(db, id);
}

function findByName(db: ReadableDb, name: string): Label | undefined {
  const row = prepared<LabelRow>(db, `SELECT ${COLUMNS} FROM labels WHERE name_key = ? AND deleted_at IS NULL`).get(normaliseForMatch(name));
  return row === undefined ? undefined : rowToLabel(row);
}

function leastUsedShape(labels: readonly Label[]): Label['shape'] {
  const countOf = (shape: Label['shape']): number => labels.filter((label) => label.shape === shape).length;
  return labelShapeSchema.options.toSorted((a, b) => countOf(a) - countOf(b))[0] ?? 'circle';
}

/** @throws DeskmateError not_found, or conflict when another label has the name. */
export function updateLabel(db: WritableDb, label: Label): Label {
  const namesake = findByName(db, label.name);
  if (namesake !== undefined && namesake.id !== label.id) throw new DeskmateError('conflict', 'There is a label of that name already.');
  const { changes } = prepared(db, 'UPDATE labels SET name = ?, name_key = ?, shape = ?, tone = ? WHERE id = ? AND deleted_at IS NULL')
    .run(label.name, normaliseForMatch(label.name), label.shape, label.tone, label.id);
  if (changes === 0) throw new DeskmateError('not_found', 'There is no such label.');
  return getLabel(db, label.id);
}

/** Its conversations stay noted until `purgeDeletedLabels`, so that it can come back. Returns how many carry it. @throws DeskmateError not_found */
export function deleteLabel(db: WritableDb, id: LabelId, nowMs: number): number {
  const { changes } = prepared(db, 'UPDATE labels SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL').run(nowMs, id);
  if (changes === 0) throw new DeskmateError('not_found', 'There is no such label.');
  return prepared<{ count: number }>(db, 'SELECT count(*) AS count FROM conversation_labels WHERE label_id = ?').get(id)?.count ?? 0;
}

/** @throws DeskmateError not_found when it is gone for good, conflict when its name was given away meanwhile. */
export function restoreLabel(db: WritableDb, id: LabelId): Label {
  const row = prepared<{ name: string }>(db, 'SELECT name FROM labels WHERE id = ?').get(id);
  if (row === undefined) throw new DeskmateError('not_found', 'This label is gone.');
  const namesake = findByName(db, row.name);
  if (namesake !== undefined && namesake.id !== id) throw new DeskmateError('conflict', 'There is a new label of that name already.');
  prepared(db, 'UPDATE labels SET deleted_at = NULL WHERE id = ?').run(id);
  return getLabel(db, id);
}

/** Removes labels that were deleted before this time, from their conversations too. */
export function purgeDeletedLabels(db: WritableDb, before: number): void {
  prepared(db, 'DELETE FROM labels WHERE deleted_at < ?').run(before);
}

export function hasLabel(db: ReadableDb, conversationId: ConversationId, labelId: LabelId): boolean {
  return prepared(db, 'SELECT 1 FROM conversation_labels WHERE conversation_id = ? AND label_id = ?').get(conversationId, labelId) !== undefined;
}

export function setLabel(db: WritableDb, conversationId: ConversationId, labelId: LabelId, isOn: boolean): void {
  const sql = isOn ? 'INSERT OR IGNORE INTO conversation_labels (conversation_id, label_id) VALUES (?, ?)' : 'DELETE FROM conversation_labels WHERE conversation_id = ? AND label_id = ?';
  prepared(db, sql).run(conversationId, labelId);
}
