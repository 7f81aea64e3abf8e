import { expect } from '../fixtures.ts';
import { walkFlow, writeOwnFile, type Walk } from './walk.ts';

const ORDERS = [
  '客户编号,单号,付款日期,实付(元),备注',
  'own-1,OWN-1001,2026-05-01 10:00,199.00,',
  'own-2,OWN-1002,昨天下午,89.00,急',
  'own-3,OWN-1003,2026-05-03 09:30,免费,',
  'own-4,OWN-1004,2026-05-04 11:20,459.50,',
].join('\n');
const MACROS = ['code,title,text', 'own.hello,问候,您好，请说。', ',没有代码,这一行没有代码', 'own.bye,再见,祝您愉快。'].join('\n');

/** A look at the file first, columns put to fields by hand, and every bad row told with its line. */
walkFlow('7-import', [{ lang: 'zh-Hans', theme: 'dark' }, { lang: 'en', theme: 'light' }], async (walk) => {
  const { page, host, t, look, axe } = walk;
  await walk.open();
  await walk.goTo('import');
  await look();
  await axe();
  await preview(walk, writeOwnFile(host.storeDir, 'orders-may.csv', ORDERS));
  await look();
  await walk.choose(t('import.kind'), t('import.kind.orders'));
  await mapColumn(walk, '客户编号', new RegExp(`^${t('field.customer_id')}`));
  await mapColumn(walk, '单号', new RegExp(`^${t('field.order_id')}`));
  await mapColumn(walk, '付款日期', new RegExp(`^${t('field.paid_at')}`));
  await mapColumn(walk, '实付(元)', new RegExp(`^${t('field.amount')}`));
  await look();
  await axe();
  await page.getByRole('button', { name: t('import.start') }).click();
  await rejected(walk);
  await expect(page.getByRole('row', { name: /orders-may\.csv/ })).toHaveCount(2);
  await look();
  await axe();

  await preview(walk, writeOwnFile(host.storeDir, 'macros.csv', MACROS));
  await look();
  await page.getByRole('button', { name: t('import.start') }).click();
  await expect(page.getByText(t('import.report', { added: 2, updated: 0, unchanged: 0, rejected: 1 })).first()).toBeVisible();
  await look();
  await page.getByLabel(t('import.path')).fill(`${host.storeDir}-files/nothing.csv`);
  await page.keyboard.press('Enter');
  await expect(page.getByText(t('import.previewFailed')).first()).toBeVisible();
  await look();
});

async function preview({ page, t }: Walk, file: string): Promise<void> {
  await page.getByLabel(t('import.path')).fill(file);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: t('import.preview') })).toBeVisible();
}

async function mapColumn({ page, t, choose }: Walk, column: string, field: RegExp): Promise<void> {
  const label = t('import.columnOf', { column });
  const box = page.getByRole('combobox', { name: label, exact: true });
  if (field.test(await box.innerText())) return;
  await choose(label, field);
}

async function rejected({ page, t }: Walk): Promise<void> {
  await page.getByRole('button', { name: t('import.showRejected') }).first().click({ timeout: 30_000 });
  await expect(page.getByRole('group', { name: t('import.rejected') })).toBeVisible();
}
