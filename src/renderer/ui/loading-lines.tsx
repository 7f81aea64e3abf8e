import { useTexts } from '../base/texts.tsx';

const WIDTHS = ['w-3/4', 'w-1/2', 'w-2/3', 'w-2/5', 'w-3/5', 'w-1/2'];

/** Still grey lines while something is read; nothing blinks. */
export function LoadingLines({ count = 6 }: { count?: number }) {
  const { t } = useTexts();
  return (
    <div role="status" className="flex flex-col gap-3 p-4">
      <span className="sr-only">{t('state.loading')}</span>
      {WIDTHS.slice(0, count).map((width, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the lines are all alike and never move
        <span key={index} aria-hidden className={`h-3 rounded bg-raised ${width}`} />
      ))}
    </div>
  );
}
