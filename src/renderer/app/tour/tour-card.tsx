import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { cardPlace, findAnchor, TOUR_STEPS, type Box, type TourStep } from './tour-steps.ts';
import type { TourStore } from './tour.store.ts';

/** The tour: one small card beside what it tells of. Everything behind it goes on working; Escape ends it. */
export function Tour({ tour }: { tour: TourStore }) {
  const index = useStore(tour.store, (state) => state.index);
  const step = index === null ? undefined : TOUR_STEPS[index];
  return index === null || step === undefined ? null : <TourCard tour={tour} step={step} index={index} />;
}

function TourCard({ tour, step, index }: { tour: TourStore; step: TourStep; index: number }) {
  const { t } = useTexts();
  const cardRef = useRef<HTMLDivElement>(null);
  const anchor = useAnchorBox(step.anchor);
  const [place, setPlace] = useState({ left: 0, top: 0 });
  useReturnFocus();
  useLayoutEffect(() => {
    const card = cardRef.current;
    if (card !== null) setPlace(cardPlace(anchor, { width: card.offsetWidth, height: card.offsetHeight }, { width: window.innerWidth, height: window.innerHeight }));
  }, [anchor]);
  useEffect(() => cardRef.current?.focus(), [step]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const act = { Escape: tour.end, ArrowRight: tour.next, ArrowLeft: tour.back }[event.key];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const isLast = index === TOUR_STEPS.length - 1;
  return (
    <>
      {anchor !== null && <div aria-hidden className="pointer-events-none fixed z-40 rounded border-2 border-accent" style={{ left: anchor.left, top: anchor.top, width: anchor.width, height: anchor.height }} />}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape and the arrows act anywhere inside the card */}
      <div ref={cardRef} role="region" tabIndex={-1} aria-label={t('tour.label')} onKeyDown={onKeyDown} className="fixed z-40 flex w-80 max-w-[calc(100vw-16px)] flex-col gap-2 rounded border border-line bg-surface p-4 text-ui text-ink shadow-float outline-none" style={place}>
        <div aria-live="polite" className="flex flex-col gap-1">
          <h2 className="font-semibold">{t(step.titleKey)}</h2>
          <p className="text-ink-2">{t(step.bodyKey)}</p>
          {anchor === null && <p className="text-meta text-ink-3">{t('tour.absent')}</p>}
        </div>
        <div className="flex items-center gap-2 pt-1">
          <span className="flex-1 text-meta text-ink-3">{t('tour.progress', { step: index + 1, count: TOUR_STEPS.length })}</span>
          {!isLast && <Button size="compact" tone="ghost" onClick={tour.end}>{t('tour.skip')}</Button>}
          {index > 0 && <Button size="compact" onClick={tour.back}>{t('tour.back')}</Button>}
          <Button size="compact" tone="primary" onClick={tour.next}>{t(isLast ? 'tour.finish' : 'tour.next')}</Button>
        </div>
      </div>
    </>
  );
}

const LOOK_EVERY_MS = 400;
const RING_GAP = 3;

/** Follows the element: it may come, move or go while the rep works on. */
function useAnchorBox(name: string): Box | null {
  const [box, setBox] = useState<Box | null>(() => boxOf(name));
  useEffect(() => {
    const look = (): void => setBox((before) => {
      const now = boxOf(name);
      return JSON.stringify(now) === JSON.stringify(before) ? before : now;
    });
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    window.addEventListener('resize', look);
    return () => {
      clearInterval(timer);
      window.removeEventListener('resize', look);
    };
  }, [name]);
  return box;
}

function boxOf(name: string): Box | null {
  const rect = findAnchor(name)?.getBoundingClientRect();
  return rect === undefined ? null : { left: rect.left - RING_GAP, top: rect.top - RING_GAP, width: rect.width + 2 * RING_GAP, height: rect.height + 2 * RING_GAP };
}

/** Gives the focus back to where it was when the tour began. */
function useReturnFocus(): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
}
