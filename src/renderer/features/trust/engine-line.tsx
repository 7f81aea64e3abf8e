import type { EngineStatus } from '../../../shared/contract/app.contract.ts';
import { backendWords } from '../../base/page-language.ts';
import { useTexts, type Texts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { HealthLine, type ShownLevel } from './health-line.tsx';
import type { TrustPageProps } from './trust-page.types.ts';
import { useAttempt } from './use-attempt.ts';

/** The engine as it is now. */
export function EngineLine({ client, status, problem }: Pick<TrustPageProps, 'client' | 'status'> & { problem: string | null }) {
  const { t, formats, language } = useTexts();
  const { attempt, isBusy } = useAttempt();
  const { engine } = status;
  const isSlow = engine.backend === 'javascript';
  const settled: ShownLevel = engine.state === 'ready' && !isSlow && engine.storingProblem === null ? 'ok' : 'attention';
  const facts = [
    [t('settings.engine'), t(`settings.engine.${engine.state}`)],
    [t('settings.model'), engine.modelId ?? t('settings.noModel')],
    [t('settings.index'), engine.backend ?? '—'],
    [t('settings.vectors'), t('settings.vectorCounts', { passage: formats.number(engine.vectors.passage), macro: formats.number(engine.vectors.macro), message: formats.number(engine.vectors.message) })],
    [t('settings.pending'), formats.number(engine.pendingCount)],
    [t('settings.loaded'), formats.percent(engine.loadedRatio)],
    [t('settings.restarts'), formats.number(engine.restartCount)],
    ...nextFacts(engine.next, { t, formats }),
  ] as const;
  return (
    <HealthLine name={t('health.engine')} level={engine.state === 'down' ? 'problem' : settled} actions={<Button size="compact" disabled={isBusy} onClick={() => attempt(() => client.trust.restartEngine({}))}>{t('health.restartEngine')}</Button>}>
      {engine.state === 'down' && <p role="alert" className="text-high">{t('health.engineDown')} {problem !== null && <span className="break-all text-ink-3">{backendWords(problem, language)}</span>}</p>}
      {engine.storingProblem !== null && <p role="alert" className="text-mid">{backendWords(engine.storingProblem, language)}</p>}
      <NextProblem next={engine.next} />
      {isSlow && <p className="text-mid">{t('health.backendSlow')}</p>}
      <dl className="grid grid-cols-[140px_1fr] gap-x-3 gap-y-0.5">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd className="break-all">{value}</dd>
          </div>
        ))}
      </dl>
    </HealthLine>
  );
}

/** The model that is to take over, and how far it is. */
function nextFacts(next: EngineStatus['next'], { t, formats }: Pick<Texts, 't' | 'formats'>): (readonly [string, string])[] {
  if (next === null || next.modelId === null) return [];
  return [[t('settings.nextModel'), t('settings.nextModelDone', { model: next.modelId, ratio: formats.percent(next.doneRatio) })]];
}

function NextProblem({ next }: { next: EngineStatus['next'] }) {
  const { t, language } = useTexts();
  if (next === null || next.problem === null) return null;
  return <p role="alert" className="text-mid">{t('health.nextModelProblem')} <span className="break-all text-ink-3">{backendWords(next.problem, language)}</span></p>;
}
