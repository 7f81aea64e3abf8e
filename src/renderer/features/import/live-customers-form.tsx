import { useState } from 'react';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/fields.tsx';
import type { ImportStore } from './import.store.ts';

const PACES = ['slow', 'normal', 'busy'] as const;
const COUNTS = ['5', '20', '50', '100'] as const;
const LANGUAGES = ['all', 'zh', 'en'] as const;

/** Lets live customers of the demo shop write in; the list of channels below stops them. */
export function LiveCustomersForm({ imports }: { imports: ImportStore }) {
  const { t } = useTexts();
  const [pace, setPace] = useState<(typeof PACES)[number]>('normal');
  const [count, setCount] = useState<(typeof COUNTS)[number]>('20');
  const [language, setLanguage] = useState<(typeof LANGUAGES)[number]>('all');
  const start = (): void => void imports.startDemo({ pace, customerCount: Number(count), language });
  return (
    <form aria-label={t('liveCustomers.title')} className="flex flex-col gap-3 border-t border-line pt-3" onSubmit={(event) => { event.preventDefault(); start(); }}>
      <h3 className="font-semibold">{t('liveCustomers.title')}</h3>
      <p className="text-meta text-ink-2">{t('liveCustomers.intro')}</p>
      <SelectField label={t('liveCustomers.pace')} value={pace} choices={PACES.map((value) => ({ value, label: t(`liveCustomers.pace.${value}`) }))} onChange={setPace} />
      <div className="grid grid-cols-2 gap-2">
        <SelectField label={t('liveCustomers.count')} value={count} choices={COUNTS.map((value) => ({ value, label: value }))} onChange={setCount} />
        <SelectField label={t('liveCustomers.language')} value={language} choices={LANGUAGES.map((value) => ({ value, label: t(`liveCustomers.language.${value}`) }))} onChange={setLanguage} />
      </div>
      <Button type="submit" tone="primary" className="self-start">{t('liveCustomers.start')}</Button>
    </form>
  );
}
