import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import type { ChoiceQuestion, CommandChoice } from '../../base/command.ts';
import type { Desk } from './desk.store.ts';
import { parseSnoozeTime, snoozeChoices } from './snooze-choices.ts';
import { dispositionWords, repWords } from './work-words.ts';

type Targets = () => ConversationId[];

/** What the palette offers for the commands that work on conversations; the same as their dialogs do. Whose they are is asked when it runs, as for a key. */
export function workChoices(desk: Desk, targets: Targets) {
  return {
    snooze: (question: ChoiceQuestion): CommandChoice[] => snoozeTimes(desk, targets, question),
    close: (question: ChoiceQuestion): CommandChoice[] => closeReasons(desk, targets, question),
    label: (question: ChoiceQuestion): CommandChoice[] => labelNames(desk, targets, question),
    assign: (question: ChoiceQuestion): CommandChoice[] => owners(desk, targets, question),
  };
}

function snoozeTimes(desk: Desk, targets: Targets, { t, formats, text, nowMs }: ChoiceQuestion): CommandChoice[] {
  const choiceOf = (id: string, label: string, at: number): CommandChoice => ({ id, label, hint: formats.dateTime(at).slice(5), keywords: id, run: () => void desk.work.snooze(targets(), at, formats.dateTime(at)) });
  const typedAt = parseSnoozeTime(text, nowMs, formats.dateTime);
  const typed = typedAt === null ? [] : [{ ...choiceOf('typed', t('snooze.typed'), typedAt), isTyped: true }];
  return [...snoozeChoices(nowMs, formats.dateTime).map(({ id, at }) => choiceOf(id, t(`snooze.${id}`), at)), ...typed];
}

function closeReasons(desk: Desk, targets: Targets, texts: ChoiceQuestion): CommandChoice[] {
  const dispositions = desk.work.store.getState().setup?.dispositions ?? [];
  return dispositions.filter(({ isActive }) => isActive).map(({ code, titleZh, titleEn }) => {
    const words = dispositionWords(code, dispositions, texts);
    const run = (): void => {
      const ids = targets();
      desk.queue.clearSelection();
      void desk.work.close(ids, { code, words, note: '' });
    };
    return { id: code, label: words, keywords: `${code} ${titleZh ?? ''} ${titleEn ?? ''}`, run };
  });
}

function labelNames(desk: Desk, targets: Targets, { t, text }: ChoiceQuestion): CommandChoice[] {
  const labels = desk.work.store.getState().setup?.labels ?? [];
  const name = text.trim();
  const known = labels.map((label): CommandChoice => ({
    id: label.id,
    label: label.name,
    // as in the dialog: off when all of them have it
    run: () => {
      const ids = targets();
      const isOnAll = desk.summariesOf(ids).every((row) => row.labels.some(({ id }) => id === label.id));
      void desk.work.label(ids, label, !isOnAll);
    },
  }));
  const isNew = name !== '' && name.length <= 24 && !labels.some((label) => label.name.normalize('NFKC').toLowerCase() === name.normalize('NFKC').toLowerCase());
  const make = (): void => {
    const ids = targets();
    void desk.work.createLabel(name).then((made) => made && desk.work.label(ids, made, true));
  };
  return isNew ? [...known, { id: 'new', label: t('label.create', { name }), isTyped: true, run: make }] : known;
}

function owners(desk: Desk, targets: Targets, texts: ChoiceQuestion): CommandChoice[] {
  const { setup } = desk.work.store.getState();
  const reps = (setup?.reps ?? []).toSorted((a, b) => Number(b.id === setup?.meId) - Number(a.id === setup?.meId));
  const choices = reps.map((rep): CommandChoice => {
    const label = repWords(rep, setup, texts);
    return { id: rep.id, label, keywords: rep.name, run: () => void desk.work.assign(targets(), rep.id, label) };
  });
  const { t } = texts;
  return [...choices, { id: 'nobody', label: t('assign.unassign'), run: () => void desk.work.assign(targets(), null, t('assign.unassign')) }];
}
