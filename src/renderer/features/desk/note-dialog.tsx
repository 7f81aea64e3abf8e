import { useRef, useState } from 'react';
import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import type { Note } from '../../../shared/contract/work.contract.ts';
import { isComposingKey, shortcutWords } from '../../base/keys.ts';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Overlay } from '../../ui/overlay.tsx';
import { useDesk, useWork } from './desk-context.tsx';

/** A note for colleagues. What was begun stays until it is saved, also when the dialog is closed. */
export function NoteDialog({ conversationId, note, onClose }: { conversationId: ConversationId; note: Note | null; onClose: () => void }) {
  const { t } = useTexts();
  const desk = useDesk();
  // one rep's unsaved words are not another's
  const key = `${useWork((state) => state.setup?.meId ?? '')} ${note?.id ?? conversationId}`;
  const kept = useWork((state) => state.noteDrafts.get(key));
  const text = kept ?? note?.text ?? '';
  const [isFailed, setIsFailed] = useState(false);
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const save = async (): Promise<void> => {
    if (text.trim() === '') return;
    const isDone = note === null ? await desk.work.addNote(conversationId, text) : await desk.work.editNote(note, text);
    setIsFailed(!isDone);
    if (!isDone) return;
    desk.work.keepNoteDraft(key, '');
    onClose();
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || isComposingKey(event.nativeEvent)) return;
    event.preventDefault();
    void save();
  };
  return (
    <Overlay title={t(note === null ? 'note.title' : 'note.edit')} onClose={onClose} initialFocus={fieldRef} className="max-w-[520px]">
      <div className="flex flex-col gap-2 p-4">
        <label htmlFor="note-text" className="text-meta text-ink-2">{t('note.label')}</label>
        <textarea ref={fieldRef} id="note-text" value={text} rows={6} maxLength={5000} onChange={(event) => desk.work.keepNoteDraft(key, event.target.value)} onKeyDown={onKeyDown} className="quiet-scroll resize-none rounded border border-control bg-surface px-2.5 py-1.5 text-talk" />
        {isFailed && <p role="alert" className="text-meta text-high">{t('note.failed')}</p>}
      </div>
      <div className="flex shrink-0 items-center justify-end gap-2 border-t border-line px-4 py-3">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button tone="primary" disabled={text.trim() === ''} title={t('note.saveHint')} onClick={() => void save()}>{t('note.save')}</Button>
        <span aria-hidden><Kbd shortcut={shortcutWords('Mod+Enter')} /></span>
      </div>
    </Overlay>
  );
}
