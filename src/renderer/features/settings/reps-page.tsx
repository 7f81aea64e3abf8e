import { clsx } from 'clsx';
import { useCallback, useEffect, useState } from 'react';
import { guardedActionSchema, POLICY, repRoleSchema, type Rep } from '../../../shared/contract/access.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { RepBadge } from '../../ui/rep-badge.tsx';
import { RepForm } from './rep-form.tsx';
import { RoleNote } from '../../ui/role-note.tsx';
import { FramedBlock } from '../../ui/framed-block.tsx';
import type { SettingsPageProps } from './settings-pages.tsx';

type Reps = { kind: 'loading' } | { kind: 'failed'; failure: CallFailure } | { kind: 'ready'; reps: readonly Rep[] };

/** The people of the shop and what their roles allow. */
export function RepsPage(props: SettingsPageProps) {
  const { t } = useTexts();
  const isAllowed = props.session.allowed.includes('reps.manage');
  return (
    <>
      <RoleNote session={props.session} action="reps.manage" />
      {isAllowed && <FramedBlock title={t('reps.title')} isTitleHidden><RepList {...props} /></FramedBlock>}
      <FramedBlock title={t('reps.rights')}><RightsTable /></FramedBlock>
    </>
  );
}

function RepList({ client, session }: SettingsPageProps) {
  const { t } = useTexts();
  const [state, setState] = useState<Reps>({ kind: 'loading' });
  const [editing, setEditing] = useState<Rep | 'new' | null>(null);
  const load = useCallback(() => {
    client.rep.list({}).then((reps) => setState({ kind: 'ready', reps }), (error: unknown) => setState({ kind: 'failed', failure: callFailure(error) }));
  }, [client]);
  // the session is told anew whenever a profile changes
  useEffect(load, [load, session]);
  if (state.kind === 'loading') return <LoadingLines />;
  if (state.kind === 'failed') return <FailureNotice text={t('reps.failed')} failure={state.failure} onRetry={load} />;
  const shown = editing === null || editing === 'new' ? editing : (state.reps.find(({ id }) => id === editing.id) ?? null);
  return (
    <>
      <ul className="flex flex-col">
        {state.reps.map((rep) => <RepRow key={rep.id} rep={rep} isYou={rep.id === session.rep.id} isOpen={shown !== null && shown !== 'new' && shown.id === rep.id} onEdit={() => setEditing(rep)} />)}
      </ul>
      {shown === null ? <div><Button onClick={() => setEditing('new')}>{t('reps.add')}</Button></div> : <RepForm key={shown === 'new' ? 'new' : shown.id} client={client} rep={shown === 'new' ? null : shown} isYou={shown !== 'new' && shown.id === session.rep.id} onClose={() => setEditing(null)} />}
      <p className="text-meta text-ink-3">{t('reps.help')}</p>
    </>
  );
}

function RepRow({ rep, isYou, isOpen, onEdit }: { rep: Rep; isYou: boolean; isOpen: boolean; onEdit: () => void }) {
  const { t } = useTexts();
  const name = rep.name === '' ? t('people.unnamed') : rep.name;
  return (
    <li className="border-b border-line last:border-0">
      <button type="button" aria-expanded={isOpen} onClick={onEdit} className={clsx('ring-inside flex h-9 w-full items-center gap-3 px-1 text-left hover:bg-raised', isOpen && 'bg-accent-tint', !rep.isActive && 'text-ink-3')}>
        <span className="sr-only">{t('reps.change')}</span>
        <RepBadge rep={rep} />
        <span className="min-w-0 flex-1 truncate">{name}{isYou && <span className="text-ink-3"> · {t('reps.you')}</span>}</span>
        <span className="w-24 shrink-0 text-ink-2">{t(`people.role.${rep.role}`)}</span>
        <span className="w-28 shrink-0 text-ink-2">{t(`people.level.${rep.certificateLevel}`)}</span>
        <span className="w-20 shrink-0 text-meta text-ink-3">{t(rep.hasPin ? 'pin.set' : 'pin.none')}</span>
        <span className="w-16 shrink-0 text-meta text-ink-3">{rep.isActive ? '' : t('reps.inactive')}</span>
      </button>
    </li>
  );
}

function RightsTable() {
  const { t } = useTexts();
  return (
    <table className="w-full text-left">
      <thead className="text-meta text-ink-3">
        <tr><th scope="col" className="py-1 font-normal">{t('policy.action')}</th>{repRoleSchema.options.map((role) => <th key={role} scope="col" className="w-24 py-1 font-normal">{t(`people.role.${role}`)}</th>)}</tr>
      </thead>
      <tbody>
        {guardedActionSchema.options.map((action) => (
          <tr key={action} className="h-7 border-t border-line">
            <th scope="row" className="font-normal">{t(`policy.${action}`)}</th>
            {repRoleSchema.options.map((role) => {
              const isAllowed = POLICY[action].includes(role);
              return <td key={role} className={isAllowed ? 'text-ok' : 'text-ink-3'}><span aria-hidden>{isAllowed ? '✓' : '–'}</span><span className="sr-only">{t(isAllowed ? 'policy.yes' : 'policy.no')}</span></td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
