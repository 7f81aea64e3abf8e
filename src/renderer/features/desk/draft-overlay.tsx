import { clsx } from 'clsx';
import type { Ref } from 'react';
import { useComposer } from './desk-context.tsx';
import { draftStretches } from './draft-marks.ts';

/** Lies under the reply field with the same letters in no colour, and draws what is to be shown about them. */
export function DraftOverlay({ ref }: { ref: Ref<HTMLDivElement> }) {
  const text = useComposer((state) => state.text);
  const marks = useComposer((state) => state.marks);
  const violations = useComposer((state) => (state.checkedText === state.text ? state.violations : NONE));
  return (
    <div ref={ref} aria-hidden className="reply-text quiet-scroll pointer-events-none absolute inset-0 overflow-hidden rounded border border-transparent text-transparent">
      {draftStretches(text, marks, violations).map((stretch) => (
        <span
          key={stretch.start}
          className={clsx(
            stretch.isMarked && 'underline decoration-accent decoration-dotted decoration-2 underline-offset-4',
            stretch.isPlaceholder && 'rounded-[2px] bg-mid-tint',
            stretch.severity === 'block' && 'bg-high-tint',
            stretch.severity === 'warn' && 'bg-mid-tint',
          )}
        >
          {stretch.text}
        </span>
      ))}
      {'\n'}
    </div>
  );
}

const NONE = [] as const;
