import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { catalogue, type TextKey } from '../../src/shared/i18n/texts.ts';
import type { UiLanguage } from '../../src/shared/i18n/language.ts';
import { axeProblems, watchProblems } from '../accessibility.ts';
import { expect, test, type RunningHost } from '../fixtures.ts';
import { filesDirOf, type ShopKind } from '../stores.ts';
import type { Script } from './customers.ts';

const PICTURES = path.join(import.meta.dirname, '../../test-results/walk');
const LOCALES: Record<UiLanguage, string> = { 'zh-Hans': 'zh-CN', 'zh-Hant': 'zh-TW', en: 'en-US' };
/** `DESKMATE_WIDE=1` walks every flow in every language it is written for; else each is walked once. */
export const isWide = process.env['DESKMATE_WIDE'] === '1';

export type Theme = 'light' | 'dark';
export type Look = { lang: UiLanguage; theme: Theme };
type Screen = 'desk' | 'today' | 'knowledge' | 'products' | 'import' | 'settings';

/** What a flow needs to drive the page as a rep would. */
export type Walk = {
  page: Page;
  host: RunningHost;
  lang: UiLanguage;
  /** The screen's own words in the language of this walk. */
  t(key: TextKey, values?: Record<string, string | number>): string;
  /** Saves the next numbered picture, when `isWide`. */
  look(): Promise<void>;
  open(): Promise<void>;
  goTo(screen: Screen): Promise<void>;
  /** Chooses in one of the page's own lists. */
  choose(label: string, choice: string | RegExp): Promise<void>;
  /** Plays the conversations of a file into the queue at once, and shows the Desk. */
  replay(conversations: readonly Script[]): Promise<void>;
  /** The row of a customer in the queue. */
  row(name: string): Locator;
  /** The reply box of the open conversation. */
  reply(name: string): Locator;
  axe(isMenuOpen?: boolean): Promise<void>;
};

/** Walked on every run, in their first look; everything else in `npm run test:long`, because all of it takes a quarter of an hour. */
const DAILY: readonly string[] = ['3-angry'];

/** One flow, once for each of its looks when `isWide`. */
export function walkFlow(name: string, looks: readonly [Look, ...Look[]], body: (walk: Walk) => Promise<void>, shop: ShopKind = 'demo'): void {
  for (const look of isWide ? looks : looks.slice(0, DAILY.includes(name) ? 1 : 0)) {
    test.describe(`${name} ${look.lang} ${look.theme}`, () => {
      test.use({ locale: LOCALES[look.lang], colorScheme: look.theme, viewport: { width: 1280, height: 800 }, shop });
      test(`walk: ${name}`, async ({ page, host }) => {
        test.setTimeout(180_000);
        const problems = await watchProblems(page);
        await body(createWalk(name, look, page, host));
        expect(problems).toEqual([]);
      });
    });
  }
}

/** The same in the tests that walk no flow; `name` is the beginning of their pictures' names. */
export function createWalk(name: string, look: Look, page: Page, host: RunningHost): Walk {
  const words = catalogue(look.lang);
  let pictureCount = 0;
  const t: Walk['t'] = (key, values = {}) => (words[key] ?? key).replace(/\{\{(\w+)\}\}/g, (hole, value: string) => String(values[value] ?? hole));
  const walk: Walk = {
    page, host, lang: look.lang, t,
    look: async () => {
      if (!isWide) return;
      pictureCount += 1;
      await page.screenshot({ path: path.join(PICTURES, `${name}-${look.lang}-${look.theme}-${String(pictureCount).padStart(2, '0')}.png`) });
    },
    open: async () => {
      await page.goto(host.url);
      await expect(page.getByRole('navigation', { name: t('app.nav') })).toBeVisible();
    },
    goTo: (screen) => page.getByRole('navigation', { name: t('app.nav') }).getByRole('button', { name: t(`nav.${screen}`), exact: true }).click(),
    choose: async (label, choice) => {
      await page.getByRole('combobox', { name: label, exact: true }).click();
      await page.getByRole('option', { name: choice, ...(typeof choice === 'string' ? { exact: true } : {}) }).click();
    },
    replay: (conversations) => replay(walk, conversations),
    row: (customer) => page.getByRole('listbox', { name: t('queue.list') }).getByRole('option', { name: customer }),
    reply: (customer) => page.getByRole('textbox', { name: t('composer.label', { name: customer }) }),
    axe: async (isMenuOpen) => expect(await axeProblems(page, isMenuOpen)).toEqual([]),
  };
  return walk;
}

async function replay({ page, host, t, goTo, choose, row }: Walk, conversations: readonly Script[]): Promise<void> {
  const file = writeScripts(host, conversations);
  await goTo('import');
  await page.getByLabel(t('replay.path')).fill(file);
  await choose(t('replay.speed'), t('replay.speedAll'));
  await page.getByRole('button', { name: t('replay.start') }).click();
  await goTo('desk');
  for (const { customerName } of conversations) await expect(row(customerName).first()).toBeVisible({ timeout: 30_000 });
}

/** The conversations as a file that can be replayed, its last message just now. */
function writeScripts({ storeDir }: RunningHost, conversations: readonly Script[]): string {
  const nowMs = Date.now();
  const lines = conversations.map(({ customerId, customerName, turns }, index) => {
    const at = turns.map(({ agoSeconds }) => nowMs - agoSeconds * 1000);
    return JSON.stringify({ id: `w${index}`, channel: 'replay', customerId, customerName, openedAt: at[0], turns: turns.map(({ role, text }, place) => ({ id: `w${index}-${place}`, role, text, at: at[place] })) });
  });
  return writeOwnFile(storeDir, 'conversations.jsonl', lines.join('\n'));
}

/** A file of the rep's own, beside the store it belongs to. */
export function writeOwnFile(storeDir: string, name: string, content: string): string {
  const dir = filesDirOf(storeDir);
  mkdirSync(dir, { recursive: true });
  const file = path.join(dir, name);
  writeFileSync(file, content);
  return file;
}
