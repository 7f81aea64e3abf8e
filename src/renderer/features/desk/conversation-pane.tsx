import { Menu } from '@base-ui/react/menu';
import { Ellipsis, Timer, UserRound } from 'lucide-react';
import type { ConversationSummary } from '../../../shared/contract/conversation.contract.ts';
import { hasText } from '../../../shared/i18n/texts.ts';
import { callFailure } from '../../base/call-failure.ts';
import { useNow, useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { useCopy } from '../../base/use-copy.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { Composer } from './composer.tsx';
import type { OpenConversation } from './conversation.store.ts';
import { useConversation, useDesk } from './desk-context.tsx';
import { SuggestionArea } from './suggestion-list.tsx';
import { Transcript } from './transcript.tsx';
import { WarningLine } from './warning-line.tsx';

export type ConversationPaneProps = { isQuiet: boolean; onWrite: (question: string) => void; onToggleCustomer: () => void; isCustomerOpen: boolean };

/** The middle column: who, the messages, the warning, what is suggested, the reply. */
export function ConversationPane(props: ConversationPaneProps) {
  const { t } = useTexts();
  const desk = useDesk();
  const open = useConversation();
  return (
    <section aria-label={t('command.open')} className="flex min-w-0 flex-1 flex-col bg-bg">
      {open.kind === 'none' && <EmptyState title={t('conversation.none')} body={t('conversation.noneBody')} />}
      {open.kind === 'loading' && <LoadingLines />}
      {open.kind === 'failed' && <FailureNotice text={t('conversation.failed')} failure={open.failure} onRetry={() => void desk.conversation.open(open.id)} />}
      {open.kind === 'ready' && <Conversation key={open.id} open={open} {...props} />}
    </section>
  );
}

function Conversation({ open, isQuiet, onWrite, onToggleCustomer, isCustomerOpen }: ConversationPaneProps & { open: OpenConversation }) {
  const { t } = useTexts();
  const desk = useDesk();
  const question = open.messages.findLast(({ role }) => role === 'customer')?.text ?? '';
  return (
    <>
      <Header summary={open.summary} onToggleCustomer={onToggleCustomer} isCustomerOpen={isCustomerOpen} />
      <Transcript open={open} />
      <WarningLine />
      {open.summary.state === 'open' ? (
        <>
          <SuggestionArea isOff={isQuiet} onWrite={() => onWrite(question)} />
          <Composer customerName={open.summary.customerName} />
        </>
      ) : (
        <div className="flex h-14 shrink-0 items-center gap-3 border-t border-line bg-surface px-4">
          <span className="flex-1 text-ink-2">{t('composer.closed')}</span>
          <Button tone="primary" onClick={() => void desk.conversation.reopenConversation(open.id).catch(() => {})}>{t('conversation.reopen')}</Button>
        </div>
      )}
    </>
  );
}

function Header({ summary, onToggleCustomer, isCustomerOpen }: { summary: ConversationSummary; onToggleCustomer: () => void; isCustomerOpen: boolean }) {
  const { t } = useTexts();
  const channel = `channel.${summary.channelKind}`;
  return (
    <header className="flex h-10 shrink-0 items-center gap-2 border-b border-line bg-surface px-4">
      <h2 className="min-w-0 truncate text-title font-semibold">{summary.customerName}</h2>
      <span className="shrink-0 text-meta text-ink-3">{hasText(channel) ? t(channel) : summary.channelKind}</span>
      <span className="flex-1" />
      <Waiting summary={summary} />
      <IconButton label={t('conversation.showCustomer')} aria-expanded={isCustomerOpen} onClick={onToggleCustomer} className="lg:hidden"><UserRound size={16} aria-hidden /></IconButton>
      <MoreMenu summary={summary} />
    </header>
  );
}

function Waiting({ summary }: { summary: ConversationSummary }) {
  const { t, formats } = useTexts();
  const nowMs = useNow();
  if (summary.waitingSince === null) return <span className="shrink-0 text-meta text-ok">✓ {t('conversation.answered')}</span>;
  const waitMs = nowMs - summary.waitingSince;
  return (
    <span className="inline-flex shrink-0 items-center gap-1 text-meta text-ink-2" title={t('conversation.waiting', { duration: formats.duration(waitMs) })}>
      <Timer size={14} aria-hidden />
      <span className="sr-only">{t('conversation.waiting', { duration: '' })}</span>
      {formats.stopwatch(waitMs)}
    </span>
  );
}

function MoreMenu({ summary }: { summary: ConversationSummary }) {
  const { t } = useTexts();
  const desk = useDesk();
  const { toasts } = useShell();
  const copy = useCopy();
  const reopen = (): void => void desk.conversation.reopenConversation(summary.id).catch(() => toasts.problem({ key: 'error.connection' }));
  const close = (): void =>
    void desk.conversation.closeConversation().then(
      () => toasts.show({ key: 'conversation.closed' }, { labelKey: 'action.undo', run: reopen }),
      (error: unknown) => toasts.problem({ key: `error.${callFailure(error).code}` }),
    );
  const itemClass = 'flex h-7 items-center rounded px-2 outline-none select-none data-[highlighted]:bg-accent-tint';
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger render={<IconButton label={t('action.more')}><Ellipsis size={16} aria-hidden /></IconButton>} />
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4} className="z-20">
          <Menu.Popup className="min-w-40 rounded border border-line bg-surface p-1 text-ui shadow-float outline-none">
            {summary.state === 'open' ? <Menu.Item className={itemClass} onClick={close}>{t('conversation.close')}</Menu.Item> : <Menu.Item className={itemClass} onClick={reopen}>{t('conversation.reopen')}</Menu.Item>}
            <Menu.Item className={itemClass} onClick={() => copy(summary.id)}>{t('conversation.copyId')}</Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
