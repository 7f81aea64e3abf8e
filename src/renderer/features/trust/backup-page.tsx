import { useCallback, useState } from 'react';
import type { BackupFile, Backups, BackupSchedule } from '../../../shared/contract/trust.contract.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { RestoreBlock } from './restore-block.tsx';
import { FramedBlock } from '../../ui/framed-block.tsx';
import { RoleNote } from '../../ui/role-note.tsx';
import type { TrustPageProps } from './trust-page.types.ts';
import { useAttempt } from './use-attempt.ts';
import { useLoaded } from './use-loaded.ts';

/** Backups by hand and by the clock, restoring, moving to another computer. */
export function BackupPage(props: TrustPageProps) {
  const { t } = useTexts();
  const { client, session, jobs } = props;
  const lastJob = jobs.find(({ kind }) => kind === 'backup');
  const { state, reload, put } = useLoaded(useCallback(() => client.trust.backups({}), [client]), `${lastJob?.id ?? ''} ${lastJob?.state ?? ''}`);
  const [chosen, setChosen] = useState('');
  if (state.kind === 'loading') return <LoadingLines />;
  if (state.kind === 'failed') return <FailureNotice text={t('trust.failed')} failure={state.failure} onRetry={reload} />;
  const mayBackUp = session.allowed.includes('store.backup');
  return (
    <>
      <RoleNote session={session} action="store.backup" />
      <NowBlock client={client} backups={state.value} isAllowed={mayBackUp} onDone={reload} />
      <ScheduleBlock key={JSON.stringify(state.value.schedule)} client={client} backups={state.value} isAllowed={mayBackUp} onSaved={put} />
      <ListBlock files={state.value.files} onChoose={setChosen} canRestore={session.allowed.includes('store.restore')} />
      <RestoreBlock key={chosen} client={client} session={session} path={chosen} canUndo={state.value.canUndoRestore} onDone={reload} />
      <FramedBlock title={t('backup.move')}>
        <ol className="flex list-decimal flex-col gap-1 pl-5 text-ink-2">
          {(['backup.move1', 'backup.move2', 'backup.move3', 'backup.move4'] as const).map((key) => <li key={key}>{t(key)}</li>)}
        </ol>
      </FramedBlock>
    </>
  );
}

type BlockProps = { client: TrustPageProps['client']; backups: Backups; isAllowed: boolean };

function NowBlock({ client, backups: { last }, isAllowed, onDone }: BlockProps & { onDone: () => void }) {
  const { t, formats } = useTexts();
  const [path, setPath] = useState('');
  const [done, setDone] = useState<string | null>(null);
  const { attempt, isBusy, problem } = useAttempt();
  const run = (): void => attempt(async () => {
    const result = await client.app.backup(path.trim() === '' ? {} : { path: path.trim() });
    setDone(`${t('settings.backupDone', { path: result.path, size: formats.bytes(result.bytes) })} · ${t(`settings.openedBy.${result.openedBy}`)}`);
    onDone();
  });
  return (
    <FramedBlock title={t('backup.now')}>
      <form className="flex flex-col gap-3" onSubmit={(event) => { event.preventDefault(); if (isAllowed) run(); }}>
        <TextField label={t('backup.path')} value={path} onChange={(event) => setPath(event.target.value)} disabled={!isAllowed} spellCheck={false} />
        <div className="flex items-center gap-3">
          <Button type="submit" tone="primary" disabled={isBusy || !isAllowed}>{t(isBusy ? 'settings.backupRunning' : 'backup.now')}</Button>
          <span className="text-meta text-ink-3">{t('settings.backupHelp')}</span>
        </div>
      </form>
      <p role="status" className="break-all text-ok empty:hidden">{done !== null && `✓ ${done}`}</p>
      {problem !== null && <p role="alert" className="text-high">▲ {problem}</p>}
      {done === null && last !== null && (
        <p className={last.error === null ? 'text-meta break-all text-ink-3' : 'break-all text-high'}>
          {last.error === null ? t('backup.last', { time: formats.dateTime(last.at), size: formats.bytes(last.bytes), path: last.path }) : `▲ ${t('backup.lastFailed', { time: formats.dateTime(last.at), reason: last.error })}`}
        </p>
      )}
    </FramedBlock>
  );
}

const KEPT = [3, 7, 14, 30, 60];

function ScheduleBlock({ client, backups: { schedule, folder }, isAllowed, onSaved }: BlockProps & { onSaved: (backups: Backups) => void }) {
  const { t } = useTexts();
  const { toasts } = useShell();
  const [next, setNext] = useState<BackupSchedule>(schedule);
  const { attempt, isBusy, problem } = useAttempt();
  const save = (): void => attempt(() => client.trust.saveSchedule({ ...next, folder: next.folder?.trim() ? next.folder.trim() : null }).then((saved) => {
    onSaved(saved);
    toasts.show({ key: 'trust.saved' });
  }));
  return (
    <FramedBlock title={t('backup.schedule')}>
      <form className="flex flex-col gap-3" onSubmit={(event) => { event.preventDefault(); if (isAllowed) save(); }}>
        <div className="grid grid-cols-2 gap-3">
          <SelectField label={t('backup.every')} value={next.every} choices={(['off', 'daily', 'weekly'] as const).map((value) => ({ value, label: t(`backup.every.${value}`) }))} onChange={(every) => setNext({ ...next, every })} />
          <SelectField label={t('backup.keep')} value={String(next.keepCount)} choices={[...new Set([...KEPT, next.keepCount])].map((count) => ({ value: String(count), label: String(count) }))} onChange={(count) => setNext({ ...next, keepCount: Number(count) })} />
        </div>
        <TextField label={t('backup.folder')} placeholder={folder} value={next.folder ?? ''} onChange={(event) => setNext({ ...next, folder: event.target.value })} spellCheck={false} />
        <div><Button type="submit" disabled={isBusy || !isAllowed}>{t('action.save')}</Button></div>
        {problem !== null && <p role="alert" className="text-high">▲ {problem}</p>}
      </form>
    </FramedBlock>
  );
}

function ListBlock({ files, canRestore, onChoose }: { files: readonly BackupFile[]; canRestore: boolean; onChoose: (path: string) => void }) {
  const { t, formats } = useTexts();
  return (
    <FramedBlock title={t('backup.list')}>
      {files.length === 0 && <p className="text-ink-3">{t('backup.none')}</p>}
      <ul className="flex flex-col divide-y divide-line empty:hidden">
        {files.map((file) => (
          <li key={file.path} className="flex min-h-9 items-center gap-3">
            <span className="w-36 shrink-0">{formats.dateTime(file.createdAt)}</span>
            <span className="w-28 shrink-0 truncate text-ink-2">{t(`backup.kind.${file.kind}`)}</span>
            <span className="min-w-0 flex-1 truncate text-meta text-ink-3" title={file.path}>{formats.bytes(file.bytes)} · {t(`settings.openedBy.${file.openedBy}`)} · {file.path}</span>
            {canRestore && <Button size="compact" aria-label={t('backup.lookNamed', { time: formats.dateTime(file.createdAt) })} onClick={() => onChoose(file.path)}>{t('backup.look')}</Button>}
          </li>
        ))}
      </ul>
    </FramedBlock>
  );
}
