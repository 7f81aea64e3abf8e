import { expect } from '../fixtures.ts';
import { ANGRY, tongueOf } from './customers.ts';
import { walkFlow } from './walk.ts';

/** Somebody about to leave: the warning and its reasons, the risk over the turns, then over to a lead with a summary taken from the conversation. */
walkFlow('3-angry', [{ lang: 'zh-Hans', theme: 'dark' }, { lang: 'en', theme: 'light' }], async (walk) => {
  const { page, t, look } = walk;
  const script = ANGRY[tongueOf(walk.lang)];
  await walk.open();
  await walk.replay([script]);
  await page.keyboard.press('Control+j');
  await expect(walk.reply(script.customerName)).toBeFocused();
  await expect(page.getByText(t('risk.escalation.alert'))).toBeVisible({ timeout: 30_000 });
  await look();
  await page.getByRole('button', { name: t('warning.why') }).click();
  await expect(page.getByRole('dialog', { name: t('warning.reasonsTitle') })).toBeVisible();
  await look();
  await walk.axe(true);
  await page.keyboard.press('Escape');

  // Escape leaves the reply box for the list, where t hands over the open conversation
  await page.getByRole('listbox', { name: t('queue.list') }).focus();
  await page.keyboard.press('i');
  await expect(walk.row(script.customerName)).toContainText(t('queue.reason.risk'));
  await look();
  await page.keyboard.press('t');
  const dialog = page.getByRole('dialog', { name: t('handover.title') });
  await expect(dialog.getByLabel(t('handover.words', { kind: t('handover.kind.ask') }))).toBeVisible();
  await look();
  await walk.axe();
  await dialog.getByLabel(t('handover.comment')).fill(walk.lang === 'en' ? 'Wants the money back today.' : '要求今天退款，情绪很激动。');
  await dialog.getByRole('button', { name: t('handover.send') }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('log').getByText(t('handover.badge'))).toBeVisible();
  await look();
  await walk.axe();
});
