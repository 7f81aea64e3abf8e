import { clsx } from 'clsx';
import { useEffect, useRef, useState } from 'react';
import type { PhrasePreview } from '../../../shared/contract/macro.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import { backendWords } from '../../base/page-language.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import type { Connection } from '../../connection/connection.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Overlay } from '../../ui/overlay.tsx';
import type { KnowledgeStore } from './knowledge.store.ts';

type Files = Pick<Connection, 'chooseFiles' | 'pathOf' | 'release'>;
type Step = { kind: 'choosing'; failure: CallFailure | null } | { kind: 'reading' } | { kind: 'preview'; preview: PhrasePreview; isBusy: boolean; failure: CallFailure | null };

/** A rep's own phrase list: choose a file, see what each line would become, take it. */
export function PhraseImport({ knowledge, files }: { knowledge: KnowledgeStore; files: Files }) {
  const { t } = useTexts();
  const { step, read, take, again, close } = usePhrases(knowledge, files);
  return (
    <Overlay title={t('phrases.title')} onClose={close} className="w-[min(760px,calc(100vw-32px))]">
      {step.kind === 'reading' && <p role="status" className="p-4 text-ink-2">{t('phrases.reading')}</p>}
      {step.kind === 'choosing' && <PhraseChooser files={files} failure={step.failure} onRead={(path) => void read(path)} />}
      {step.kind === 'preview' && (
        <>
          <PhraseTable preview={step.preview} />
          {step.failure !== null && <FailureNotice text={t('phrases.failed')} failure={step.failure} />}
          <div className="flex items-center gap-2 border-t border-line px-4 py-2">
            <Counts preview={step.preview} />
            <Button onClick={again}>{t('phrases.again')}</Button>
            <TakeButton isDisabled={step.isBusy || step.preview.phrases.every(({ state }) => state === 'same')} onTake={() => void take(step.preview)} />
          </div>
        </>
      )}
    </Overlay>
  );
}

/** Takes the focus when the preview is there: Enter then imports. */
function TakeButton({ isDisabled, onTake }: { isDisabled: boolean; onTake: () => void }) {
  const { t } = useTexts();
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => ref.current?.focus(), []);
  return <Button ref={ref} tone="primary" disabled={isDisabled} onClick={onTake}>{t('phrases.import')}</Button>;
}

function usePhrases(knowledge: KnowledgeStore, files: Files) {
  const { toasts } = useShell();
  const [step, setStep] = useState<Step>({ kind: 'choosing', failure: null });
  /** An uploaded copy holds phrases in clear: it goes as soon as it is not needed. */
  const release = (): void => {
    if (step.kind === 'preview') void files.release(step.preview.path).catch(() => {});
  };
  return {
    step,
    async read(path: string) {
      setStep({ kind: 'reading' });
      try {
        setStep({ kind: 'preview', preview: await knowledge.previewPhrases(path), isBusy: false, failure: null });
      } catch (error) {
        setStep({ kind: 'choosing', failure: callFailure(error) });
      }
    },
    async take(preview: PhrasePreview) {
      setStep({ kind: 'preview', preview, isBusy: true, failure: null });
      try {
        const { added, updated, unchanged } = await knowledge.takePhrases(preview.path);
        toasts.show({ key: 'phrases.done', values: { added, updated, unchanged } });
      } catch (error) {
        setStep({ kind: 'preview', preview, isBusy: false, failure: callFailure(error) });
      }
    },
    again() {
      release();
      setStep({ kind: 'choosing', failure: null });
    },
    close() {
      release();
      knowledge.importPhrases(false);
    },
  };
}

function PhraseChooser({ files, failure, onRead }: { files: Files; failure: CallFailure | null; onRead: (path: string) => void }) {
  const { t } = useTexts();
  const { toasts } = useShell();
  const [path, setPath] = useState('');
  const choose = (): void =>
    void files.chooseFiles().then(
      ([first]) => { if (first !== undefined) onRead(first); },
      (error: unknown) => toasts.problem({ key: `error.${callFailure(error).code}` }, callFailure(error).sentence),
    );
  return (
    <div className="flex flex-col gap-3 p-4">
      <p className="text-ink-2">{t('phrases.intro')}</p>
      {failure !== null && <FailureNotice text={t('phrases.failed')} failure={failure} />}
      <div><Button tone="primary" onClick={choose}>{t('phrases.choose')}</Button></div>
      <form className="flex items-end gap-2" onSubmit={(event) => { event.preventDefault(); if (path.trim() !== '') onRead(path.trim()); }}>
        <TextField label={t('phrases.path')} value={path} onChange={(event) => setPath(event.target.value)} spellCheck={false} className="flex-1" />
        <Button type="submit" disabled={path.trim() === ''}>{t('phrases.read')}</Button>
      </form>
    </div>
  );
}

function Counts({ preview }: { preview: PhrasePreview }) {
  const { t } = useTexts();
  const of = (wanted: string): number => preview.phrases.filter(({ state }) => state === wanted).length;
  const isCut = preview.phraseCount > preview.phrases.length;
  return <span className="min-w-0 flex-1 text-meta text-ink-2">{isCut ? t('phrases.more', { count: preview.phrases.length }) : t('phrases.counts', { added: of('new'), changed: of('changed'), same: of('same'), rejected: preview.rejected.length })}</span>;
}

const STATE_COLOURS = { new: 'text-ok', changed: 'text-mid', same: 'text-ink-3' } as const;

function PhraseTable({ preview }: { preview: PhrasePreview }) {
  const { t, language } = useTexts();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <div tabIndex={0} role="region" aria-label={t('phrases.title')} className="quiet-scroll ring-inside min-h-0 flex-1 overflow-y-auto">
      <table className="w-full table-fixed">
        <tbody>
          {preview.phrases.map((phrase) => (
            <tr key={`${phrase.line}-${phrase.code}`} className="h-9 border-b border-line">
              <td className={clsx('w-20 truncate pl-4 text-meta', STATE_COLOURS[phrase.state])}>{t(`phrases.state.${phrase.state}`)}</td>
              <td className="w-40 truncate px-2 text-accent" title={phrase.code}>;{phrase.code}</td>
              <td className="w-32 truncate px-2 text-ink-2" title={phrase.title}>{phrase.title}</td>
              <td className="truncate px-2 pr-4" title={phrase.text}>{phrase.text.replace(/\s+/g, ' ')}</td>
            </tr>
          ))}
          {preview.rejected.map(({ line, reason }) => (
            <tr key={`rejected-${line}`} className="h-9 border-b border-line"><td colSpan={4} className="px-4 text-high">{t('phrases.rejectedLine', { line, reason: backendWords(reason, language) })}</td></tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
