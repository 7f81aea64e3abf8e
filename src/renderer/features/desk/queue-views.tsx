import { clsx } from 'clsx';
import { useTexts } from '../../base/texts.tsx';
import { useDesk, useQueue } from './desk-context.tsx';
import { QUEUE_VIEWS, type QueueView } from './queue.store.ts';

/** Whose conversations are listed; `[` and `]` turn through them. */
export function QueueViews() {
  const { t } = useTexts();
  const desk = useDesk();
  const view = useQueue((state) => state.view);
  const counts = useQueue((state) => state.counts);
  const nameOf = (name: QueueView): string => {
    const words = t(`queue.view.${name}`);
    return counts === null || name === 'closed' ? words : t('queue.viewCount', { view: words, count: counts[name] });
  };
  return (
    <div role="group" aria-label={t('queue.title')} className="flex gap-0.5 max-md:flex-col">
      {QUEUE_VIEWS.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={view === name}
          aria-label={nameOf(name)}
          title={nameOf(name)}
          onClick={() => desk.queue.setView(name)}
          className={clsx('ring-inside h-6 min-w-0 flex-auto truncate rounded px-0.5 text-meta', view === name ? 'bg-accent-tint font-semibold text-accent' : 'text-ink-2 hover:bg-raised')}
        >
          {t(`queue.view.${name}`)}
        </button>
      ))}
    </div>
  );
}
