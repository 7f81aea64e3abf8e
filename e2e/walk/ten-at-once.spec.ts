import { expect } from '../fixtures.ts';
import { tenCustomers } from './customers.ts';
import { walkFlow, type Walk } from './walk.ts';

/** Ten customers wait: switching keeps every draft, then snooze, labels, closing several at once, and taking that back. */
walkFlow('4-ten', [{ lang: 'en', theme: 'light' }, { lang: 'zh-Hans', theme: 'dark' }], async (walk) => {
  const { page, t, look } = walk;
  const customers = tenCustomers(walk.lang);
  const [first, second] = [customers[0]?.customerName ?? '', customers[1]?.customerName ?? ''];
  await walk.open();
  await walk.replay(customers);
  await look();

  await writeDraft(walk, first, walk.lang === 'en' ? 'Dear Zoe, it leaves today' : '谭先生，今天就发');
  await writeDraft(walk, second, walk.lang === 'en' ? 'Sorry about the pegs' : '枕头马上补发');
  await page.keyboard.press('Control+j');
  await expect(walk.row(first)).toContainText(t('queue.draft'));
  await expect(walk.row(second)).toContainText(t('queue.draft'));
  await look();
  await walk.row(first).click();
  await expect(walk.reply(first)).toHaveValue(walk.lang === 'en' ? 'Dear Zoe, it leaves today' : '谭先生，今天就发');
  await walk.row(second).click();
  await expect(walk.reply(second)).toHaveValue(walk.lang === 'en' ? 'Sorry about the pegs' : '枕头马上补发');

  await snoozeAndLabel(walk, second);
  await closeThree(walk);
});

async function writeDraft(walk: Walk, name: string, text: string): Promise<void> {
  await walk.row(name).click();
  await expect(walk.reply(name)).toBeFocused();
  await walk.page.keyboard.type(text);
}

async function snoozeAndLabel({ page, t, look, row }: Walk, name: string): Promise<void> {
  await page.keyboard.press('Escape');
  await page.keyboard.press('l');
  const labels = page.getByRole('combobox', { name: t('label.title') });
  await expect(labels).toBeFocused();
  await page.keyboard.type('VIP');
  await look();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listbox', { name: t('label.title') }).getByText('✓')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(row(name)).toContainText('VIP');
  await page.keyboard.press('h');
  await expect(page.getByRole('combobox', { name: t('snooze.title') })).toBeFocused();
  await look();
  await page.keyboard.press('Enter');
  await expect(row(name)).toHaveCount(0);
  await look();
  await page.getByRole('group', { name: t('queue.title') }).getByRole('button', { name: new RegExp(`^${t('queue.view.snoozed')}`) }).click();
  await expect(row(name)).toBeVisible();
  await look();
  await page.getByRole('group', { name: t('queue.title') }).getByRole('button', { name: new RegExp(`^${t('queue.view.all')}`) }).click();
}

/** Three rows by keys, one reason for all, and one key that takes it back. */
async function closeThree({ page, t, look, axe }: Walk): Promise<void> {
  const queue = page.getByRole('listbox', { name: t('queue.list') });
  await expect(queue.getByRole('option')).toHaveCount(9);
  await queue.focus();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+J');
  await page.keyboard.press('Shift+J');
  await expect(page.getByRole('toolbar', { name: t('queue.selectedCount', { count: 3 }) })).toBeVisible();
  await look();
  await axe();
  await page.keyboard.press('e');
  await expect(page.getByRole('combobox', { name: new RegExp(t('close.title')) })).toBeFocused();
  await look();
  await page.keyboard.press('1');
  await expect(queue.getByRole('option')).toHaveCount(6);
  await look();
  await page.keyboard.press('Control+z');
  await expect(queue.getByRole('option')).toHaveCount(9);
  await look();
}
