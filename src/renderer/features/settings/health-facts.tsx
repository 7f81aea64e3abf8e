import type { AppStatus } from '../../../shared/contract/app.contract.ts';
import { useTexts } from '../../base/texts.tsx';

const SHAPES = { ready: ['✓', 'text-ok'], starting: ['○', 'text-ink-3'], restarting: ['△', 'text-mid'], down: ['▲', 'text-high'] } as const;

/** The engine and its index, as they are now. */
export function HealthFacts({ status }: { status: AppStatus }) {
  const { t, formats } = useTexts();
  const { engine } = status;
  const [shape, colour] = SHAPES[engine.state];
  const facts = [
    [t('settings.model'), engine.modelId ?? t('settings.noModel')],
    [t('settings.index'), engine.backend ?? '—'],
    [t('settings.vectors'), t('settings.vectorCounts', { passage: formats.number(engine.vectors.passage), macro: formats.number(engine.vectors.macro), message: formats.number(engine.vectors.message) })],
    [t('settings.pending'), formats.number(engine.pendingCount)],
    [t('settings.loaded'), formats.percent(engine.loadedRatio)],
    [t('settings.restarts'), formats.number(engine.restartCount)],
    [t('settings.version'), `${status.version} (${status.host})`],
  ];
  return (
    <dl className="grid grid-cols-[160px_1fr] gap-x-4 gap-y-1">
      <dt className="text-ink-3">{t('settings.engine')}</dt>
      <dd><span aria-hidden className={colour}>{shape} </span>{t(`settings.engine.${engine.state}`)}</dd>
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-3">{name}</dt>
          <dd className="break-all">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
