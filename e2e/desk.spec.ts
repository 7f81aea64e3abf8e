import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { axeProblems, watchProblems } from './accessibility.ts';
import { expect, test } from './fixtures.ts';

const SECOND_MS = 1000;

/** A small shop's files: a knowledge document, orders, macros, and one conversation to replay. */
function writeShop(dir: string, now: number): { knowledge: string; orders: string; macros: string; conversations: string } {
  mkdirSync(dir, { recursive: true });
  const file = (name: string, text: string): string => {
    const full = path.join(dir, name);
    writeFileSync(full, text);
    return full;
  };
  const day = (ago: number): string => new Date(now - ago * 86_400_000).toISOString();
  const turns = [
    { id: 't1', role: 'customer', text: '三年前买的冲锋衣袖子刮破了，还能修吗？', at: now - 90 * SECOND_MS },
    { id: 't2', role: 'rep', text: '您好，给您添麻烦了，我看一下。', at: now - 80 * SECOND_MS },
    { id: 't3', role: 'customer', text: '衣服破了怎么维修，要多少钱？再不处理我就投诉了', at: now - 70 * SECOND_MS },
  ];
  return {
    knowledge: file('终身维修.md', '# 终身维修\n\n## 衣服破了怎么维修\n\n衣服破了可以终身维修，三年以内免人工费，只收材料费。请先发订单号和破损处照片。\n\n## 维修要多久\n\n收到后 10 到 15 天寄回，寄出前拍照给您确认。\n'),
    orders: file('orders.csv', `customer_id,order_id,paid_at,amount\nlin,DD1001,${day(20)},1299.00\nlin,DD1000,${day(200)},599.00\n`),
    macros: file('macros.jsonl', `${JSON.stringify({ code: 'greet', title: '问候', text: '您好，请问有什么可以帮您？' })}\n`),
    conversations: file('replay.jsonl', `${JSON.stringify({ id: 'c1', channel: 'replay', customerId: 'lin', customerName: '林女士', openedAt: now - 90 * SECOND_MS, turns })}\n`),
  };
}

const goTo = (page: Page, name: string) => page.getByRole('navigation').getByRole('button', { name, exact: true }).click();

async function importFile(page: Page, file: string): Promise<void> {
  await page.getByLabel('或输入文件、文件夹路径').fill(file);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '开始导入' }).click();
  await expect(page.getByRole('region', { name: '最近的任务' }).getByText(path.basename(file))).toBeVisible();
  await expect(page.getByRole('region', { name: '最近的任务' }).getByText('进行中', { exact: true })).toHaveCount(0);
}

async function choose(page: Page, label: string, choice: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: choice, exact: true }).click();
}

test.use({ locale: 'zh-CN', viewport: { width: 1280, height: 800 } });

test('from an empty store to a sent reply, by keyboard', async ({ page, host }) => {
  const problems = await watchProblems(page);
  const shop = writeShop(path.join(host.storeDir, '..', `${path.basename(host.storeDir)}-files`), Date.now());
  await page.goto(host.url);
  await expect(page.getByText('没有排队的会话')).toBeVisible();
  expect(await axeProblems(page)).toEqual([]);

  await goTo(page, '导入');
  for (const file of [shop.knowledge, shop.orders, shop.macros]) await importFile(page, file);
  await page.screenshot({ path: 'test-results/e2e-import.png' });

  await page.getByLabel('会话文件路径（可空）').fill(shop.conversations);
  await choose(page, '速度', '一次放完');
  await page.getByRole('button', { name: '开始回放' }).click();
  await goTo(page, '工作台');
  await expect(page.getByRole('option', { name: /林女士/ })).toBeVisible({ timeout: 20_000 });
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const reply = page.getByRole('textbox', { name: '回复 林女士' });
  await expect(reply).toBeFocused();
  const suggestions = page.getByRole('listbox', { name: '推荐回复' });
  await expect(suggestions.getByRole('option').first()).toBeVisible({ timeout: 20_000 });
  await page.screenshot({ path: 'test-results/e2e-desk.png' });
  expect(await axeProblems(page)).toEqual([]);

  // A draft outlives the page.
  await page.keyboard.type('您好，');
  await page.keyboard.press('Alt+1');
  const draft = await reply.inputValue();
  expect(draft.length).toBeGreaterThan(5);
  await expect(page.getByText('草稿已保存')).toBeVisible();
  await page.goto(host.origin);
  await page.getByRole('option', { name: /林女士/ }).click();
  await expect(reply).toHaveValue(draft);

  await page.keyboard.press('Control+a');
  await page.keyboard.type('您好，请发订单号和照片。');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('log').getByText('您好，请发订单号和照片。')).toBeVisible();
  await expect(reply).toHaveValue('');
  expect(problems).toEqual([]);
});
