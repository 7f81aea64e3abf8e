import { expect, test } from 'vitest';
import { openTestStore } from '../db/open-test-store.ts';
import { listArticles, softDeleteArticle, upsertArticle } from './article.repository.ts';
import { listKnownTexts } from './known-text.repository.ts';
import { deleteMacro, findMacroByCode, upsertMacro } from './macro.repository.ts';

test('passages and the macros of the team, without what was deleted', () => {
  const { db, ctx } = openTestStore();
  for (const source of ['gone.md', 'kept.md']) upsertArticle(db, ctx, { source, title: '退换货', language: 'zh', passages: [{ heading: '退货', text: `七天无理由 ${source}`, language: 'zh' }] });
  const gone = listArticles(db, { limit: 9, offset: 0 }).articles.find(({ source }) => source === 'gone.md');
  softDeleteArticle(db, gone?.id ?? '', ctx.nowMs);
  const macro = { title: '发票', text: '自助开票', language: 'zh' as const };
  upsertMacro(db, ctx, { ...macro, code: 'invoice' });
  upsertMacro(db, ctx, { ...macro, code: 'old' });
  upsertMacro(db, ctx, { ...macro, code: 'mine', scope: 'personal', repId: 'r1' });
  deleteMacro(db, findMacroByCode(db, 'old')?.id ?? '', ctx.nowMs);
  expect(listKnownTexts(db)).toEqual([
    { kind: 'passage', searchable: '退换货\n退货\n七天无理由 kept.md', text: '七天无理由 kept.md' },
    { kind: 'macro', searchable: '发票\n自助开票', text: '自助开票' },
  ]);
});
