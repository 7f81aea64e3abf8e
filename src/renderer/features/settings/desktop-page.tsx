import { useState } from 'react';
import { useStore } from 'zustand';
import { ZOOM_STEPS, type DesktopFacts, type DesktopPrefsChange } from '../../../shared/desktop-bridge.ts';
import { useDesktopStore } from '../../base/desktop-context.tsx';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { useCopy } from '../../base/use-copy.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/fields.tsx';
import { diagnosticFacts } from './diagnostic-facts.ts';
import { NoticeSettings } from './notice-settings.tsx';
import { FramedBlock } from '../../ui/framed-block.tsx';
import type { SettingsPageProps } from './settings-pages.tsx';
import { SwitchRow } from './switch-row.tsx';
import { UpdateSettings } from './update-settings.tsx';

/** The window around the page, and what of it is not there and why. */
export function DesktopPage(props: SettingsPageProps) {
  const { t } = useTexts();
  const desktop = useDesktopStore();
  const facts = useStore(desktop.store, (state) => state.facts);
  if (facts === null) return <p role="status" className="text-ink-2">{t('desktop.loading')}</p>;
  return (
    <>
      <NoticeSettings {...props} availability={facts.features.notifications} onAsk={() => void desktop.desktop.askToNotify()} />
      <WindowBlock facts={facts} />
      <FramedBlock title={t('desktop.abilities')}><Abilities facts={facts} /></FramedBlock>
      <UpdateSettings {...props} />
      <ProblemBlock facts={facts} {...props} />
    </>
  );
}

function WindowBlock({ facts: { prefs, features } }: { facts: DesktopFacts }) {
  const { t, formats } = useTexts();
  const { toasts } = useShell();
  const desktop = useDesktopStore();
  const [isBusy, setBusy] = useState(false);
  const save = (change: DesktopPrefsChange): void => {
    setBusy(true);
    void desktop.setPrefs(change).catch(() => toasts.problem({ key: 'desktop.failed' })).finally(() => setBusy(false));
  };
  return (
    <FramedBlock title={t('desktop.window')}>
      <p className="text-meta text-ink-3">{t('desktop.machine')}</p>
      <SwitchRow label={t('desktop.closeToTray')} help={t('desktop.closeToTrayHelp')} isOn={prefs.closeToTray} availability={features.tray} isDisabled={isBusy} onChange={(closeToTray) => save({ closeToTray })} />
      <SwitchRow label={t('desktop.openAtLogin')} isOn={prefs.openAtLogin} availability={features.openAtLogin} isDisabled={isBusy} onChange={(openAtLogin) => save({ openAtLogin })} />
      <SwitchRow label={t('desktop.spelling')} {...(features.spelling.reason === 'browser_spelling' ? {} : { help: t('desktop.spellingHelp') })} isOn={prefs.isSpellingOn} availability={features.spelling} isDisabled={isBusy} onChange={(isSpellingOn) => save({ isSpellingOn })} />
      {features.zoom.state === 'full' ? (
        <div className="flex flex-col gap-1">
          <SelectField label={t('desktop.zoom')} className="max-w-40" value={`${prefs.zoomPercent}`} choices={ZOOM_STEPS.map((step) => ({ value: `${step}` as const, label: formats.percent(step / 100) }))} onChange={(value) => save({ zoomPercent: ZOOM_STEPS.find((step) => `${step}` === value) ?? 100 })} />
          <p className="text-meta text-ink-3">{t('desktop.zoomHelp')}</p>
        </div>
      ) : <p><span className="text-ink-2">{t('desktop.zoom')}{t('warning.colon')}</span>{features.zoom.reason !== null && t(`desktop.why.${features.zoom.reason}`)}</p>}
    </FramedBlock>
  );
}

const SIGNS = { full: '✓', partly: '◐', missing: '–' } as const;

function Abilities({ facts: { features } }: { facts: DesktopFacts }) {
  const { t } = useTexts();
  return (
    <table className="w-full text-left">
      <thead className="text-meta text-ink-2">
        <tr className="h-7 border-b border-line"><th scope="col" className="w-40 font-normal">{t('desktop.feature')}</th><th scope="col" className="w-24 font-normal">{t('desktop.state')}</th><th scope="col" className="font-normal">{t('desktop.why')}</th></tr>
      </thead>
      <tbody>
        {(Object.keys(features) as (keyof typeof features)[]).map((feature) => (
          <tr key={feature} className="border-b border-line align-baseline last:border-b-0">
            <th scope="row" className="py-1 pr-4 font-normal">{t(`desktop.feature.${feature}`)}</th>
            <td className="py-1 pr-4 whitespace-nowrap"><span aria-hidden className="mr-1 inline-block w-4 text-center">{SIGNS[features[feature].state]}</span>{t(`desktop.has.${features[feature].state}`)}</td>
            <td className="py-1 text-ink-2">{features[feature].reason !== null && t(`desktop.why.${features[feature].reason}`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ProblemBlock({ facts, status }: { facts: DesktopFacts } & Pick<SettingsPageProps, 'status'>) {
  const { t } = useTexts();
  const { toasts } = useShell();
  const { desktop } = useDesktopStore();
  const copy = useCopy();
  const { logFile } = facts;
  const openLog = (): void => void desktop.openLogFolder({}).then(({ isOpened }) => isOpened, () => false).then((isOpened) => { if (!isOpened) toasts.problem({ key: 'desktop.failed' }); });
  return (
    <FramedBlock title={t('desktop.problems')}>
      {logFile !== null && <p className="text-ink-2">{t('desktop.log')}{t('warning.colon')}<code className="break-all">{logFile}</code></p>}
      <div className="flex flex-wrap gap-3">
        {logFile !== null && (facts.features.folders.state === 'full' ? <Button onClick={openLog}>{t('desktop.openLog')}</Button> : <Button onClick={() => copy(logFile)}>{t('desktop.copyLogPath')}</Button>)}
        <Button onClick={() => copy(diagnosticFacts(status, facts))}>{t('desktop.copyFacts')}</Button>
      </div>
      <p className="text-meta text-ink-3">{t('desktop.factsHelp')}</p>
    </FramedBlock>
  );
}
