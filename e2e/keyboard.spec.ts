import { expect, test } from './fixtures.ts';
import { tabWalk } from './tab-walk.ts';
import { tenCustomers } from './walk/customers.ts';
import { createWalk, writeOwnFile, type Walk } from './walk/walk.ts';

/** Every screen without a pointer: all that can be used is reached, what opens closes again and hands the focus back. */
test.use({ locale: 'en-US', colorScheme: 'light', viewport: { width: 1280, height: 800 }, shop: 'demo' });
test.setTimeout(150_000);

test('the Desk by keys alone', async ({ page, host }) => {
  const walk = createWalk('keys-desk', { lang: 'en', theme: 'light' }, page, host);
  const [first] = tenCustomers('en');
  await walk.open();
  await replayByKeys(walk);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const reply = page.locator('textarea#reply');
  await expect(reply).toBeFocused();
  await expect(page.getByRole('listbox', { name: walk.t('suggest.title') }).getByRole('option').first()).toBeVisible({ timeout: 30_000 });

  const { regions, missed } = await tabWalk(page);
  expect(missed).toEqual([]);
  const order = [walk.t('app.nav'), walk.t('queue.title'), walk.t('suggest.title'), walk.t('customer.title')];
  expect(regions.filter((region) => order.includes(region)).filter((region, index, all) => region !== all[index - 1])).toEqual(order);

  // from the reply box
  await reply.focus();
  for (const [key, dialog] of [['Control+k', 'palette.title'], ['Control+f', 'search.title']] as const) await opensAndReturns(walk, key, walk.t(dialog), 'reply');
  // from the list
  await page.keyboard.press('Escape');
  for (const [key, dialog] of [['l', 'label.title'], ['h', 'snooze.title'], ['e', 'close.title'], ['a', 'assign.title'], ['n', 'note.title'], ['t', 'handover.title'], ['?', 'keys.title']] as const) await opensAndReturns(walk, key, walk.t(dialog), 'queue-list');

  await page.keyboard.press('n');
  await page.keyboard.type('Call back tomorrow');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('log').getByText('Call back tomorrow')).toBeVisible();
  await expect(page.locator('#queue-list')).toBeFocused();
  await page.keyboard.press('r');
  await page.keyboard.type('It leaves today.');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('log').getByText('It leaves today.')).toBeVisible();
  expect(first).toBeDefined();

  // what was answered is counted on Today, and leads back to its conversation
  await go(walk, walk.t('command.today'));
  const answered = page.getByRole('button', { name: new RegExp(`^${walk.t('today.answered')}\\s*1$`) });
  await expect(answered).toBeVisible();
  expect((await tabWalk(page)).missed).toEqual([]);
  await answered.focus();
  await page.keyboard.press('Enter');
  await expect(answered).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('region', { name: walk.t('today.list', { title: walk.t('today.answered') }) }).getByRole('button').first().focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('log').getByText('It leaves today.')).toBeVisible();
});

test('the other screens by keys alone', async ({ page, host }) => {
  const walk = createWalk('keys', { lang: 'en', theme: 'light' }, page, host);
  const { t } = walk;
  await walk.open();

  await go(walk, t('command.knowledge'));
  await expect(page.getByRole('heading', { level: 1, name: t('nav.knowledge') })).toBeAttached();
  expect((await tabWalk(page)).missed).toEqual([]);

  await go(walk, t('command.products'));
  await expect(page.getByRole('table', { name: t('products.list') }).getByRole('row').nth(1)).toBeVisible();
  expect((await tabWalk(page)).missed).toEqual([]);

  await go(walk, t('command.import'));
  expect((await tabWalk(page)).missed).toEqual([]);
  await page.getByLabel(t('import.path')).focus();
  await page.keyboard.type(writeOwnFile(host.storeDir, 'macros.csv', 'code,title,text\nown.hello,Hello,Hello there\n'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: t('import.preview') })).toBeVisible();
  expect((await tabWalk(page)).missed).toEqual([]);
  await page.getByRole('button', { name: t('import.start') }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(t('import.report', { added: 1, updated: 0, unchanged: 0, rejected: 0 }))).toBeVisible();

  await go(walk, t('command.settings'));
  const pages = page.getByRole('navigation', { name: t('settings.pages') }).getByRole('button');
  for (let index = 0; index < await pages.count(); index++) {
    await pages.nth(index).focus();
    await page.keyboard.press('Enter');
    await expect(pages.nth(index)).toHaveAttribute('aria-current', 'page');
    expect({ page: await pages.nth(index).innerText(), missed: (await tabWalk(page)).missed }).toEqual({ page: await pages.nth(index).innerText(), missed: [] });
  }
  await pages.first().focus();
  await page.keyboard.press('Enter');
  const theme = page.getByRole('combobox', { name: t('settings.theme'), exact: true });
  await theme.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type(t('settings.theme.dark'));
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(theme).toBeFocused();
});

test('skip link, and back to the page after it', async ({ page, host }) => {
  const { open, t } = createWalk('keys-skip', { lang: 'en', theme: 'light' }, page, host);
  await open();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: t('app.skip') })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
});

/** By the palette, as somebody would who knows no key yet. */
async function go({ page, t }: Walk, command: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: t('palette.title') })).toBeFocused();
  await page.keyboard.type(command);
  await page.keyboard.press('Enter');
}

async function opensAndReturns({ page }: Walk, key: string, dialog: string, returnsTo: string): Promise<void> {
  await page.keyboard.press(key);
  const shown = page.getByRole('dialog', { name: dialog });
  await expect(shown, `${key} opens`).toBeVisible();
  // it is shown a frame before it takes the focus
  await expect.poll(() => shown.evaluate((element) => element.contains(document.activeElement)), `${key} takes the focus`).toBe(true);
  await page.keyboard.press('Escape');
  await expect(shown).toHaveCount(0);
  await expect(page.locator(`#${returnsTo}`), `${key} hands the focus back`).toBeFocused();
}

async function replayByKeys(walk: Walk): Promise<void> {
  const { page, t, host } = walk;
  const nowMs = Date.now();
  const lines = tenCustomers('en').slice(0, 2).map(({ customerId, customerName, turns }, index) =>
    JSON.stringify({ id: `k${index}`, channel: 'replay', customerId, customerName, openedAt: nowMs, turns: turns.map(({ role, text }) => ({ id: `k${index}-0`, role, text, at: nowMs })) }));
  await go(walk, t('command.import'));
  await page.getByLabel(t('replay.path')).focus();
  await page.keyboard.type(writeOwnFile(host.storeDir, 'two.jsonl', lines.join('\n')));
  await page.keyboard.press('Enter');
  await go(walk, t('command.desk'));
  await expect(page.getByRole('listbox', { name: t('queue.list') }).getByRole('option')).toHaveCount(2, { timeout: 30_000 });
}
