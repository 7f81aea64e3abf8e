import { describe, expect, test } from 'vitest';
import { openTestStore } from '../db/open-test-store.ts';
import { countMacroUse, deleteMacro, findMacroByCode, getMacro, getMacrosBySeq, listMacros, updateMacro, upsertMacro } from './macro.repository.ts';

const hello = { code: 'hello', title: '问候', text: '您好{{ customer.name }}，请问有什么可以帮您', language: 'zh' as const };

describe('macros', () => {
  test('come in by code, are searched without their variables, and keep their use count', () => {
    const { db, ctx } = openTestStore();
    expect(upsertMacro(db, ctx, hello)).toBe('added');
    const macro = findMacroByCode(db, 'hello');
    countMacroUse(db, macro?.id ?? '');
    expect(upsertMacro(db, ctx, hello)).toBe('unchanged');
    expect(upsertMacro(db, { ...ctx, nowMs: 9 }, { ...hello, text: '在的' })).toBe('updated');
    expect(listMacros(db)).toEqual([{ ...hello, id: macro?.id, seq: 1, intent: null, text: '在的', useCount: 1, updatedAt: 9 }]);
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

  test('go with their index entry', () => {
    const { db, ctx } = openTestStore();
    upsertMacro(db, ctx, hello);
    const id = findMacroByCode(db, 'hello')?.id ?? '';
    expect(deleteMacro(db, id)).toBe(1);
    expect([listMacros(db), db.prepare('SELECT rowid FROM macros_fts').all(), db.prepare('SELECT * FROM pending_vectors').all()]).toEqual([[], [], []]);
    expect(() => deleteMacro(db, id)).toThrow(expect.objectContaining({ code: 'not_found' }));
    upsertMacro(db, ctx, hello);
    expect(findMacroByCode(db, 'hello')?.seq).toBe(2);
  });
});
