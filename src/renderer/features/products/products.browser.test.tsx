import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page as browserPage, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import type { UiLanguage } from '../../../shared/i18n/language.ts';
import { createClockStore } from '../../base/clock.store.ts';
import { ShellContext } from '../../base/shell-context.tsx';
import { createI18n, TextsProvider } from '../../base/texts.tsx';
import { createToastStore } from '../../base/toast.store.ts';
import type { Product } from '../../../shared/contract/catalogue.contract.ts';
import type { Client } from '../../connection/connection.ts';
import { fakeCatalogueHandlers, sampleProducts } from '../../testing/fake-catalogue.ts';
import { recordingContract } from '../../testing/recording-contract.ts';
import { SAMPLE_NOW, SAMPLE_ZONE } from '../../testing/sample-shop.ts';
import { createProductsStore, type ProductsStore } from './products.store.ts';
import { ProductsScreen } from './products-screen.tsx';
import '../../style.css';

const failing = new Map<string, string>();
let products: ProductsStore;

async function open(language: UiLanguage = 'zh-Hans', list: Product[] = sampleProducts()): Promise<void> {
  const router = fakeCatalogueHandlers(recordingContract([], failing), list);
  products = createProductsStore(createRouterClient(router) as unknown as Client);
  const shell = { clock: createClockStore(() => SAMPLE_NOW), toasts: createToastStore() };
  await render(
    <div className="flex" style={{ height: '100vh' }}>
      <TextsProvider i18n={createI18n(language)} language={language} timeZone={SAMPLE_ZONE}>
        <ShellContext value={shell}><ProductsScreen products={products} onGoImport={() => {}} /></ShellContext>
      </TextsProvider>
    </div>,
  );
}
const names = (): string[] => [...document.querySelectorAll('[role=row] [role=cell] button')].map((button) => button.textContent ?? '');
const shown = (pattern: RegExp) => browserPage.getByRole('heading', { level: 2, name: pattern });

beforeEach(() => browserPage.viewport(1280, 800));
afterEach(() => {
  document.documentElement.dataset['theme'] = 'light';
  failing.clear();
  return cleanup();
});

describe('the list', () => {
  test('is searched, narrowed to a category and sorted by its columns', async () => {
    await open();
    await expect.poll(names).toHaveLength(5);
    await browserPage.getByRole('button', { name: '已售' }).click();
    await expect.poll(() => names()[0]).toBe('萤 Firefly 600 流明头灯');
    await expect.element(browserPage.getByRole('columnheader', { name: '已售' })).toHaveAttribute('aria-sort', 'descending');
    await browserPage.getByRole('button', { name: '已售' }).click();
    await expect.poll(() => names()[0]).toBe('绳 Line 面料修补贴');
    await userEvent.fill(browserPage.getByLabelText('搜商品名、货号、颜色'), 'frost');
    await expect.element(browserPage.getByText('没有符合的商品')).toBeVisible();
    await userEvent.fill(browserPage.getByLabelText('搜商品名、货号、颜色'), '');
    products.setCategory('徒步鞋');
    await expect.poll(names).toEqual(['石径 Trail 防水高帮徒步鞋 男款']);
    await expect.element(browserPage.getByText('共 1 个')).toBeVisible();
  });

  test('is walked through by keys; focus follows what is shown', async () => {
    await open();
    await expect.poll(names).toHaveLength(5);
    document.querySelector<HTMLElement>('[data-index="0"] button')?.focus();
    await userEvent.keyboard('{End}');
    await expect.poll(() => document.activeElement?.textContent).toBe(names().at(-1));
    await userEvent.keyboard('k');
    await expect.poll(() => document.activeElement?.textContent).toBe(names().at(-2));
    await expect.element(shown(new RegExp(names().at(-2) ?? 'none'))).toBeVisible();
  });

  test('a failed read keeps what was read and can be tried again; an empty shop says what to do', async () => {
    await open('zh-Hans', []);
    await expect.element(browserPage.getByText('还没有商品')).toBeVisible();
    failing.set('catalogue.list', 'store_busy');
    await products.load();
    await expect.poll(() => document.querySelector('[role=alert]')?.textContent).toContain('没能读出商品');
    failing.delete('catalogue.list');
    await browserPage.getByRole('button', { name: '重试' }).click();
    await expect.poll(() => document.querySelector('[role=alert]')).toBeNull();
  });
});

describe('one product', () => {
  test('shows stock, sizes, specs, lots, prices and promotions', async () => {
    await open();
    await browserPage.getByRole('button', { name: /云脊/ }).click();
    await expect.element(shown(/云脊 Ridge Pro/)).toBeVisible();
    const rowsOf = (name: string): string[] => [...(document.querySelector(`[role=region][aria-label="${name}"]`)?.querySelectorAll('tr') ?? [])].map((row) => [...row.children].map((cell) => cell.textContent).join(' '));
    expect(rowsOf('各规格库存')).toEqual(['颜色 M L XL', '岩灰 12 缺货 9', '松绿 4 16 未知']);
    expect(rowsOf('尺码表')[1]).toBe('M 165–173 58–68 90–96 72 116');
    expect(rowsOf('面料批次')).toEqual([
      '批次 颜色 面料 色号 供应商 余料', 'B2603-02 岩灰 F-311 S-1804 云织新材 126.5 米', 'B2603-02 松绿 F-311 S-1804 云织新材 126.5 米', 'B2311-07 岩灰 F-204 S-1804 云织新材 3.2 米', 'B2308-01 岩灰 F-180 S-1804 – 已用完',
    ]);
    await expect.element(browserPage.getByRole('img', { name: '价格在 ¥1,669.00 和 ¥1,899.00 之间，从 2024-06-05 到今天' })).toBeInTheDocument();
    expect([...document.querySelectorAll('section[aria-label="价格历史"] tbody tr')].map((row) => row.textContent)).toEqual([
      '2026-12-12 起¥1,899.00', '2026-11-17 到 2026-12-12¥1,669.00双11 2026当前', '2025-11-19 到 2026-11-17¥1,899.00', '2025-10-28 到 2025-11-19¥1,669.00双11 2025',
    ]);
    await browserPage.getByRole('button', { name: '全部 7 条价格' }).click();
    expect(document.querySelectorAll('section[aria-label="价格历史"] tbody tr')).toHaveLength(7);
    await browserPage.getByRole('button', { name: '显示已结束的 1 个' }).click();
    await expect.element(browserPage.getByText('已结束')).toBeVisible();
  });

  test('an unknown product says so, and can be tried again', async () => {
    await open();
    failing.set('catalogue.product', 'not_found');
    await products.choose('nothing');
    await expect.poll(() => document.querySelector('[role=alert]')?.textContent).toContain('没能读出商品');
  });

  test.each([['zh-Hans', 'light'], ['zh-Hans', 'dark'], ['en', 'light'], ['en', 'dark']] as const)('fits the window in %s, %s', async (language, theme) => {
    document.documentElement.dataset['theme'] = theme;
    for (const [width, height] of [[1280, 1500], [800, 800]] as const) {
      await browserPage.viewport(width, height);
      await open(language);
      await products.choose('YJ01M');
      await expect.element(shown(/Ridge/)).toBeVisible();
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
      await browserPage.screenshot({ path: `../../../../test-results/products-${language}-${theme}-${width}.png` });
      await cleanup();
    }
  });
});
