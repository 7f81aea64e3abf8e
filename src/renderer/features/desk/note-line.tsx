import { NotebookPen, Pencil, Quote, Trash2, UserRoundCheck } from 'lucide-react';
import type { HandoverLine, Note, WorkEvent } from '../../../shared/contract/work.contract.ts';
import { useTexts, type Texts } from '../../base/texts.tsx';
import { IconButton } from '../../ui/button.tsx';
import { useDesk, useWork } from './desk-context.tsx';
import { dispositionWords } from './work-words.ts';
import type { WorkSetup } from './work.store.ts';

/** A note between the messages: framed and named, so that nobody takes it for something the customer has read. */
export function NoteLine({ note }: { note: Note }) {
  const { t, formats } = useTexts();
  const isHandover = note.kind === 'handover';
  const Icon = isHandover ? UserRoundCheck : NotebookPen;
  return (
    <article aria-label={t(isHandover ? 'handover.badge' : 'note.badge')} className="my-1.5 rounded border border-dashed border-control bg-raised px-3 py-2 text-ui">
      <div className="flex min-h-6 items-center gap-2 text-meta text-ink-2">
        <Icon size={14} aria-hidden className="shrink-0" />
        <span className="font-semibold">{t(isHandover ? 'handover.badge' : 'note.badge')}</span>
        <span className="truncate text-ink-3">{note.repName || t('assign.unnamed')}</span>
        <time dateTime={new Date(note.createdAt).toISOString()} title={formats.dateTime(note.createdAt)} className="text-ink-3">{formats.clock(note.createdAt)}</time>
        {note.editedAt !== null && <span className="text-ink-3">{t('note.editedAt', { time: formats.clock(note.editedAt) })}</span>}
        <span className="flex-1" />
        {note.isMine && <NoteActions note={note} />}
      </div>
      {note.lines.length > 0 && <ul className="flex flex-col gap-1.5 py-1">{note.lines.map((line, index) => <HandoverLineRow key={`${line.kind}${index}`} line={line} isQuoted={note.lines.findIndex(({ quote }) => quote === line.quote) === index} />)}</ul>}
      {note.text !== '' && <p className="break-words whitespace-pre-wrap">{note.text}</p>}
    </article>
  );
}

function NoteActions({ note }: { note: Note }) {
  const { t } = useTexts();
  const desk = useDesk();
  return (
    <span className="flex gap-0.5">
      {note.kind === 'note' && <IconButton label={t('note.edit')} className="size-6" onClick={() => desk.work.show({ kind: 'note', conversationId: note.conversationId, note })}><Pencil size={13} aria-hidden /></IconButton>}
      <IconButton label={t('action.delete')} className="size-6" onClick={() => void desk.work.deleteNote(note)}><Trash2 size={13} aria-hidden /></IconButton>
    </span>
  );
}

/** One line of a handover with the words it rests on; the same words stand there once. */
function HandoverLineRow({ line, isQuoted }: { line: HandoverLine; isQuoted: boolean }) {
  const texts = useTexts();
  const { t, formats } = texts;
  return (
    <li>
      <p className="break-words">
        <span className="pr-2 text-meta text-ink-3">{lineKindWords(line, texts)}</span>
        {line.text}
        {line.dueAt !== null && <span className="pl-2 text-meta text-ink-2">{t('handover.due', { time: formats.dateTime(line.dueAt).slice(5) })}</span>}
      </p>
      {isQuoted && line.quote !== null && line.quote !== line.text && <QuoteWords quote={line.quote} at={line.at} />}
    </li>
  );
}

export function QuoteWords({ quote, at }: { quote: string; at: number | null }) {
  const { formats } = useTexts();
  return (
    <p className="flex items-start gap-1 text-meta text-ink-3">
      <Quote size={11} aria-hidden className="mt-1 shrink-0" />
      <q className="clamp-2 break-words [quotes:none]">{quote}</q>
      {at !== null && <span className="shrink-0" title={formats.dateTime(at)}>{formats.clock(at)}</span>}
    </p>
  );
}

export function lineKindWords(line: HandoverLine, { t }: Pick<Texts, 't'>): string {
  if (line.kind !== 'slot') return t(`handover.kind.${line.kind}`);
  const slot = line.code === 'order' || line.code === 'waybill' || line.code === 'size' || line.code === 'amount' ? line.code : 'date';
  return t(`handover.slot.${slot}`);
}

/** What was done to the conversation, in one quiet line. */
export function EventLine({ event }: { event: WorkEvent }) {
  const texts = useTexts();
  const setup = useWork((state) => state.setup);
  return (
    <p className="px-8 py-1 text-center text-meta text-ink-3" title={texts.formats.dateTime(event.at)}>
      {eventWords(event, setup, texts)} · {texts.formats.clock(event.at)}
    </p>
  );
}

type Wording = { texts: Texts; setup: WorkSetup | null; who: string };
type ToWords = (values: WorkEvent['values'], wording: Wording) => string;

/** Notes are shown themselves, an unread mark is not told: they have no words. */
const EVENT_WORDS: Partial<Record<WorkEvent['kind'], ToWords>> = {
  snoozed: (values, { texts: { t, formats }, who }) => t('event.snoozed', { who, until: formats.dateTime(Number(values['until'])) }),
  closed: closedWords,
  assigned: (values, wording) => givenWords('assigned', values, wording),
  handed_over: (values, wording) => givenWords('handed_over', values, wording),
  labelled: (values, { texts: { t }, who }) => t(values['isOn'] === 1 ? 'event.labelled' : 'event.unlabelled', { who, label: values['label'] ?? '' }),
  woken: (_values, { texts: { t } }) => t('event.woken'),
  unsnoozed: (_values, { texts: { t }, who }) => t('event.unsnoozed', { who }),
  reopened: (_values, { texts: { t }, who }) => t('event.reopened', { who }),
};

function eventWords({ kind, values, repName }: WorkEvent, setup: WorkSetup | null, texts: Texts): string {
  const who = repName === '' ? texts.t('assign.unnamed') : repName;
  return EVENT_WORDS[kind]?.(values, { texts, setup, who }) ?? '';
}

function closedWords(values: WorkEvent['values'], { texts, setup, who }: Wording): string {
  const code = values['disposition'];
  const reason = typeof code === 'string' ? dispositionWords(code, setup?.dispositions ?? [], texts) : texts.t('disposition.none');
  return texts.t('event.closed', { who, reason: typeof values['note'] === 'string' ? `${reason} · ${values['note']}` : reason });
}

function givenWords(kind: 'assigned' | 'handed_over', values: WorkEvent['values'], { texts: { t }, who }: Wording): string {
  const toName = values['toName'];
  if (values['repId'] === null) return kind === 'assigned' ? t('event.unassigned', { who }) : t('event.handed_over', { who, name: t('handover.anyLead') });
  return t(`event.${kind}`, { who, name: typeof toName === 'string' && toName !== '' ? toName : t('assign.unnamed') });
}
