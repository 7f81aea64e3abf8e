import { describe, expect, test } from 'vitest';
import { completeAttachment, insertAttachment } from '../conversations/attachment.repository.ts';
import { openTestStore } from '../db/open-test-store.ts';
import { countMacroUse, listMarks, setFavourite, setShortcut } from './macro-mark.repository.ts';
import { deleteLooseMedia, listMacroMedia, setMacroMedia } from './macro-media.repository.ts';
import { deleteMacro, findMacroByCode, getMacro, getMacrosBySeq, isVisibleMacro, listMacros, restoreMacro, setProposed, updateMacro, upsertMacro } from './macro.repository.ts';

const hello = { code: 'hello', title: '问候', text: '您好{{ customer.name }}，请问有什么可以帮您', language: 'zh' as const };
const mine = (repId: string) => ({ ...hello, scope: 'personal' as const, repId });
const DAY_MS = 86_400_000;

describe('macros', () => {
  test('come in by code, are searched without their variables, and keep their use count', () => {
    const { db, ctx } = openTestStore();
    expect(upsertMacro(db, ctx, hello)).toBe('added');
    const macro = findMacroByCode(db, 'hello');
    countMacroUse(db, macro?.id ?? '', null, 1);
    expect(upsertMacro(db, ctx, hello)).toBe('unchanged');
    expect(upsertMacro(db, { ...ctx, nowMs: 9 }, { ...hello, text: '在的' })).toBe('updated');
    expect(listMacros(db)).toEqual([{ ...hello, id: macro?.id, seq: 1, intent: null, scope: 'team', repId: null, proposedAt: null, text: '在的', useCount: 1, updatedAt: 9 }]);
    const search = (word: string) => db.prepare('SELECT rowid FROM macros_fts WHERE macros_fts MATCH ?').pluck().all(word);
    expect([search('在的'), search('帮您'), search('问候'), search('customer')]).toEqual([[1], [], [1], []]);
    expect(getMacrosBySeq(db, [7, 1])).toEqual(listMacros(db));
  });

  test('are renamed by id, but not to a code that is taken', () => {
    const { db, ctx } = openTestStore();
    upsertMacro(db, ctx, hello);
    upsertMacro(db, ctx, { ...hello, code: 'bye' });
    const id = findMacroByCode(db, 'hello')?.id ?? '';
    expect(() => updateMacro(db, ctx, id, { ...hello, code: 'bye' })).toThrow(expect.objectContaining({ code: 'conflict' }));
    expect(updateMacro(db, ctx, id, { ...hello, code: 'hi' })).toBe('updated');
    expect(getMacro(db, id).code).toBe('hi');
    expect(() => updateMacro(db, ctx, 'nope', hello)).toThrow(expect.objectContaining({ code: 'not_found' }));
  });

  test('of one code live side by side, one for the team and one for each rep', () => {
    const { db, ctx } = openTestStore();
    expect([hello, mine('r1'), mine('r2')].map((macro) => upsertMacro(db, ctx, macro))).toEqual(['added', 'added', 'added']);
    expect(listMacros(db, 'r1').map(({ scope, repId }) => [scope, repId])).toEqual([['team', null], ['personal', 'r1']]);
    expect([listMacros(db).length, listMacros(db, 'r9').length, findMacroByCode(db, 'hello', 'r2')?.repId, findMacroByCode(db, 'hello', 'r9')]).toEqual([3, 1, 'r2', undefined]);
    const own = findMacroByCode(db, 'hello', 'r1')!;
    expect([isVisibleMacro(own, 'r1'), isVisibleMacro(own, 'r2'), isVisibleMacro(own, null)]).toEqual([true, false, false]);
    setProposed(db, own.id, 5);
    expect(() => updateMacro(db, ctx, own.id, { ...own, scope: 'team' })).toThrow(expect.objectContaining({ code: 'conflict' }));
    updateMacro(db, ctx, own.id, { ...own, code: 'hello2', scope: 'team' });
    expect(getMacro(db, own.id)).toMatchObject({ scope: 'team', repId: null, code: 'hello2' });
  });

  test('go with their index entry, come back with all that reps had with them, and are gone after a month', () => {
    const { db, ctx } = openTestStore();
    upsertMacro(db, ctx, hello);
    const { id } = findMacroByCode(db, 'hello')!;
    setFavourite(db, 'r1', id, true);
    setShortcut(db, 'r1', id, 'Alt+h');
    countMacroUse(db, id, 'r1', 70);
    const marks = listMarks(db, 'r1');
    expect(deleteMacro(db, id, ctx.nowMs)).toBe(1);
    expect([listMacros(db), db.prepare('SELECT rowid FROM macros_fts').all(), db.prepare('SELECT * FROM pending_vectors').all()]).toEqual([[], [], []]);
    expect(() => deleteMacro(db, id, 1)).toThrow(expect.objectContaining({ code: 'not_found' }));
    restoreMacro(db, id);
    restoreMacro(db, id);
    expect([getMacro(db, id).useCount, db.prepare('SELECT rowid FROM macros_fts').pluck().all(), listMarks(db, 'r1')]).toEqual([1, [1], marks]);
    expect(marks).toEqual(new Map([[id, { macroId: id, isFavourite: true, useCount: 1, lastUsedAt: 70, shortcut: 'Alt+h' }]]));

    deleteMacro(db, id, ctx.nowMs);
    upsertMacro(db, ctx, { ...hello, code: 'other' });
    deleteMacro(db, findMacroByCode(db, 'other')!.id, ctx.nowMs + 31 * DAY_MS);
    expect([listMarks(db, 'r1').size, db.prepare('SELECT count(*) FROM macros').pluck().get()]).toEqual([0, 1]);
    expect(() => restoreMacro(db, id)).toThrow(expect.objectContaining({ code: 'not_found' }));
  });

  test('that were deleted come back by import, and not when their code is taken', () => {
    const { db, ctx } = openTestStore();
    upsertMacro(db, ctx, hello);
    const { id } = findMacroByCode(db, 'hello')!;
    deleteMacro(db, id, 1);
    expect([upsertMacro(db, ctx, hello), findMacroByCode(db, 'hello')?.id]).toEqual(['updated', id]);
    deleteMacro(db, id, 1);
    upsertMacro(db, ctx, { ...hello, code: 'hi' });
    updateMacro(db, ctx, findMacroByCode(db, 'hi')!.id, hello);
    expect(() => restoreMacro(db, id)).toThrow(expect.objectContaining({ code: 'conflict' }));
  });
});

test('media: a stored file of no conversation, gone when nothing carries it any more', () => {
  const { db, ctx } = openTestStore();
  upsertMacro(db, ctx, hello);
  const { id } = findMacroByCode(db, 'hello')!;
  const file = { conversationId: null, name: '尺码表.png', mime: 'image/png', kind: 'image' as const, byteCount: 3, width: null, height: null, state: 'stored' as const, reason: null, url: null };
  const half = insertAttachment(db, ctx, { ...file, isComplete: false });
  expect(() => setMacroMedia(db, id, half)).toThrow(expect.objectContaining({ code: 'bad_request' }));
  completeAttachment(db, half, { mime: 'image/png', kind: 'image', width: 10, height: 20 });
  setMacroMedia(db, id, half);
  const { conversationId: _none, ...shown } = file;
  expect(listMacroMedia(db)).toEqual(new Map([[id, { ...shown, id: half, width: 10, height: 20 }]]));
  // one that nobody gave to a macro goes after a day, one that a macro carries stays
  insertAttachment(db, ctx, { ...file, isComplete: true });
  expect([deleteLooseMedia(db, ctx.nowMs + DAY_MS), deleteLooseMedia(db, ctx.nowMs + DAY_MS + 1), listMacroMedia(db).size]).toEqual([0, 1, 1]);
  setMacroMedia(db, id, null);
  expect([listMacroMedia(db), db.prepare('SELECT count(*) FROM attachments').pluck().get()]).toEqual([new Map(), 0]);
});
