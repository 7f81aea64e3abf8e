import { useCallback, useEffect, useState } from 'react';
import { DEMO_PACK } from '../../../shared/contract/demo.contract.ts';
import type { Localised, Pack } from '../../../shared/contract/pack.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import { useTexts } from '../../base/texts.tsx';
import { importStamp } from '../../base/use-demo-status.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { DemoBlock } from './demo-block.tsx';
import { PackFolder } from './pack-folder.tsx';
import { RemoveQuestion } from './remove-question.tsx';
import { RoleNote } from '../../ui/role-note.tsx';
import { FramedBlock } from '../../ui/framed-block.tsx';
import type { SettingsPageProps } from './settings-pages.tsx';

type Found = { kind: 'loading' } | { kind: 'failed'; failure: CallFailure } | { kind: 'read'; packs: readonly Pack[] };

/** The demo shop, and the packs that are installed or can be. */
export function PacksPage(props: SettingsPageProps) {
  const { t } = useTexts();
  const { client, jobs, session } = props;
  const [found, setFound] = useState<Found>({ kind: 'loading' });
  const read = useCallback(() => {
    client.pack.list({}).then((packs) => setFound({ kind: 'read', packs }), (error: unknown) => setFound({ kind: 'failed', failure: callFailure(error) }));
  }, [client]);
  const stamp = importStamp(jobs);
  useEffect(read, [read, stamp]);
  const isAllowed = session.allowed.includes('rules.change');
  return (
    <>
      <DemoBlock {...props} isAllowed={isAllowed} />
      <FramedBlock title={t('packs.title')}>
        <p className="text-ink-2">{t('packs.body')}</p>
        <RoleNote session={session} action="rules.change" />
        {found.kind === 'loading' && <LoadingLines count={2} />}
        {found.kind === 'failed' && <FailureNotice text={t('packs.failed')} failure={found.failure} onRetry={read} />}
        {found.kind === 'read' && found.packs.length > 0 && (
          <ul className="flex flex-col divide-y divide-line rounded border border-line">
            {found.packs.map((pack) => <PackRow key={pack.name} pack={pack} client={client} isAllowed={isAllowed} />)}
          </ul>
        )}
        {isAllowed && <PackFolder client={client} />}
      </FramedBlock>
    </>
  );
}

/** In the page's language, else in the one there is. */
function titleIn(language: string, title: Localised): string {
  return (language === 'en' ? (title.en ?? title.zh) : (title.zh ?? title.en)) ?? '';
}

function PackRow({ pack, client, isAllowed }: { pack: Pack; client: SettingsPageProps['client']; isAllowed: boolean }) {
  const { t, formats, language } = useTexts();
  const [isAsking, setIsAsking] = useState(false);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const title = titleIn(language, pack.title);
  // the demo shop goes as a whole, above
  const canRemove = isAllowed && pack.state !== 'available' && pack.name !== DEMO_PACK;
  const call = (work: Promise<unknown>): void => {
    setIsAsking(false);
    work.then(() => setFailure(null), (error: unknown) => setFailure(callFailure(error)));
  };
  const counts = { articles: formats.number(pack.counts.articles), macros: formats.number(pack.counts.macros), intents: formats.number(pack.counts.intents), rules: formats.number(pack.counts.rules) };
  return (
    <li className="flex flex-col gap-1 px-3 py-2">
      <div className="flex min-h-7 items-center gap-3">
        <div className="flex min-w-0 flex-1 flex-col">
          <span className="truncate">{title} <span className="text-meta text-ink-3">{pack.name} {pack.version}</span></span>
          <span className="truncate text-meta text-ink-2">{t(`packs.state.${pack.state}`)}{pack.state !== 'available' && ` · ${t('packs.counts', counts)}`}</span>
        </div>
        {isAllowed && pack.state === 'available' && <Button size="compact" aria-label={t('packs.installNamed', { title })} onClick={() => call(client.pack.install({ name: pack.name }))}>{t('packs.install')}</Button>}
        {canRemove && !isAsking && <Button size="compact" aria-label={t('packs.removeNamed', { title })} onClick={() => setIsAsking(true)}>{t('packs.remove')}</Button>}
      </div>
      {isAsking && <RemoveQuestion body={t('packs.removeBody')} confirm={t('packs.removeNamed', { title })} onConfirm={() => call(client.pack.remove({ name: pack.name }))} onCancel={() => setIsAsking(false)} />}
      {failure !== null && <p role="alert" className="text-high">▲ {failure.sentence ?? t(`error.${failure.code}`)}</p>}
    </li>
  );
}
