import { useState } from 'react';
import type { Model } from '../../../shared/contract/model.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import { backendWords } from '../../base/page-language.ts';
import { useTexts, type Texts } from '../../base/texts.tsx';
import type { Client } from '../../connection/connection.ts';
import { Button } from '../../ui/button.tsx';
import { RemoveQuestion } from './remove-question.tsx';

type RowProps = { model: Model; client: Client; isAllowed: boolean; onModels: (models: readonly Model[]) => void };
type Doing = 'asksUse' | 'asksRemove' | 'checks' | null;

/** One model: what it is, what it costs here, and what can be done with it. */
export function ModelRow(props: RowProps) {
  const { model, client, onModels } = props;
  const { t, language } = useTexts();
  const [doing, setDoing] = useState<Doing>(null);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const [problems, setProblems] = useState<readonly string[] | null>(null);
  const run = <T,>(work: Promise<T>, onDone: (value: T) => void, next: Doing = null): void => {
    setDoing(next);
    setFailure(null);
    work.then(onDone, (error: unknown) => setFailure(callFailure(error))).finally(() => setDoing(null));
  };
  const { id } = model;
  const stay = (): void => setDoing(null);
  return (
    <li className="flex flex-col gap-1 px-3 py-2">
      <div className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1">
        <ModelFacts model={model} />
        <RowActions {...props} doing={doing} onDoing={setDoing} onCheck={() => run(client.model.check({ id }), (found) => setProblems(found.problems), 'checks')} />
      </div>
      {doing === 'asksUse' && <RemoveQuestion tone="primary" body={t('models.useBody')} confirm={t('models.useNamed', { model: id })} onConfirm={() => run(client.model.use({ id }), onModels)} onCancel={stay} />}
      {doing === 'asksRemove' && <RemoveQuestion body={t('models.removeBody')} confirm={t('models.removeNamed', { model: id })} onConfirm={() => run(client.model.remove({ id }), onModels)} onCancel={stay} />}
      {model.reason !== null && <p className="text-high">▲ {backendWords(model.reason, language)}</p>}
      <div role="status" className="empty:hidden">
        {problems?.length === 0 && <p className="text-ok">✓ {t('models.whole')}</p>}
        {problems?.map((problem) => problem !== model.reason && <p key={problem} className="text-high">▲ {backendWords(problem, language)}</p>)}
      </div>
      {failure !== null && <p role="alert" className="text-high">▲ {failure.sentence ?? t(`error.${failure.code}`)}</p>}
    </li>
  );
}

function ModelFacts({ model }: { model: Model }) {
  const { t, formats } = useTexts();
  return (
    <div className="flex min-w-60 flex-1 flex-col">
      <span className="flex items-baseline gap-2"><span className="truncate">{model.id}</span><StateMark model={model} /></span>
      <span className="text-meta text-ink-2">{factsOf(model, { t, formats })}</span>
      {model.source !== null && <span className="truncate text-meta text-ink-3" title={model.source}>{model.source}{model.revision !== null && ` @ ${model.revision.slice(0, 10)}`}</span>}
    </div>
  );
}

/** What is in use is neither chosen nor removed. */
function RowActions({ model, isAllowed, doing, onDoing, onCheck }: RowProps & { doing: Doing; onDoing: (doing: Doing) => void; onCheck: () => void }) {
  const { t } = useTexts();
  const { id, isWanted } = model;
  const isFree = isAllowed && doing === null && !isWanted;
  return (
    <>
      <Button size="compact" disabled={doing === 'checks'} aria-label={doing === 'checks' ? `${t('models.checking')} ${id}` : t('models.checkNamed', { model: id })} onClick={onCheck}>{t(doing === 'checks' ? 'models.checking' : 'models.check')}</Button>
      {isFree && model.state === 'ok' && <Button size="compact" aria-label={t('models.useNamed', { model: id })} onClick={() => onDoing('asksUse')}>{t('models.use')}</Button>}
      {isFree && !model.isServing && model.origin !== 'shipped' && <Button size="compact" aria-label={t('models.removeNamed', { model: id })} onClick={() => onDoing('asksRemove')}>{t('models.remove')}</Button>}
    </>
  );
}

function StateMark({ model }: { model: Model }) {
  const { t } = useTexts();
  if (model.isServing) return <span className="text-meta text-ok">● {t('models.serving')}</span>;
  return model.isWanted ? <span className="text-meta text-mid">● {t('models.wanted')}</span> : null;
}

function factsOf({ origin, licence, dims, bytes, speed }: Model, { t, formats }: Pick<Texts, 't' | 'formats'>): string {
  return [
    t(`models.origin.${origin}`), licence === null ? t('models.licenceUnknown') : t('models.licence', { licence }), formats.bytes(bytes),
    ...(dims === null ? [] : [t('models.dims', { count: formats.number(dims) })]),
    ...(speed === null ? [] : [t('models.speed', { ms: formats.number(speed.shortTextCpuMs), rate: formats.number(speed.textsPerCpuSecond) })]),
  ].join(' · ');
}
