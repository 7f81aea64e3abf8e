import type { SuggestionId } from '../../../shared/contract/ids.contract.ts';
import type { ComposerApi } from './composer-state.ts';
import { adjustMarks, editBetween, undoneBy, type Mark, type TextEdit } from './draft-marks.ts';

/** Text about to go in at `start`; of it, `marked` is a suggestion's. */
export type Insertion = { start: number; text: string; marked: { from: number; to: number; suggestionId: SuggestionId; source: string } | null };

/** Follows the text of the field: which parts are whose, and what has to be saved. */
export function createDraftText(store: ComposerApi, save: () => void) {
  /** What was ever inserted here, so that redo marks it again. */
  const inserted = new Map<SuggestionId, { text: string; source: string }>();
  let expected: Insertion | null = null;
  const insertedMark = (edit: TextEdit, text: string, marks: readonly Mark[]): Mark | null => {
    if (expected !== null) {
      const { start, marked } = expected;
      if (marked === null || marked.from === marked.to) return null;
      inserted.set(marked.suggestionId, { text: text.slice(start + marked.from, start + marked.to), source: marked.source });
      return { start: start + marked.from, end: start + marked.to, suggestionId: marked.suggestionId, source: marked.source };
    }
    for (const [suggestionId, known] of inserted) {
      const at = text.slice(edit.start, edit.newEnd).indexOf(known.text);
      if (at !== -1 && !marks.some((mark) => mark.suggestionId === suggestionId)) return { start: edit.start + at, end: edit.start + at + known.text.length, suggestionId, source: known.source };
    }
    return null;
  };
  return {
    expectInsertion(insertion: Insertion) {
      expected = insertion;
    },
    change(text: string, caret: number) {
      const state = store.getState();
      const edit = expected === null ? editBetween(state.text, text, caret) : { start: expected.start, oldEnd: expected.start + state.text.length + expected.text.length - text.length, newEnd: expected.start + expected.text.length };
      const marks = adjustMarks(state.marks, edit);
      const undone = undoneBy(state.marks, edit);
      const usedIds = new Set(state.usedIds.filter((id) => !undone.includes(id)));
      const mark = insertedMark(edit, text, marks);
      if (mark !== null) {
        marks.push(mark);
        usedIds.add(mark.suggestionId);
      }
      expected = null;
      store.setState({ text, caret, marks, usedIds: text === '' ? [] : [...usedIds], askedText: null, isHeldByFiles: false, sendFailure: null, saveState: 'idle' });
      save();
    },
  };
}
