import { clsx } from 'clsx';
import { FileInput } from 'lucide-react';
import { useState } from 'react';
import { callFailure } from '../../base/call-failure.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import type { FileAccess } from './import-screen.tsx';

/** Drop a file, choose one, or type a path. */
export function FileChooser({ files, isReading, onPath }: { files: FileAccess; isReading: boolean; onPath: (path: string) => void }) {
  const { t } = useTexts();
  const { toasts } = useShell();
  const [isOver, setIsOver] = useState(false);
  const [path, setPath] = useState('');
  const take = (asked: Promise<string | undefined>): void =>
    void asked.then(
      (found) => { if (found !== undefined) onPath(found); },
      (error: unknown) => {
        const { code, sentence } = callFailure(error);
        toasts.problem({ key: `error.${code}` }, sentence);
      },
    );
  const onDrop = (event: React.DragEvent): void => {
    event.preventDefault();
    setIsOver(false);
    const file = event.dataTransfer.files[0];
    if (file !== undefined) take(files.pathOf(file));
  };
  return (
    <section aria-label={t('import.choose')} className="flex flex-col gap-3">
      <div onDragOver={(event) => { event.preventDefault(); setIsOver(true); }} onDragLeave={() => setIsOver(false)} onDrop={onDrop} className={clsx('flex h-36 flex-col items-center justify-center gap-2 rounded border border-dashed', isOver ? 'border-accent bg-accent-tint' : 'border-control bg-surface')}>
        <FileInput size={20} aria-hidden className="text-ink-3" />
        {isReading ? <p role="status" className="text-ink-2">{t('import.reading')}</p> : (
          <>
            <p className="text-ink-2">{t('import.drop')}</p>
            <Button tone="primary" onClick={() => take(files.chooseFiles().then(([first]) => first))}>{t('import.choose')}</Button>
          </>
        )}
      </div>
      <form className="flex items-end gap-2" onSubmit={(event) => { event.preventDefault(); if (path.trim() !== '') onPath(path.trim()); }}>
        <TextField label={t('import.path')} value={path} onChange={(event) => setPath(event.target.value)} spellCheck={false} className="flex-1" />
        <Button type="submit" disabled={path.trim() === '' || isReading}>{t('import.preview')}</Button>
      </form>
    </section>
  );
}
