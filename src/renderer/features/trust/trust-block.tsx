import type { ReactNode } from 'react';
import { POLICY, type GuardedAction } from '../../../shared/contract/access.contract.ts';
import { useTexts } from '../../base/texts.tsx';
import type { TrustPageProps } from './trust-page.types.ts';

/** One framed group of a page. */
export function TrustBlock({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-3 rounded border border-line bg-surface p-4">
      <h3 className="font-semibold">{title}</h3>
      {children}
    </section>
  );
}

/** Says in one sentence who may do this; nothing when this rep may. */
export function WhoMay({ session, action }: { session: TrustPageProps['session']; action: GuardedAction }) {
  const { t } = useTexts();
  if (session.allowed.includes(action)) return null;
  const roles = POLICY[action].map((role) => t(`people.role.${role}`)).join(t('settings.and'));
  return <p role="note" className="text-ink-2">{t('settings.forbidden', { action: t(`policy.${action}`), roles, role: t(`people.role.${session.rep.role}`) })}</p>;
}
