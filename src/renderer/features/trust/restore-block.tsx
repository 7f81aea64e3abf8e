import { useEffect, useRef, useState } from 'react';
import type { RestorePreview } from '../../../shared/contract/trust.contract.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { useRowCounts } from '../../ui/use-row-counts.ts';
import { FramedBlock } from '../../ui/framed-block.tsx';
import { RoleNote } from '../../ui/role-note.tsx';
import type { TrustPageProps } from './trust-page.types.ts';
import { useAttempt } from './use-attempt.ts';

type RestoreProps = Pick<TrustPageProps, 'client' | 'session'> & { path: string; canUndo: boolean; onDone: () => void };

/** A backup is looked into first, then takes the place of the present store, which can be brought back. */
export function RestoreBlock({ client, session, path: chosen, canUndo, onDone }: RestoreProps) {
  const { t } = useTexts();
  const { toasts } = useShell();
  const field = useRef<HTMLDivElement>(null);
  const [path, setPath] = useState(chosen);
  const [passphrase, setPassphrase] = useState('');
  const [found, setFound] = useState<RestorePreview | null>(null);
  const look = useAttempt();
  const swap = useAttempt();
  const isAllowed = session.allowed.includes('store.restore');
  // chosen from the list: the keyboard goes on here
  useEffect(() => {
    if (chosen !== '') field.current?.querySelector('input')?.focus();
  }, [chosen]);
  const secret = passphrase === '' ? null : passphrase;
  const restore = (): void => swap.attempt(() => client.trust.restore({ path: path.trim(), passphrase: secret }).then(() => {
    setFound(null);
    toasts.show({ key: 'backup.restored' });
    onDone();
  }));
  const undo = (): void => swap.attempt(() => client.trust.undoRestore({ passphrase: secret }).then(onDone));
  return (
    <FramedBlock title={t('backup.restore')}>
      <RoleNote session={session} action="store.restore" />
      <form className="flex flex-col gap-3" onSubmit={(event) => { event.preventDefault(); if (isAllowed && path.trim() !== '') look.attempt(() => client.trust.restorePreview({ path: path.trim(), passphrase: secret }).then(setFound)); }}>
        <div ref={field}><TextField label={t('backup.restorePath')} value={path} spellCheck={false} disabled={!isAllowed} onChange={(event) => { setPath(event.target.value); setFound(null); }} problem={look.problem} /></div>
        {(found?.openedBy === 'passphrase' || look.problem !== null) && <TextField label={t('backup.passphrase')} type="password" autoComplete="off" value={passphrase} onChange={(event) => setPassphrase(event.target.value)} />}
        <div><Button type="submit" disabled={!isAllowed || path.trim() === '' || look.isBusy}>{t('backup.preview')}</Button></div>
      </form>
      {found !== null && <Found preview={found} isBusy={swap.isBusy} onRestore={restore} />}
      {swap.problem !== null && <p role="alert" className="text-high">▲ {swap.problem}</p>}
      {canUndo && (
        <div className="flex flex-wrap items-center gap-3 rounded bg-mid-tint px-3 py-2">
          <p className="min-w-60 flex-1">{t('backup.undoBody')}</p>
          <Button disabled={swap.isBusy || !isAllowed} onClick={undo}>{t('backup.undo')}</Button>
        </div>
      )}
    </FramedBlock>
  );
}

function Found({ preview, isBusy, onRestore }: { preview: RestorePreview; isBusy: boolean; onRestore: () => void }) {
  const { t, formats } = useTexts();
  const rowCounts = useRowCounts();
  return (
    <div className="flex flex-col gap-2 rounded bg-raised px-3 py-2">
      <p role="status">{t('backup.previewFacts', { time: formats.dateTime(preview.createdAt), size: formats.bytes(preview.bytes), opener: t(`settings.openedBy.${preview.openedBy}`) })} {preview.counts === null ? t('backup.needsPassphrase') : rowCounts(preview.counts)}</p>
      {preview.counts !== null && (
        <>
          <p className="text-ink-2">{t('backup.restoreBody')}</p>
          <div><Button tone="danger" disabled={isBusy} onClick={onRestore}>{t(isBusy ? 'backup.restoring' : 'backup.restoreNow')}</Button></div>
        </>
      )}
    </div>
  );
}
