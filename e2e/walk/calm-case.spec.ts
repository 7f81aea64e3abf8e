import { expect } from '../fixtures.ts';
import { CALM, tongueOf } from './customers.ts';
import { walkFlow } from './walk.ts';

/** A question the knowledge answers: one key opens it, one inserts the first suggestion, Enter sends it. */
walkFlow('2-calm', [{ lang: 'zh-Hans', theme: 'light' }, { lang: 'en', theme: 'dark' }, { lang: 'zh-Hant', theme: 'light' }], async (walk) => {
  const { page, t, look } = walk;
  const script = CALM[tongueOf(walk.lang)];
  await walk.open();
  await walk.replay([script]);
  await look();
  await page.keyboard.press('Control+j');
  const reply = walk.reply(script.customerName);
  await expect(reply).toBeFocused();
  const suggestions = page.getByRole('listbox', { name: t('suggest.title') });
  await expect(suggestions.getByRole('option').first()).toBeVisible({ timeout: 30_000 });
  await look();

  // why it fits, in full
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Space');
  await expect(page.getByRole('region', { name: t('suggest.openNumber', { number: 1 }) })).toBeVisible();
  await look();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(reply).toBeFocused();

  // two keys: the number, Enter
  await page.keyboard.press('1');
  await expect(reply).not.toHaveValue('');
  const sent = await reply.inputValue();
  await look();
  await page.keyboard.press('Enter');
  await expect(reply).toHaveValue('');
  await expect(reply).toBeFocused();
  const log = page.getByRole('log');
  await expect(log.getByText(sent.split('\n')[0] ?? sent, { exact: false }).first()).toBeVisible();
  await expect(log.getByText(t('outbox.sent')).first()).toBeVisible({ timeout: 15_000 });
  await expect(page.getByText(t('conversation.answered'))).toBeVisible();
  await look();
  await walk.axe();
});
