import axe from 'axe-core';
import { afterEach, expect, it } from 'vitest';
import { page as browserPage } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { sampleConversations, sampleStatus } from './testing/sample-shop.ts';
import { samplePage } from './testing/render-page.tsx';
import './style.css';

const wait = (ms: number) => new Promise((d) => setTimeout(d, ms));
const SIZES = [[1280, 800], [1024, 700], [1920, 1080], [860, 700]] as const;
const LANGS = ['zh-Hans', 'en', 'zh-Hant'] as const;
const THEMES = ['light', 'dark'] as const;
afterEach(() => cleanup());

async function check(name: string) {
  await browserPage.screenshot({ path: `../../test-results/look/${name}.png` });
  const { violations } = await axe.run(document, { rules: { region: { enabled: false } } });
  return violations.map((v) => `${name}: ${v.id} ${v.nodes.map((n) => `${n.target.join(' ')} ${n.any.map((a) => a.message).join(';')}`).slice(0, 4).join(' | ')}`);
}
type Scene = [string, (s: ReturnType<typeof samplePage>) => Promise<void> | void, Parameters<typeof samplePage>[0]?];
const first = sampleConversations()[0]!.id;
const scenes: Scene[] = [
  ['desk', async (s) => { await s.page.desk.open(first); }],
  ['draft', async (s) => { await s.page.desk.open(first); await wait(50); s.page.desk.insertSuggestion(2); s.page.desk.insertText('您保证一定到'); await wait(700); document.getElementById('suggestions')?.focus(); document.querySelector<HTMLElement>('[aria-label="展开第 1 条"],[aria-label="展開第 1 條"],[aria-label="Open suggestion 1"]')?.click(); }, { check: (text: string) => (text.includes('保证') ? [{ ruleId: 'p', kind: 'promise', severity: 'block' as const, start: text.indexOf('保证'), end: text.indexOf('保证') + 2, text: '保证', rewrite: '会尽力' }] : []) }],
  ['macros', async (s) => { await s.page.desk.open(first); await wait(50); s.page.desk.insertText(';'); await wait(300); }],
  ['nomatch', async (s) => { await s.page.desk.open(sampleConversations()[5]!.id); }, { suggestions: (id: string) => ({ conversationId: id as never, messageId: null, state: 'no_match' as const, suggestions: [] }), signals: () => [] }],
  ['empty', () => {}, { conversations: [] }],
  ['search', async (s) => { await s.page.desk.open(first); s.page.app.show('search'); await wait(200); s.page.search.type('修'); await wait(500); }],
  ['keys', (s) => s.page.app.show('keys')],
  ['import', (s) => s.page.app.goTo('import')],
  ['preview', async (s) => { s.page.app.goTo('import'); await s.page.imports.preview('/data/orders.csv'); }],
  ['knowledge', async (s) => { s.page.app.goTo('knowledge'); await wait(200); await s.page.knowledge.openArticle(s.backend.state.articles[0]!.id); }],
  ['macroedit', async (s) => { s.page.app.goTo('knowledge'); await wait(200); s.page.knowledge.chooseMacro(s.backend.state.macros[0]!.id); }],
  ['settings', (s) => s.page.app.goTo('settings')],
  ['locked', () => {}, { status: { ...sampleStatus, state: 'locked' } }],
  ['failed', () => {}, { status: { ...sampleStatus, state: 'failed', problem: 'The store is in use by another program.' } }],
  ['notices', async (s) => { await s.page.desk.open(first); s.backend.become('lost'); s.page.toasts.show({ key: 'warning.marked' }, { labelKey: 'action.undo', run() {} }); }, { status: { ...sampleStatus, engine: { ...sampleStatus.engine, state: 'down' }, recovery: { wasUnclean: true, unknownReplyCount: 2, interruptedJobCount: 1 } } }],
];
const problems: string[] = [];
const wanted = (import.meta.env['VITE_LOOK'] ?? 'desk:zh-Hans:light:0').split(',');
for (const [name, run, change] of scenes)
  for (const lang of LANGS)
    for (const theme of THEMES)
      for (const [index, [w, h]] of SIZES.entries()) {
        const id = `${name}:${lang}:${theme}:${index}`;
        if (!wanted.some((pattern) => new RegExp(`^${pattern}$`).test(id))) continue;
        it(id, async () => {
          await browserPage.viewport(w, h);
          const s = samplePage({ ...change, settings: { language: lang, theme, quietMode: 'full', repName: '小同', shopName: '山屿户外', suggestionThreshold: null } });
          await render(s.element);
          await wait(150);
          await run(s);
          await wait(350);
          problems.push(...(await check(id.replaceAll(':', '-'))));
          expect(document.documentElement.dataset['theme'] !== undefined).toBe(true);
        });
      }
it('axe', () => expect(problems).toEqual([]));
