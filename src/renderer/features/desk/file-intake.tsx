import { Paperclip } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useShell, type Shell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { IconButton } from '../../ui/button.tsx';
import { useDesk } from './desk-context.tsx';
import type { Desk } from './desk.store.ts';

const REFUSALS = { too_large: 'attach.tooLarge', empty: 'attach.emptyFile', too_many: 'attach.tooMany' } as const;

/** Adds files to the reply of the open conversation and tells of those it does not take. */
export function addFiles(desk: Desk, toasts: Shell['toasts'], files: readonly File[]): void {
  const { conversationId, isReady } = desk.composer.store.getState();
  if (conversationId === null || !isReady) return;
  for (const { name, reason } of desk.composer.files.add(conversationId, files)) toasts.problem({ key: REFUSALS[reason], values: { name } });
  desk.focusField();
}

/** The paper clip; the system's own file dialog follows. */
export function AttachButton() {
  const { t } = useTexts();
  const desk = useDesk();
  const { toasts } = useShell();
  const inputRef = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton id="reply-attach" label={t('attach.add')} onClick={() => inputRef.current?.click()} className="size-8"><Paperclip size={16} aria-hidden /></IconButton>
      <input
        ref={inputRef}
        type="file"
        multiple
        tabIndex={-1}
        aria-hidden
        className="hidden"
        onChange={(event) => {
          addFiles(desk, toasts, [...(event.target.files ?? [])]);
          // the same file again is a change again
          event.target.value = '';
        }}
      />
    </>
  );
}

/** What a browser calls a picture that has no file. */
const PICTURE_NAME = 'image.png';

/** Files of a paste. A copied table brings a picture of itself along with its text: then the text is meant. */
export function pastedFiles(clipboard: DataTransfer): File[] {
  const files = [...clipboard.files];
  const isPictureOfText = clipboard.getData('text/plain') !== '' && files.every(({ name }) => name === PICTURE_NAME);
  return isPictureOfText ? [] : files;
}

/** While a reply is being written, a file dropped anywhere belongs to it; the browser must never open one in place of the page. */
export function DropTarget() {
  const { t } = useTexts();
  const desk = useDesk();
  const { toasts } = useShell();
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
    const over = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setIsOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setIsOver(false);
    };
    const drop = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setIsOver(false);
      addFiles(desk, toasts, [...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [desk, toasts]);
  if (!isOver) return null;
  return <div role="status" className="pointer-events-none absolute inset-1 z-10 flex items-center justify-center rounded border-2 border-dashed border-accent bg-accent-tint font-semibold text-accent">{t('attach.drop')}</div>;
}
