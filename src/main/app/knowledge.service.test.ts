import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RepId } from '../../shared/contract/ids.contract.ts';
import { listAudit } from '../access/audit.repository.ts';
import { ensureDefaultRep, insertRep } from '../access/rep.repository.ts';
import { addConversation } from '../conversations/conversation.fixture.ts';
import { openTestStore } from '../db/open-test-store.ts';
import { openFile } from '../files/open-file.ts';
import { upsertMacro } from '../knowledge/macro.repository.ts';
import { insertUnanswered } from '../knowledge/question.repository.ts';
import { DeskmateError } from '../platform/errors.ts';
import { createSearchService } from '../search/search.service.ts';
import { createSourceFork } from './app.fixture.ts';
import { createKnowledgeService } from './knowledge.service.ts';

/** The service over a real store; `be` seats another rep. */
function openKnowledge() {
  const store = openTestStore();
  const { db, ctx } = store;
  const admin = ensureDefaultRep(db, ctx).id;
  const rep = insertRep(db, ctx, { name: '小周', role: 'rep', certificateLevel: 'junior', colour: 'teal', initials: '周', isActive: true }).id;
  const other = insertRep(db, ctx, { name: '小吴', role: 'rep', certificateLevel: 'junior', colour: 'teal', initials: '吴', isActive: true }).id;
  let seated: RepId = admin;
  const told = { changedCount: 0, removed: [] as [string, number[]][], read: [] as string[] };
  const service = createKnowledgeService({
    db, context: () => ctx, repId: () => seated, scopeOf: () => ({ customer: { name: '林女士' }, rep: { name: null } }),
    openFile: (file) => openFile(file, { fork: createSourceFork().fork }), onRead: (file) => void told.read.push(file),
    onChanged: () => void (told.changedCount += 1), onRemoved: (kind, seqs) => void told.removed.push([kind, seqs]),
  });
  return { ...store, service, told, admin, rep, other, be: (id: RepId) => void (seated = id) };
}
const code = (wanted: string) => expect.objectContaining({ code: wanted }) as unknown;
const hello = { code: 'hi', title: '问候', text: '您好{{ customer.name }}，我是{{ rep.name }}' };
const article = { title: '退换货', language: 'zh' as const, intent: null, markdown: '## 退货\n\n七天无理由。\n\n## 运费\n\n质量问题我们承担。', validFrom: null, validTo: null, answers: [] };

describe('macros', () => {
  test('of the team are changed by roles that may; everybody has their own', () => {
    const { service, be, rep, other, admin, told, db } = openKnowledge();
    const team = service.saveMacro({ ...hello, scope: 'team' });
    be(rep);
    for (const refused of [() => service.saveMacro({ ...hello, code: 'x', scope: 'team' }), () => service.saveMacro({ ...hello, id: team.id, scope: 'team' }), () => service.deleteMacro(team.id), () => service.setMacroMedia(team.id, null)]) expect(refused).toThrow(code('forbidden') as Error);
    const own = service.saveMacro({ ...hello, scope: 'personal' });
    expect(service.macros().map(({ id, scope, canEdit }) => [id, scope, canEdit])).toEqual([[team.id, 'team', false], [own.id, 'personal', true]]);
    be(other);
    expect(service.macros().map(({ id }) => id)).toEqual([team.id]);
    for (const hidden of [() => service.saveMacro({ ...hello, id: own.id, scope: 'personal' }), () => service.deleteMacro(own.id), () => service.favouriteMacro(own.id, true)]) expect(hidden).toThrow(code('not_found') as Error);
    be(admin);
    service.deleteMacro(team.id);
    expect([told.removed, service.restoreMacro(team.id)]).toEqual([[['macro', [1]]], team]);
    expect(listAudit(db).map(({ action, repId }) => [action, repId === rep ? 'rep' : 'admin'])).toEqual([['macro.restored', 'admin'], ['macro.deleted', 'admin'], ['macro.saved', 'rep'], ['macro.saved', 'admin']]);
  });

  test('are offered by a rep and taken or handed back by a lead, who then sees them', () => {
    const { service, be, rep, admin } = openKnowledge();
    be(rep);
    const own = service.saveMacro({ ...hello, scope: 'personal' });
    expect(() => service.decideMacro(own.id, true)).toThrow(code('forbidden') as Error);
    service.proposeMacro(own.id, true);
    be(admin);
    expect(service.macros().map(({ id, scope, repId, canEdit }) => [id, scope, repId, canEdit])).toEqual([[own.id, 'personal', rep, false]]);
    service.decideMacro(own.id, false);
    expect(service.macros()).toEqual([]);
    expect(() => service.decideMacro(own.id, true)).toThrow(code('not_found') as Error);
    be(rep);
    service.proposeMacro(own.id, true);
    be(admin);
    service.decideMacro(own.id, true);
    expect(service.macros()).toEqual([expect.objectContaining({ id: own.id, scope: 'team', repId: null, proposedAt: null, canEdit: true })]);
  });

  test("are found by the search box by those who may see them, and not after they were deleted", async () => {
    const { service, db, be, rep, other } = openKnowledge();
    be(rep);
    const own = service.saveMacro({ code: 'own', title: '', text: '羽绒服只能冷水手洗', scope: 'personal' });
    const find = async (repId: RepId) => {
      const search = createSearchService({ db, engine: { search: () => Promise.reject(new DeskmateError('engine_down', 'away')) }, repId: () => repId });
      return (await search.query({ text: '羽绒服手洗', kinds: ['macro'], limit: 5 })).hits.map(({ id }) => id);
    };
    expect([await find(rep), await find(other)]).toEqual([[own.id], []]);
    service.deleteMacro(own.id);
    expect(await find(rep)).toEqual([]);
  });

  test('with an unknown variable or a broken template are refused with the place', () => {
    const { service } = openKnowledge();
    expect(() => service.saveMacro({ ...hello, text: '您好\n{{ order.waybil }}', scope: 'team' })).toThrow('Line 2, column 4: there is no variable order.waybil. Is it order.waybill?');
    expect(() => service.saveMacro({ ...hello, text: '{{ x', scope: 'team' })).toThrow(/^Line 1, column 1: the template cannot be read/);
    expect(service.macros()).toEqual([]);
  });

  test('are previewed filled, with holes and faults', () => {
    const { service } = openKnowledge();
    const conversationId = addConversation(openTestStore(), 'x', []);
    expect(service.previewMacro({ text: hello.text, conversationId })).toEqual({ text: '您好林女士，我是⟨rep.name⟩', missingVariables: ['rep.name'], issues: [] });
    expect(service.previewMacro({ text: '{{ a', conversationId: null })).toMatchObject({ text: '', issues: [{ kind: 'syntax' }] });
  });

  test('take keys of one rep only, once, and none that typing would set off', () => {
    const { service, be, rep, admin } = openKnowledge();
    const [one, two] = ['a', 'b'].map((name) => service.saveMacro({ ...hello, code: name, scope: 'team' }));
    expect(service.bindMacro(one!.id, 'Alt+h').shortcut).toBe('Alt+h');
    expect(() => service.bindMacro(two!.id, 'alt+H')).toThrow(code('conflict') as Error);
    expect(() => service.bindMacro(two!.id, 'h')).toThrow(code('bad_request') as Error);
    be(rep);
    expect(service.bindMacro(two!.id, 'Alt+h').shortcut).toBe('Alt+h');
    be(admin);
    service.deleteMacro(one!.id);
    expect(service.bindMacro(two!.id, 'Alt+h').shortcut).toBe('Alt+h');
    expect(service.favouriteMacro(two!.id, true).isFavourite).toBe(true);
  });
});

describe('phrase lists', () => {
  test("become the rep's own macros; again changes nothing; the export comes back the same and runs nothing", async () => {
    const { service, be, rep, other, dir, told, db, ctx } = openKnowledge();
    upsertMacro(db, ctx, { ...hello, language: 'zh' });
    be(rep);
    const file = path.join(dir, '我的短语.csv');
    writeFileSync(file, '快捷编码,快捷短语,快捷短语分组\nhi,亲在的,欢迎\n,=1+1 算一下,欢迎\n,{{ 不是变量,其他\n');
    const { phrases, rejected } = await service.previewPhrases(file);
    expect([phrases.map((phrase) => [phrase.code, phrase.state]), rejected, service.macros().length]).toEqual([[['hi', 'new'], ['欢迎', 'new'], ['其他', 'new']], [], 1]);
    expect(await service.importPhrases(file)).toEqual({ added: 3, updated: 0, unchanged: 0, rejectedCount: 0 });
    expect([await service.importPhrases(file), told.read]).toEqual([{ added: 0, updated: 0, unchanged: 3, rejectedCount: 0 }, [file, file]]);
    const { csv, name, count } = service.exportMacros('personal');
    expect([name, count, csv.split('\r\n')[3]]).toEqual(['deskmate-macros-personal.csv', 3, "欢迎,欢迎,'=1+1 算一下"]);
    const again = path.join(dir, name);
    writeFileSync(again, csv);
    expect(await service.importPhrases(again)).toEqual({ added: 0, updated: 0, unchanged: 3, rejectedCount: 0 });
    be(other);
    expect([service.macros().map((macro) => macro.code), service.exportMacros('personal').count, existsSync(file)]).toEqual([['hi'], 0, true]);
  });
});

describe('articles', () => {
  test('are written, cut into passages, versioned, restored and undone', () => {
    const { service, told, be, rep, admin } = openKnowledge();
    const first = service.saveArticle(article);
    expect(first).toMatchObject({ version: 1, passages: [{ heading: '退货', text: '七天无理由。' }, { heading: '运费', text: '质量问题我们承担。' }], markdown: article.markdown });
    const second = service.saveArticle({ ...article, id: first.id, baseVersion: 1, markdown: '## 退货\n\n七天无理由。' });
    expect([second.passages.map(({ id }) => id), told.removed]).toEqual([[first.passages[0]?.id], [['passage', [2]]]]);
    expect(() => service.saveArticle({ ...article, id: first.id, baseVersion: 1 })).toThrow(code('conflict') as Error);
    service.restoreArticle(first.id, 1);
    expect([service.article(first.id).markdown, service.articleVersions(first.id).map(({ version, isCurrent, repName }) => [version, isCurrent, repName])]).toEqual([article.markdown, [[3, true, ''], [2, false, ''], [1, false, '']]]);
    service.deleteArticle(first.id);
    expect(() => service.article(first.id)).toThrow(code('not_found') as Error);
    service.restoreArticle(first.id);
    expect(service.article(first.id).version).toBe(3);
    be(rep);
    for (const refused of [() => service.saveArticle(article), () => service.deleteArticle(first.id), () => service.restoreArticle(first.id, 1)]) expect(refused).toThrow(code('forbidden') as Error);
    be(admin);
    expect(() => service.saveArticle({ ...article, validFrom: 5, validTo: 5 })).toThrow(code('bad_request') as Error);
    expect(() => service.saveArticle({ ...article, markdown: '# 只有标题' })).toThrow(code('bad_request') as Error);
    expect(service.previewArticle(article.markdown)).toEqual([{ heading: '退货', text: '七天无理由。' }, { heading: '运费', text: '质量问题我们承担。' }]);
  });

  test('answer questions, which are listed masked and equal ones together', () => {
    const store = openKnowledge();
    const { service, db } = store;
    addConversation(store, '林女士', [['customer', '充绒量是多少？'], ['customer', '充绒量是多少'], ['customer', '打 13812345678 找我，几点上班']]);
    const ids = db.prepare('SELECT id FROM messages ORDER BY seq').pluck().all() as Parameters<typeof insertUnanswered>[1][];
    for (const id of ids) insertUnanswered(db, id);
    const { questions, total } = service.unanswered({ limit: 10 });
    expect([questions.map(({ question, count }) => [question, count]), total]).toEqual([[['充绒量是多少', 2], [expect.not.stringContaining('13812345678'), 1]], 2]);
    service.dismissQuestions({ messageIds: questions[1]!.messageIds, isDismissed: true });
    service.saveArticle({ ...article, answers: questions[0]!.messageIds });
    expect(service.unanswered({ limit: 10 }).total).toBe(0);
    service.dismissQuestions({ messageIds: questions[1]!.messageIds, isDismissed: false });
    expect(service.unanswered({ limit: 10 }).total).toBe(1);
    db.exec('DELETE FROM conversations');
    expect(db.prepare('SELECT count(*) FROM unanswered_questions').pluck().get()).toBe(0);
  });
});
