import { Menu } from '@base-ui/react/menu';
import { AlarmClock, CircleCheck, Ellipsis, Tag, Timer, UserRound } from 'lucide-react';
import type { ConversationSummary } from '../../../shared/contract/conversation.contract.ts';
import { channelWords } from '../../base/code-words.ts';
import { useNow } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { useCopy } from '../../base/use-copy.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { CommandKey } from '../../ui/command-key.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { Composer } from './composer.tsx';
import type { OpenConversation } from './conversation.store.ts';
import { useConversation, useDesk, useWork } from './desk-context.tsx';
import { LabelMark } from './label-mark.tsx';
import { HandoverMark, SnoozeMark } from './queue-row.tsx';
import { SuggestionArea } from './suggestion-list.tsx';
import { Transcript } from './transcript.tsx';
import { WarningLine } from './warning-line.tsx';
import { WorkDialogs } from './work-dialogs.tsx';
import { dispositionWords, repWords } from './work-words.ts';

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
      <WorkDialogs />
    </section>
  );
}

function Conversation({ open, isQuiet, onWrite, onToggleCustomer, isCustomerOpen }: ConversationPaneProps & { open: OpenConversation }) {
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
        <ClosedBar summary={open.summary} />
      )}
    </>
  );
}

function ClosedBar({ summary }: { summary: ConversationSummary }) {
  const texts = useTexts();
  const { t } = texts;
  const desk = useDesk();
  const dispositions = useWork((state) => state.setup?.dispositions ?? []);
  return (
    <div className="flex h-14 shrink-0 items-center gap-3 border-t border-line bg-surface px-4">
      <span className="min-w-0 flex-1 truncate text-ink-2">{summary.disposition !== null && <span className="font-semibold text-ink">{dispositionWords(summary.disposition, dispositions, texts)} · </span>}{t('composer.closed')}</span>
      <Button onClick={() => desk.work.show({ kind: 'close', conversationIds: [summary.id] })}>{t('close.changeReason')}</Button>
      <Button tone="primary" onClick={() => void desk.work.reopen([summary.id])}>{t('conversation.reopen')}</Button>
    </div>
  );
}

function Header({ summary, onToggleCustomer, isCustomerOpen }: { summary: ConversationSummary; onToggleCustomer: () => void; isCustomerOpen: boolean }) {
  const { t } = useTexts();
  return (
    <header className="flex h-10 shrink-0 items-center gap-2 border-b border-line bg-surface pr-2 pl-4">
      <h2 className="min-w-0 shrink-[2] truncate text-title font-semibold">{summary.customerName}</h2>
      <span className="shrink-0 text-meta text-ink-3">{channelWords(t, summary.channelKind)}</span>
      <HeaderMarks summary={summary} />
      <Waiting summary={summary} />
      <HeaderActions summary={summary} />
      <IconButton id="customer-toggle" label={t('conversation.showCustomer')} aria-expanded={isCustomerOpen} onClick={onToggleCustomer} className="lg:hidden"><UserRound size={16} aria-hidden /></IconButton>
      <MoreMenu summary={summary} />
    </header>
  );
}

function HeaderMarks({ summary }: { summary: ConversationSummary }) {
  const texts = useTexts();
  const setup = useWork((state) => state.setup);
  return (
    <div className="flex min-w-0 flex-1 items-center gap-1 overflow-hidden">
      <HandoverMark row={summary} meId={setup?.meId ?? null} />
      <SnoozeMark row={summary} />
      {summary.rep !== null && (setup?.reps.length ?? 0) > 1 && <span className="inline-flex h-5 shrink-0 items-center gap-1 text-meta text-ink-2" title={texts.t('queue.owner', { name: repWords(summary.rep, setup, texts) })}><UserRound size={12} aria-hidden />{repWords(summary.rep, setup, texts)}</span>}
      {summary.labels.map((label) => <LabelMark key={label.id} label={label} className="max-w-32" />)}
    </div>
  );
}

/** What is done most, one click away; the rest is in the menu. */
function HeaderActions({ summary }: { summary: ConversationSummary }) {
  const { t } = useTexts();
  const desk = useDesk();
  if (summary.state === 'closed') return null;
  const show = (kind: 'snooze' | 'close' | 'label') => (): void => desk.work.show({ kind, conversationIds: [summary.id] });
  return (
    <span className="flex shrink-0 max-md:hidden">
      <IconButton label={t('command.label')} onClick={show('label')}><Tag size={16} aria-hidden /></IconButton>
      <IconButton label={t('command.snooze')} onClick={show('snooze')}><AlarmClock size={16} aria-hidden /></IconButton>
      <IconButton label={t('command.closeConversation')} onClick={show('close')}><CircleCheck size={16} aria-hidden /></IconButton>
    </span>
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
  const copy = useCopy();
  const conversationIds = [summary.id];
  const show = (kind: 'snooze' | 'close' | 'label' | 'assign') => (): void => desk.work.show({ kind, conversationIds });
  const isOpen = summary.state === 'open';
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger render={<IconButton label={t('action.more')}><Ellipsis size={16} aria-hidden /></IconButton>} />
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4} className="z-20">
          <Menu.Popup className="min-w-52 rounded border border-line bg-surface p-1 text-ui shadow-float outline-none">
            {isOpen ? <MenuLine label={t('conversation.close')} commandId="desk.close" onClick={show('close')} /> : <MenuLine label={t('conversation.reopen')} onClick={() => void desk.work.reopen(conversationIds)} />}
            {isOpen && <MenuLine label={t('command.snooze')} commandId="desk.snooze" onClick={show('snooze')} />}
            <MenuLine label={t('command.label')} commandId="desk.label" onClick={show('label')} />
            <MenuLine label={t('command.note')} commandId="desk.note" onClick={() => desk.work.show({ kind: 'note', conversationId: summary.id, note: null })} />
            <MenuLine label={t('command.assign')} commandId="desk.assign" onClick={show('assign')} />
            {isOpen && <MenuLine label={t('command.handOver')} commandId="desk.handOver" onClick={() => desk.work.show({ kind: 'handover', conversationId: summary.id })} />}
            <MenuLine label={t('conversation.copyId')} onClick={() => copy(summary.id)} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function MenuLine({ label, commandId, onClick }: { label: string; commandId?: string; onClick: () => void }) {
  return (
    <Menu.Item className="flex h-7 items-center justify-between gap-6 rounded px-2 outline-none select-none data-[highlighted]:bg-accent-tint" onClick={onClick}>
      {label}
      {commandId !== undefined && <CommandKey commandId={commandId} />}
    </Menu.Item>
  );
}
