import { useEffect, useRef } from 'react';
import type { Suggestion } from '../../../shared/contract/suggestion.contract.ts';
import { variableLabels } from '../../base/macro-variable-label.ts';
import { useNow } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { HighlightedText } from '../../ui/highlighted-text.tsx';
import { useDesk } from './desk-context.tsx';

const PARTS = ['words', 'meaning', 'recency', 'acceptance'] as const;

/** One suggestion in full, over the transcript: its text, where it comes from, and why it fits. */
export function SuggestionCard({ suggestion, number, onClose, onDismiss }: { suggestion: Suggestion; number: number; onClose: () => void; onDismiss: () => void }) {
  const { t } = useTexts();
  const desk = useDesk();
  const cardRef = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.isComposing) return;
      event.stopPropagation();
      onClose();
    };
    const card = cardRef.current;
    card?.addEventListener('keydown', onKey);
    return () => card?.removeEventListener('keydown', onKey);
  }, [onClose]);
  return (
    <section ref={cardRef} aria-label={t('suggest.openNumber', { number })} className="quiet-scroll absolute inset-x-3 bottom-full z-10 mb-1 flex max-h-[min(360px,50vh)] flex-col gap-3 overflow-y-auto rounded border border-line bg-surface p-3 shadow-float">
      <p className="text-talk break-words whitespace-pre-wrap">{suggestion.text}</p>
      {suggestion.missingVariables.length > 0 && <p className="text-meta text-mid">{t('suggest.missing', { names: variableLabels(t, suggestion.missingVariables) })}</p>}
      {suggestion.warnings.map((warning) => <p key={warning.ruleId} className="text-meta text-mid">△ {warning.text}</p>)}
      <SourceList suggestion={suggestion} />
      <WhyBars suggestion={suggestion} />
      <div className="flex gap-2">
        <Button tone="primary" onClick={() => { desk.insertSuggestion(number); onClose(); }}>{t('suggest.insert')}</Button>
        <Button onClick={onDismiss}>{t('suggest.dismiss')}</Button>
        <Button tone="ghost" onClick={onClose}>{t('action.close')}</Button>
      </div>
    </section>
  );
}

function SourceList({ suggestion }: { suggestion: Suggestion }) {
  const { t, formats } = useTexts();
  const nowMs = useNow();
  if (suggestion.sources.length === 0) return null;
  return (
    <div className="flex flex-col gap-1">
      <h3 className="text-meta text-ink-3">{t('suggest.source')}</h3>
      {suggestion.sources.map((source) => (
        <div key={`${source.kind}-${source.id}`} className="flex flex-col border-l-2 border-line pl-2">
          <span className="text-meta text-ink-2">
            {source.title}
            {source.updatedAt !== null && <span title={formats.dateTime(source.updatedAt)}> · {t('suggest.updated', { age: formats.relative(source.updatedAt, nowMs) })}</span>}
          </span>
          <span className="text-ink"><HighlightedText text={source.matchedText} words={suggestion.why.matchedWords} /></span>
        </div>
      ))}
    </div>
  );
}

function WhyBars({ suggestion }: { suggestion: Suggestion }) {
  const { t, formats } = useTexts();
  return (
    <div className="flex flex-col gap-1">
      <h3 className="flex justify-between text-meta text-ink-3">
        <span>{t('suggest.why')}{t('warning.colon')}{t(`suggest.fit.${suggestion.fit}`)}</span>
        <span>{t('suggest.score', { score: suggestion.score.toFixed(2) })}</span>
      </h3>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-1 text-meta">
        {PARTS.map((part) => (
          <div key={part} className="flex items-center gap-2">
            <dt className="w-16 shrink-0 text-ink-2">{t(`suggest.why.${part}`)}</dt>
            <dd className="flex flex-1 items-center gap-2">
              <span aria-hidden className="h-1.5 flex-1 overflow-hidden rounded-full bg-raised"><span className="block h-full bg-accent" style={{ width: formats.percent(suggestion.why[part]) }} /></span>
              <span className="w-8 text-right">{suggestion.why[part].toFixed(2)}</span>
            </dd>
          </div>
        ))}
      </dl>
      {suggestion.why.matchedWords.length > 0 && <p className="text-meta text-ink-3">{t('suggest.matchedWords', { words: suggestion.why.matchedWords.join(t('macro.variable.and')) })}</p>}
    </div>
  );
}
