import { useCallback, useState } from 'react';
import { retentionKindSchema, type Retention, type RetentionLine, type RetentionRules } from '../../../shared/contract/trust.contract.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { EraseCustomer } from '../../ui/erase-customer.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { useRowCounts } from '../../ui/use-row-counts.ts';
import { FramedBlock } from '../../ui/framed-block.tsx';
import { RoleNote } from '../../ui/role-note.tsx';
import type { TrustPageProps } from './trust-page.types.ts';
import { useAttempt } from './use-attempt.ts';
import { useLoaded } from './use-loaded.ts';

const MONTHS = [1, 3, 6, 12, 24, 36, 60] as const;
const FOR_EVER = 'ever';

/** How long things are kept, and erasing one customer. */
export function RetentionPage({ client, session, jobs }: TrustPageProps) {
  const { t } = useTexts();
  const lastJob = jobs.find(({ kind }) => kind === 'retention');
  const { state, reload, put } = useLoaded(useCallback(() => client.trust.retention({}), [client]), lastJob?.state ?? '');
  return (
    <>
      <FramedBlock title={t('retention.title')}>
        <p className="text-ink-2">{t('retention.body')}</p>
        <RoleNote session={session} action="shop.settings" />
        {state.kind === 'loading' && <LoadingLines count={3} />}
        {state.kind === 'failed' && <FailureNotice text={t('trust.failed')} failure={state.failure} onRetry={reload} />}
        {state.kind === 'ready' && <Rules client={client} retention={state.value} isAllowed={session.allowed.includes('shop.settings')} onSaved={put} />}
      </FramedBlock>
      <EraseBlock client={client} session={session} />
    </>
  );
}

function Rules({ client, retention, isAllowed, onSaved }: { client: TrustPageProps['client']; retention: Retention; isAllowed: boolean; onSaved: (retention: Retention) => void }) {
  const { t, formats } = useTexts();
  const { toasts } = useShell();
  const rowCounts = useRowCounts();
  const [rules, setRules] = useState<RetentionRules>(retention.rules);
  const [lines, setLines] = useState<readonly RetentionLine[] | null>(null);
  const { attempt, isBusy, problem } = useAttempt();
  const isChanged = JSON.stringify(rules) !== JSON.stringify(retention.rules);
  const choices = [{ value: FOR_EVER, label: t('trust.forEver') }, ...MONTHS.map((count) => ({ value: String(count), label: t('trust.months', { count }) }))];
  const save = (): void => attempt(async () => {
    onSaved(await client.trust.saveRetention(rules));
    await client.trust.runRetention({});
    setLines(null);
    toasts.show({ key: 'trust.saved' });
  });
  const { lastRun } = retention;
  return (
    <>
      <div className="grid grid-cols-3 gap-3 max-md:grid-cols-2">
        {retentionKindSchema.options.map((kind) => (
          <SelectField key={kind} label={t(`retention.kind.${kind}`)} value={rules[kind] === null ? FOR_EVER : String(rules[kind])} choices={choices}
            onChange={(value) => { setLines(null); setRules({ ...rules, [kind]: MONTHS.find((count) => String(count) === value) ?? null }); }} />
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <Button disabled={isBusy} onClick={() => attempt(() => client.trust.retentionPreview(rules).then(setLines))}>{t('retention.preview')}</Button>
        {!isChanged && <Button disabled={isBusy || !isAllowed} onClick={() => attempt(() => client.trust.runRetention({}))}>{t('retention.runNow')}</Button>}
        {lastRun !== null && <span className="text-meta text-ink-3">{t('retention.last', { time: formats.dateTime(lastRun.at) })} · {rowCounts(lastRun.counts) || t('retention.removed.none')}</span>}
      </div>
      {lines !== null && <Due lines={lines} />}
      {isChanged && lines !== null && (
        <div className="flex flex-wrap items-center gap-3 rounded bg-raised px-3 py-2">
          <p className="min-w-60 flex-1">{t('retention.saveBody')}</p>
          <Button tone="danger" disabled={isBusy || !isAllowed} onClick={save}>{t('retention.save')}</Button>
        </div>
      )}
      {problem !== null && <p role="alert" className="text-high">▲ {problem}</p>}
    </>
  );
}

function Due({ lines }: { lines: readonly RetentionLine[] }) {
  const { t, formats } = useTexts();
  const rowCounts = useRowCounts();
  const due = lines.filter(({ counts }) => Object.values(counts).some((count) => count > 0));
  if (due.length === 0) return <p role="status" className="text-ok">✓ {t('retention.nothing')}</p>;
  return (
    <ul role="status" className="flex flex-col gap-1">
      {due.map(({ kind, counts, oldestAt }) => <li key={kind}>{t('retention.line', { kind: t(`retention.kind.${kind}`), counts: rowCounts(counts), date: oldestAt === null ? '—' : formats.date(oldestAt) })}</li>)}
    </ul>
  );
}

function EraseBlock({ client, session }: Pick<TrustPageProps, 'client' | 'session'>) {
  const { t } = useTexts();
  const [who, setWho] = useState('');
  const [asked, setAsked] = useState<string | null>(null);
  const isAllowed = session.allowed.includes('customer.erase');
  return (
    <FramedBlock title={t('erase.title')}>
      <p className="text-ink-2">{t('erase.body')}</p>
      <RoleNote session={session} action="customer.erase" />
      <form className="flex items-end gap-3" onSubmit={(event) => { event.preventDefault(); if (isAllowed && who.trim() !== '') setAsked(who.trim()); }}>
        <TextField label={t('erase.who')} value={who} onChange={(event) => setWho(event.target.value)} disabled={!isAllowed} spellCheck={false} className="w-72" />
        <Button type="submit" disabled={!isAllowed || who.trim() === ''}>{t('erase.find')}</Button>
      </form>
      {asked !== null && <EraseCustomer client={client} customer={asked} onClose={() => setAsked(null)} onErased={() => setWho('')} />}
    </FramedBlock>
  );
}
