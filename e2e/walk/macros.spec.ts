import { expect } from '../fixtures.ts';
import { CALM, tongueOf } from './customers.ts';
import { walkFlow } from './walk.ts';

/** `;` lists macros by code and meaning, holes ask to be filled, a picture comes along, and a phrase of the rep's own is written and used. */
walkFlow('6-macros', [{ lang: 'en', theme: 'dark' }, { lang: 'zh-Hans', theme: 'light' }], async (walk) => {
  const { page, t, look } = walk;
  const isEnglish = walk.lang === 'en';
  const script = CALM[tongueOf(walk.lang)];
  await walk.open();
  await walk.replay([script]);
  await page.keyboard.press('Control+j');
  const reply = walk.reply(script.customerName);
  await expect(reply).toBeFocused();
  const macros = page.getByRole('listbox', { name: t('composer.macros') });

  await page.keyboard.type(';care.sym');
  await expect(macros.getByRole('option').first()).toBeVisible();
  await look();
  await walk.axe();
  await page.keyboard.press('Enter');
  await expect(reply).not.toHaveValue('');
  await expect(page.getByText('care-symbols.png').first()).toBeVisible();
  await look();
  await page.keyboard.press('Enter');
  await expect(reply).toHaveValue('');
  await expect(reply).toBeFocused();
  await expect(page.getByRole('log').getByText(t('outbox.sent')).first()).toBeVisible({ timeout: 15_000 });
  await look();

  await page.keyboard.type(isEnglish ? ';refund' : ';退款');
  await expect(macros.getByRole('option').first()).toBeVisible();
  await look();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');

  // a hole of a macro must be filled before it can go
  await page.keyboard.type(';quality.');
  await expect(macros.getByRole('option').first()).toBeVisible();
  await look();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');

  await page.keyboard.press('Control+k');
  await page.keyboard.type(t('command.newMacro'));
  await page.keyboard.press('Enter');
  const title = page.getByLabel(t('macro.code'), { exact: true });
  await expect(title).toBeVisible();
  await title.fill('my.hello');
  await page.getByLabel(t('macro.title'), { exact: true }).fill(isEnglish ? 'My hello' : '我的问候');
  await page.getByLabel(t('macro.text'), { exact: true }).fill(isEnglish ? 'Hello {{ customer.name }}, Robin here. {{ order.waybill }} reaches you ⟨when⟩.' : '{{ customer.name }} 您好，我是小周。{{ order.waybill }} ⟨什么时候⟩ 到。');
  await look();
  await walk.axe();
  await page.getByRole('button', { name: t('action.save'), exact: true }).click();
  await expect(page.getByRole('heading', { level: 2, name: isEnglish ? 'My hello' : '我的问候' })).toBeVisible();
  await look();

  await walk.goTo('desk');
  await walk.row(script.customerName).click();
  await expect(reply).toBeFocused();
  await page.keyboard.type(';my.h');
  await expect(macros.getByRole('option').first()).toContainText('my.hello');
  await look();
  await page.keyboard.press('Enter');
  await expect(reply).toHaveValue(/⟨/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: t('composer.label', { name: script.customerName }) })).toContainText(/⟨/);
  await expect(reply).not.toHaveValue('');
  await look();
  await walk.axe();
});
