import { useCallback, useEffect, useId, useState } from 'react';
import type { AdaptChange, AdaptStatus } from '../../../shared/contract/adapt.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import type { Client } from '../../connection/connection.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { FramedBlock } from '../../ui/framed-block.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { RemoveQuestion } from './remove-question.tsx';

/** What is decided on stands below the list: a long one would hide it. */
const FIRST_SHOWN = 6;

type Found = { kind: 'loading' } | { kind: 'failed'; failure: CallFailure } | { kind: 'read'; changes: readonly AdaptChange[] };
/** `call` shows the answer, and answers whether there was one. */
export type AdaptChangesProps = { client: Client; status: AdaptStatus; isAllowed: boolean; call: (work: Promise<AdaptStatus>) => Promise<boolean> };

/** What a learned model changes on real questions, and whether it is used. */
export function AdaptChanges(props: AdaptChangesProps) {
  const { t } = useTexts();
  const { client } = props;
  const [found, setFound] = useState<Found>({ kind: 'loading' });
  const read = useCallback(() => {
    client.adapt.preview({}).then((changes) => setFound({ kind: 'read', changes }), (error: unknown) => setFound({ kind: 'failed', failure: callFailure(error) }));
  }, [client]);
  useEffect(read, [read]);
  return (
    <FramedBlock title={t('adapt.changes')}>
      <p className="text-ink-2">{t('adapt.changesBody')}</p>
      {found.kind === 'loading' && <LoadingLines count={3} />}
      {found.kind === 'failed' && <FailureNotice text={t('adapt.failed')} failure={found.failure} onRetry={read} />}
      {found.kind === 'read' && found.changes.length === 0 && <p role="status">{t('adapt.changesNone')}</p>}
      {found.kind === 'read' && found.changes.length > 0 && <ChangeList changes={found.changes} />}
      {props.isAllowed && <Decision {...props} />}
    </FramedBlock>
  );
}

function ChangeList({ changes }: { changes: readonly AdaptChange[] }) {
  const { t, formats } = useTexts();
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? changes : changes.slice(0, FIRST_SHOWN);
  return (
    <>
      <ul className="flex flex-col divide-y divide-line rounded border border-line">
        {shown.map((change) => <Change key={change.question} change={change} />)}
      </ul>
      {shown.length < changes.length && <div><Button size="compact" tone="ghost" onClick={() => setIsWhole(true)}>{t('adapt.showAll', { count: formats.number(changes.length) })}</Button></div>}
    </>
  );
}

function Change({ change: { question, before, after } }: { change: AdaptChange }) {
  const { t } = useTexts();
  const id = useId();
  return (
    <li aria-labelledby={id} className="flex flex-col gap-2 px-3 py-2">
      <p id={id} className="line-clamp-2 font-semibold break-words" title={question}>{question}</p>
      <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
        <Passages label={t('adapt.before')} passages={before} known={before} />
        <Passages label={t('adapt.after')} passages={after} known={before} />
      </div>
    </li>
  );
}

/** In the order they are found in; those that are not `known` are marked. */
function Passages({ label, passages, known }: { label: string; passages: readonly string[]; known: readonly string[] }) {
  const { t } = useTexts();
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <p className="text-meta text-ink-2">{label}</p>
      {passages.length === 0 && <p className="text-ink-3">{t('adapt.nothingFound')}</p>}
      <ol aria-label={label} className="flex flex-col gap-1">
        {passages.map((passage, at) => (
          <li key={`${at} ${passage}`} className="flex gap-2" title={passage}>
            <span aria-hidden className="w-4 shrink-0 text-right text-accent">{known.includes(passage) ? '' : '＋'}</span>
            <span className="line-clamp-2 min-w-0 break-words">{!known.includes(passage) && <span className="sr-only">{t('adapt.isNew')}</span>}{passage}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Decision({ client, status: { accepted, candidate }, call }: AdaptChangesProps) {
  const { t } = useTexts();
  const { toasts } = useShell();
  const [isAsking, setIsAsking] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const decide = (work: Promise<AdaptStatus>, key: 'adapt.accepted' | 'adapt.discarded' | 'adapt.undone'): void => {
    setIsAsking(false);
    setIsBusy(true);
    void call(work).then((isDone) => {
      setIsBusy(false);
      if (isDone) toasts.show({ key });
    });
  };
  if (isAsking) return <RemoveQuestion body={t('adapt.undoBody')} confirm={t('adapt.undo')} onConfirm={() => decide(client.adapt.undo({}), 'adapt.undone')} onCancel={() => setIsAsking(false)} />;
  return (
    <div className="flex flex-col gap-2">
      {candidate !== null && <p className="text-ink-2">{t('adapt.acceptBody')}</p>}
      <div className="flex flex-wrap gap-3">
        {candidate !== null && <Button tone="primary" disabled={isBusy} onClick={() => decide(client.adapt.accept({}), 'adapt.accepted')}>{t('adapt.accept')}</Button>}
        {candidate !== null && <Button disabled={isBusy} onClick={() => decide(client.adapt.discard({}), 'adapt.discarded')}>{t('adapt.discard')}</Button>}
        {accepted !== null && <Button disabled={isBusy} onClick={() => setIsAsking(true)}>{t('adapt.undo')}</Button>}
      </div>
    </div>
  );
}
