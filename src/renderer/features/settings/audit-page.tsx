import { useEffect, useState } from 'react';
import type { AuditFilter, AuditLine, Rep } from '../../../shared/contract/access.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import { wordOr } from '../../base/code-words.ts';
import { saveText } from '../../base/file-transfer.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { RoleNote } from '../../ui/role-note.tsx';
import { FramedBlock } from '../../ui/framed-block.tsx';
import type { SettingsPageProps } from './settings-pages.tsx';

const ALL = 'all';
const DAY_MS = 86_400_000;
type Asked = { repId: string; action: string; from: string; to: string };
const EVERYTHING: Asked = { repId: ALL, action: ALL, from: '', to: '' };

/** Who did what and when. */
export function AuditPage(props: SettingsPageProps) {
  const { t } = useTexts();
  const isAllowed = props.session.allowed.includes('audit.read');
  return isAllowed ? <FramedBlock title={t('audit.title')} isTitleHidden><Audit {...props} /></FramedBlock> : <RoleNote session={props.session} action="audit.read" />;
}

/** The days are the reader's own; the last one is included. */
function filterOf({ repId, action, from, to }: Asked, reps: readonly Rep[]): AuditFilter {
  const start = (day: string): number => new Date(`${day}T00:00:00`).getTime();
  const rep = reps.find(({ id }) => id === repId);
  return { ...(rep === undefined ? {} : { repId: rep.id }), ...(action === ALL ? {} : { action }), ...(from === '' ? {} : { fromAt: start(from) }), ...(to === '' ? {} : { toAt: start(to) + DAY_MS }) };
}

type Lines = { kind: 'loading' } | { kind: 'failed'; failure: CallFailure } | { kind: 'ready'; lines: readonly AuditLine[]; hasMore: boolean };

function Audit({ client, session }: SettingsPageProps) {
  const { t, formats } = useTexts();
  const { toasts } = useShell();
  const [asked, setAsked] = useState(EVERYTHING);
  const [state, setState] = useState<Lines>({ kind: 'loading' });
  const [round, setRound] = useState(0);
  const filter = JSON.stringify(filterOf(asked, session.reps));
  useEffect(() => {
    let isCurrent = true;
    client.audit.list(JSON.parse(filter) as AuditFilter).then(
      (page) => { if (isCurrent) setState({ kind: 'ready', ...page }); },
      (error: unknown) => { if (isCurrent) setState({ kind: 'failed', failure: callFailure(error) }); },
    );
    return () => {
      isCurrent = false;
    };
  }, [client, filter, round]);
  const fail = (error: unknown): void => toasts.problem({ key: `error.${callFailure(error).code}` });
  const more = (lines: readonly AuditLine[]): void => void client.audit.list({ ...(JSON.parse(filter) as AuditFilter), before: lines.at(-1)?.seq }).then((page) => setState({ kind: 'ready', lines: [...lines, ...page.lines], hasMore: page.hasMore }), fail);
  const exportAll = (): void =>
    void client.audit.exportCsv(JSON.parse(filter) as AuditFilter).then(({ fileName, text, lineCount }) => {
      saveText(fileName, text, 'text/csv;charset=utf-8');
      toasts.show({ key: 'audit.exported', values: { count: formats.number(lineCount) } });
    }, fail);
  return (
    <>
      <p className="text-ink-2">{t('audit.help')}</p>
      <AuditFilters client={client} reps={session.reps} asked={asked} onAsk={setAsked} />
      {state.kind === 'loading' && <LoadingLines />}
      {state.kind === 'failed' && <FailureNotice text={t('audit.failed')} failure={state.failure} onRetry={() => setRound(round + 1)} />}
      {state.kind === 'ready' && (state.lines.length === 0 ? <EmptyState title={t('audit.empty')} /> : <AuditTable lines={state.lines} />)}
      <div className="flex gap-2">
        {state.kind === 'ready' && state.hasMore && <Button onClick={() => more(state.lines)}>{t('audit.more')}</Button>}
        <Button onClick={exportAll}>{t('audit.export')}</Button>
      </div>
    </>
  );
}

function AuditFilters({ client, reps, asked, onAsk }: { client: SettingsPageProps['client']; reps: readonly Rep[]; asked: Asked; onAsk: (asked: Asked) => void }) {
  const { t } = useTexts();
  const [actions, setActions] = useState<readonly string[]>([]);
  useEffect(() => void client.audit.actions({}).then(setActions, () => {}), [client]);
  const actionWords = useActionWords();
  const all = { value: ALL, label: t('audit.all') };
  return (
    <div className="grid grid-cols-4 gap-3 max-md:grid-cols-2">
      <SelectField label={t('audit.rep')} value={asked.repId} choices={[all, ...reps.map(({ id, name }) => ({ value: id as string, label: name === '' ? t('people.unnamed') : name }))]} onChange={(repId) => onAsk({ ...asked, repId })} />
      <SelectField label={t('audit.action')} value={asked.action} choices={[all, ...actions.map((action) => ({ value: action, label: actionWords(action) }))]} onChange={(action) => onAsk({ ...asked, action })} />
      <TextField label={t('audit.from')} type="date" value={asked.from} onChange={(event) => onAsk({ ...asked, from: event.target.value })} />
      <TextField label={t('audit.to')} type="date" value={asked.to} onChange={(event) => onAsk({ ...asked, to: event.target.value })} />
    </div>
  );
}

/** An action in words; one that has none yet by its code. */
function useActionWords(): (action: string) => string {
  const { t } = useTexts();
  return (action) => wordOr(t, `audit.action.${action}`, action);
}

function AuditTable({ lines }: { lines: readonly AuditLine[] }) {
  const { t, formats } = useTexts();
  const actionWords = useActionWords();
  return (
    <table className="w-full table-fixed text-left">
      <thead className="text-meta text-ink-3">
        <tr><th scope="col" className="w-36 py-1 font-normal">{t('audit.time')}</th><th scope="col" className="w-32 font-normal">{t('audit.rep')}</th><th scope="col" className="w-44 font-normal">{t('audit.action')}</th><th scope="col" className="font-normal">{t('audit.entity')}</th></tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.seq} className="h-7 border-t border-line">
            <td className="truncate">{formats.dateTime(line.at)}</td>
            <td className="truncate">{line.repName === '' ? t('people.unnamed') : line.repName}</td>
            <td className="truncate" title={line.action}>{actionWords(line.action)}</td>
            <td className="truncate text-meta text-ink-3" title={`${line.entity} ${line.entityId}`}>{wordOr(t, `audit.entity.${line.entity}`, line.entity)} {line.entityId}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
