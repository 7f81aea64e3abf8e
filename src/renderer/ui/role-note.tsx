import { POLICY, type GuardedAction, type Rep, type Session } from '../../shared/contract/access.contract.ts';
import { useTexts } from '../base/texts.tsx';

/** Says in one sentence who may do this; nothing when this rep may. */
export function RoleNote({ session, action }: { session: Session & { rep: Rep }; action: GuardedAction }) {
  const { t } = useTexts();
  if (session.allowed.includes(action)) return null;
  const roles = POLICY[action].map((role) => t(`people.role.${role}`)).join(t('settings.and'));
  return <p role="note" className="text-ink-2">{t('settings.forbidden', { action: t(`policy.${action}`), roles, role: t(`people.role.${session.rep.role}`) })}</p>;
}
