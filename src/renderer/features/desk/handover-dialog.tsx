import { Checkbox } from '@base-ui/react/checkbox';
import { Check } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { ConversationId, RepId } from '../../../shared/contract/ids.contract.ts';
import type { HandoverLine } from '../../../shared/contract/work.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { SelectField } from '../../ui/fields.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { Overlay } from '../../ui/overlay.tsx';
import { useDesk, useWork } from './desk-context.tsx';
import { lineKindWords, QuoteWords } from './note-line.tsx';
import { reasonWords } from './risk-words.ts';
import { repWords } from './work-words.ts';
import { reasonOfLine } from './work.store.ts';

type Choice = { line: HandoverLine; isTaken: boolean };
type DraftState = { kind: 'loading' } | { kind: 'failed'; failure: CallFailure } | { kind: 'ready'; choices: readonly Choice[] };

const ANY_LEAD = 'any';

/** What the lead gets: lines taken from the conversation, each with its quote, to be kept, changed or left out. */
export function HandoverDialog({ conversationId, onClose }: { conversationId: ConversationId; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const desk = useDesk();
  const setup = useWork((state) => state.setup);
  const [draft, setDraft] = useState<DraftState>({ kind: 'loading' });
  const [to, setTo] = useState<string>(ANY_LEAD);
  const [comment, setComment] = useState('');
  const sendRef = useRef<HTMLButtonElement>(null);
  const leads = (setup?.reps ?? []).filter((rep) => rep.role !== 'rep' && rep.id !== setup?.meId);
  useEffect(() => {
    let isGone = false;
    desk.work.handoverDraft(conversationId).then(
      ({ lines, suggestedRepId }) => {
        if (isGone) return;
        // reasons of risk come as codes and are worded here, once, so that their words can be changed like the others
        setDraft({ kind: 'ready', choices: lines.map((line) => ({ line: line.kind === 'risk' ? { ...line, text: reasonWords(reasonOfLine(line), texts) } : line, isTaken: true })) });
        setTo(suggestedRepId ?? ANY_LEAD);
      },
      (error: unknown) => { if (!isGone) setDraft({ kind: 'failed', failure: callFailure(error) }); },
    );
    return () => { isGone = true; };
    // oxlint-disable-next-line react/exhaustive-deps -- read once per conversation; another language must not undo what was changed
  }, [conversationId, desk]);
  const change = (index: number, next: Choice): void => setDraft((now) => (now.kind === 'ready' ? { ...now, choices: now.choices.map((one, place) => (place === index ? next : one)) } : now));
  const send = async (): Promise<void> => {
    const lines = draft.kind === 'ready' ? draft.choices.filter(({ isTaken, line }) => isTaken && line.text.trim() !== '').map(({ line }) => line) : [];
    const lead = leads.find(({ id }) => id === to);
    const repId: RepId | null = lead?.id ?? null;
    if (await desk.work.handOver({ conversationId, repId, lines, comment }, lead === undefined ? t('handover.anyLead') : repWords(lead, setup, texts))) onClose();
  };
  return (
    <Overlay title={t('handover.title')} onClose={onClose} initialFocus={sendRef} className="max-w-[620px]">
      <div className="quiet-scroll flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-4">
        <SelectField label={t('handover.to')} value={to} choices={[...leads.map((rep) => ({ value: rep.id as string, label: `${repWords(rep, setup, texts)} · ${t(`assign.role.${rep.role}`)}` })), { value: ANY_LEAD, label: t('handover.anyLead') }]} onChange={setTo} />
        <p className="text-meta text-ink-2">{t('handover.intro')}</p>
        {draft.kind === 'loading' && <LoadingLines count={4} />}
        {draft.kind === 'failed' && <FailureNotice text={t('handover.failed')} failure={draft.failure} />}
        {draft.kind === 'ready' && draft.choices.length === 0 && <p className="text-ink-2">{t('handover.empty')}</p>}
        {draft.kind === 'ready' && <ul className="flex flex-col gap-2">{draft.choices.map((choice, index) => <LineChoice key={index} choice={choice} onChange={(next) => change(index, next)} />)}</ul>}
        <CommentField value={comment} onChange={setComment} />
      </div>
      <div className="flex shrink-0 items-center justify-end gap-2 border-t border-line px-4 py-3">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        {/* never disabled: a button that cannot take the focus would leave it outside the dialog */}
        <Button ref={sendRef} tone="primary" aria-disabled={draft.kind === 'loading'} onClick={() => { if (draft.kind !== 'loading') void send(); }}>{t('handover.send')}</Button>
      </div>
    </Overlay>
  );
}

function LineChoice({ choice, onChange }: { choice: Choice; onChange: (next: Choice) => void }) {
  const texts = useTexts();
  const { t, formats } = texts;
  const { line, isTaken } = choice;
  const kind = lineKindWords(line, texts);
  return (
    <li className="flex items-start gap-2">
      <Checkbox.Root
        aria-label={t('handover.include', { text: line.text })}
        checked={isTaken}
        onCheckedChange={(isOn) => onChange({ ...choice, isTaken: isOn })}
        className="mt-1.5 inline-flex size-4 shrink-0 items-center justify-center rounded border border-control data-[checked]:border-accent data-[checked]:bg-accent"
      >
        <Checkbox.Indicator className="text-on-accent"><Check size={12} aria-hidden /></Checkbox.Indicator>
      </Checkbox.Root>
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <div className="flex items-center gap-2">
          <span className="w-20 shrink-0 text-meta text-ink-2">{kind}</span>
          <input aria-label={t('handover.words', { kind })} value={line.text} maxLength={500} disabled={!isTaken} onChange={(event) => onChange({ ...choice, line: { ...line, text: event.target.value } })} className="h-7 min-w-0 flex-1 rounded border border-control bg-surface px-2 text-ui disabled:opacity-55" />
          {line.dueAt !== null && <span className="shrink-0 text-meta text-mid">{t('handover.due', { time: formats.dateTime(line.dueAt).slice(5) })}</span>}
        </div>
        <div className="pl-22">{line.quote === null ? <p className="text-meta text-ink-3">{t('handover.noTurn')}</p> : <QuoteWords quote={line.quote} at={line.at} />}</div>
      </div>
    </li>
  );
}

function CommentField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTexts();
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-meta text-ink-2">{t('handover.comment')}</label>
      <textarea id={id} value={value} rows={3} maxLength={2000} onChange={(event) => onChange(event.target.value)} className="quiet-scroll resize-none rounded border border-control bg-surface px-2.5 py-1.5 text-ui" />
    </div>
  );
}
