import type { AppStatus } from '../../../shared/contract/app.contract.ts';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';

/** Where the store lies, what is in it, and the way to its backups. */
export function StoreSettings({ status, onPage }: { status: AppStatus; onPage: (id: string) => void }) {
  const { t, formats } = useTexts();
  const counts = Object.fromEntries(Object.entries(status.counts).map(([name, count]) => [name, formats.number(count)]));
  return (
    <>
      <p className="text-ink-2">{t('settings.localOnly')} · {t('settings.storeDir')}{t('warning.colon')}<code className="break-all">{status.storeDir}</code></p>
      <p className="text-ink-2">{t('settings.counts', counts)}</p>
      <div><Button onClick={() => onPage('backup')}>{t('settings.page.backup')}</Button></div>
    </>
  );
}
