import { clsx } from 'clsx';
import { Check, CircleAlert, CircleHelp, Clock, LoaderCircle } from 'lucide-react';
import type { Message, OutboxEntry } from '../../../shared/contract/conversation.contract.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { callFailure } from '../../base/call-failure.ts';
import { Button } from '../../ui/button.tsx';
import type { Attachment, Quote } from '../../../shared/contract/attachment.contract.ts';
import { AttachmentList } from './attachment-view.tsx';
import { listImages } from './conversation-images.ts';
import { useDesk } from './desk-context.tsx';
import { MessageMenu } from './message-menu.tsx';
import { messageLang } from './transcript-live.tsx';
import { MessageText } from './message-text.tsx';
import { QuoteLink } from './quote-line.tsx';
import type { TranscriptItem } from './transcript-items.ts';

const SHAPES = { queued: Clock, sending: LoaderCircle, sent: Check, failed: CircleAlert, unknown: CircleHelp } as const;
const COLOURS = { queued: 'text-ink-3', sending: 'text-ink-3', sent: 'text-ok', failed: 'text-high', unknown: 'text-mid' } as const;

export function TranscriptLine({ item, customerName }: { item: TranscriptItem; customerName: string }) {
  const { t, formats } = useTexts();
  if (item.kind === 'day') return <p className="py-2 text-center text-meta text-ink-3">{formats.date(item.at)}</p>;
  if (item.kind === 'outbox') return <Bubble author={t('role.rep')} at={item.entry.createdAt} said={item.entry} isOwn delivery={item.entry} />;
  const { message, delivery } = item;
  if (message.role === 'system') return <p className="px-8 py-1.5 text-center text-meta text-ink-3"><MessageText text={message.text} /></p>;
  const author = message.role === 'customer' ? customerName : t(`role.${message.role}`);
  return <Bubble author={author} at={message.sentAt} said={message} message={message} isOwn={message.role !== 'customer'} isBot={message.role === 'bot'} delivery={delivery} />;
}

/** What a message or a reply on its way says. */
type Said = { text: string; attachments?: Attachment[] | undefined; replyTo?: Quote | undefined };
type BubbleProps = { author: string; at: number; said: Said; message?: Message; isOwn: boolean; isBot?: boolean; delivery: OutboxEntry | null };

function Bubble({ author, at, said, message, isOwn, isBot = false, delivery }: BubbleProps) {
  const { formats } = useTexts();
  return (
    <article className={clsx('group/message flex flex-col py-1', isOwn ? 'items-end pl-16' : 'items-start pr-16')}>
      <div className="flex items-center gap-2 text-meta text-ink-3">
        <span className={isOwn && !isBot ? 'sr-only' : undefined}>{author}</span>
        <time dateTime={new Date(at).toISOString()} title={formats.dateTime(at)}>{formats.clock(at)}</time>
        {delivery !== null && <Delivery entry={delivery} />}
        {message !== undefined && <MessageMenu message={message} />}
      </div>
      <SaidThings said={said} isOwn={isOwn} isBot={isBot} lang={message === undefined ? undefined : messageLang(message)} />
      {delivery !== null && delivery.state !== 'sent' && <OutboxActions entry={delivery} />}
    </article>
  );
}

function SaidThings({ said: { text, attachments, replyTo }, isOwn, isBot, lang }: { said: Said; isOwn: boolean; isBot: boolean; lang: string | undefined }) {
  const desk = useDesk();
  const ground = isOwn ? (isBot ? 'bg-raised' : 'bg-accent-tint') : 'border border-line bg-surface';
  return (
    <>
      {replyTo !== undefined && <QuoteLink quote={replyTo} />}
      {text !== '' && <p lang={lang} className={clsx('max-w-full rounded px-2.5 py-1.5 break-words whitespace-pre-wrap', ground)}><MessageText text={text} /></p>}
      {attachments !== undefined && <AttachmentList attachments={attachments} images={() => listImages(desk)} isOwn={isOwn} />}
    </>
  );
}

function Delivery({ entry }: { entry: OutboxEntry }) {
  const { t } = useTexts();
  const Icon = SHAPES[entry.state];
  return (
    <span className={clsx('inline-flex items-center gap-1', COLOURS[entry.state])} title={entry.error ?? undefined}>
      <Icon size={12} aria-hidden />{t(`outbox.${entry.state}`)}
    </span>
  );
}

function OutboxActions({ entry }: { entry: OutboxEntry }) {
  const { t } = useTexts();
  const desk = useDesk();
  const { toasts } = useShell();
  if (entry.state === 'sending') return null;
  const attempt = (run: () => Promise<void>): void => void run().catch((error: unknown) => toasts.problem({ key: `error.${callFailure(error).code}` }));
  return (
    <div className="flex items-center gap-1 pt-1">
      {entry.error !== null && <span className="text-meta text-high">{entry.error}</span>}
      {entry.state !== 'queued' && <Button size="compact" onClick={() => attempt(() => desk.conversation.retryOutbox(entry.id))}>{t('outbox.retry')}</Button>}
      {entry.state !== 'unknown' && <Button size="compact" tone="ghost" onClick={() => attempt(() => desk.takeBack(entry.id))}>{t('outbox.takeBack')}</Button>}
    </div>
  );
}
