import { useCallback, useState } from 'react';
import type { Channel } from '../../../shared/contract/app.contract.ts';
import type { HealthReport, ModelCheck, StoreCheck } from '../../../shared/contract/trust.contract.ts';
import { backendWords } from '../../base/page-language.ts';
import { useNow } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { EngineLine } from './engine-line.tsx';
import { HealthLine, type ShownLevel } from './health-line.tsx';
import { FramedBlock } from '../../ui/framed-block.tsx';
import type { TrustPageProps } from './trust-page.types.ts';
import { useAttempt } from './use-attempt.ts';
import { useLoaded } from './use-loaded.ts';

const LOW_DISK_BYTES = 1024 ** 3;
const OLD_BACKUP_MS = 14 * 86_400_000;

/** Every part of the app: how it is and what to do. */
export function HealthPage({ client, status, jobs }: TrustPageProps) {
  const { t } = useTexts();
  const load = useCallback(async () => ({ report: await client.trust.health({}), channels: await client.channel.list({}) }), [client]);
  const rebuild = jobs.find(({ kind }) => kind === 'index');
  const { state, reload } = useLoaded(load, `${rebuild?.state ?? ''} ${status.engine.state} ${status.engine.pendingCount}`);
  return (
    <FramedBlock title={t('settings.health')} isTitleHidden>
      {state.kind === 'loading' && <LoadingLines />}
      {state.kind === 'failed' && <FailureNotice text={t('trust.failed')} failure={state.failure} onRetry={reload} />}
      {state.kind === 'ready' && (
        <div className="flex flex-col">
          <EngineLine client={client} status={status} problem={state.value.report.engineProblem} />
          <IndexLine client={client} report={state.value.report} isRunning={rebuild?.state === 'running'} onChanged={reload} />
          <ModelLine client={client} />
          <StoreLine client={client} report={state.value.report} />
          <ParserLine client={client} />
          <ChannelsLine channels={state.value.channels} />
          <SetAsideLine client={client} report={state.value.report} onChanged={reload} />
        </div>
      )}
      <p className="text-meta text-ink-3">{t('settings.version')} {status.version} ({status.host})</p>
    </FramedBlock>
  );
}

type LineProps = { client: TrustPageProps['client'] };

function CheckButton({ name, isBusy, onCheck }: { name: string; isBusy: boolean; onCheck: () => void }) {
  const { t } = useTexts();
  return <Button size="compact" disabled={isBusy} aria-label={`${t('health.check')} ${name}`} onClick={onCheck}>{t(isBusy ? 'health.checking' : 'health.check')}</Button>;
}

function IndexLine({ client, report, isRunning, onChanged }: LineProps & { report: HealthReport; isRunning: boolean; onChanged: () => void }) {
  const { t, formats } = useTexts();
  const { attempt, isBusy, problem } = useAttempt();
  const isUneven = !report.isRebuilding && report.index.some(({ textCount, wordCount }) => textCount !== wordCount);
  const level: ShownLevel = isUneven || report.isRebuilding ? 'attention' : 'ok';
  const rebuild = (): void => attempt(() => client.trust.rebuildIndex({}).then(onChanged));
  return (
    <HealthLine name={t('health.index')} level={level} actions={<Button size="compact" disabled={isBusy || isRunning} onClick={rebuild}>{t('health.rebuild')}</Button>}>
      {report.index.map(({ kind, textCount, wordCount, vectorCount }) => <p key={kind}>{t('health.indexRow', { kind: t(`health.kind.${kind}`), texts: formats.number(textCount), words: formats.number(wordCount), vectors: formats.number(vectorCount) })}</p>)}
      {isUneven && <p className="text-mid">{t('health.indexUneven')}</p>}
      {report.isRebuilding && <p className="text-mid">{t('health.rebuilding')}</p>}
      {problem !== null && <p role="alert" className="text-high">{problem}</p>}
    </HealthLine>
  );
}

function ModelLine({ client }: LineProps) {
  const { t } = useTexts();
  const { attempt, isBusy, problem } = useAttempt();
  const [found, setFound] = useState<readonly ModelCheck[] | null>(null);
  const checked: ShownLevel = found?.every((model) => model.problem === null) === true ? 'ok' : 'problem';
  return (
    <HealthLine name={t('health.model')} level={found === null ? 'unchecked' : checked} actions={<CheckButton name={t('health.model')} isBusy={isBusy} onCheck={() => attempt(() => client.trust.checkModels({}).then(setFound))} />}>
      {found?.map((model) => <ModelFound key={model.modelId} model={model} />)}
      {problem !== null && <p role="alert" className="text-high">{problem}</p>}
    </HealthLine>
  );
}

function ModelFound({ model: { modelId: id, isShipped, problem, sha256, byteCount } }: { model: ModelCheck }) {
  const { t, formats, language } = useTexts();
  return (
    <>
      {problem === null && <p role="status">{t(isShipped ? 'health.modelOk' : 'health.modelAddedOk', { id, size: formats.bytes(byteCount) })}</p>}
      {problem !== null && <p role="alert" className="text-high">{t(isShipped ? 'health.modelBad' : 'health.modelAddedBad', { id })} <span className="break-all text-ink-3">{backendWords(problem, language)}</span></p>}
      {sha256 !== null && <p className="text-meta break-all text-ink-3">SHA-256 {sha256}</p>}
    </>
  );
}

function StoreLine({ client, report: { store } }: LineProps & { report: HealthReport }) {
  const { t, formats } = useTexts();
  const nowMs = useNow();
  const { attempt, isBusy, problem } = useAttempt();
  const [found, setFound] = useState<StoreCheck | null>(null);
  const { isFull, isOld } = lacksOf(store, nowMs);
  const isBad = found !== null && found.problems.length > 0;
  const unharmed: ShownLevel = isFull || isOld ? 'attention' : 'ok';
  const backup = store.lastBackupAt === null ? t('trust.never') : formats.relative(store.lastBackupAt, nowMs);
  const free = store.freeBytes === null ? '—' : formats.bytes(store.freeBytes);
  return (
    <HealthLine name={t('health.store')} level={isBad ? 'problem' : unharmed} actions={<CheckButton name={t('health.store')} isBusy={isBusy} onCheck={() => attempt(() => client.trust.checkStore({}).then(setFound))} />}>
      <p>{t('health.storeFacts', { size: formats.bytes(store.bytes + store.walBytes), free, schema: store.schemaVersion, backup })}</p>
      {isFull && <p className="text-mid">{t('health.storeFull')}</p>}
      {isOld && <p className="text-mid">{t('health.storeOld')}</p>}
      {found !== null && <StoreFound problems={found.problems} />}
      {problem !== null && <p role="alert" className="text-high">{problem}</p>}
    </HealthLine>
  );
}

function lacksOf({ freeBytes, lastBackupAt }: HealthReport['store'], nowMs: number): { isFull: boolean; isOld: boolean } {
  return { isFull: freeBytes !== null && freeBytes < LOW_DISK_BYTES, isOld: lastBackupAt === null || nowMs - lastBackupAt > OLD_BACKUP_MS };
}

function StoreFound({ problems }: { problems: readonly string[] }) {
  const { t } = useTexts();
  if (problems.length === 0) return <p role="status">{t('health.storeOk')}</p>;
  return <div role="alert" className="text-high"><p>{t('health.storeBad')}</p>{problems.map((line) => <p key={line} className="text-meta break-all text-ink-3">{line}</p>)}</div>;
}

function ParserLine({ client }: LineProps) {
  const { t, language } = useTexts();
  const { attempt, isBusy, problem } = useAttempt();
  const [found, setFound] = useState<{ problem: string | null } | null>(null);
  const checked: ShownLevel = found?.problem === null ? 'ok' : 'problem';
  return (
    <HealthLine name={t('health.parser')} level={found === null ? 'unchecked' : checked} actions={<CheckButton name={t('health.parser')} isBusy={isBusy} onCheck={() => attempt(() => client.trust.checkParser({}).then(setFound))} />}>
      {found?.problem === null && <p role="status">{t('health.parserOk')}</p>}
      {found !== null && found.problem !== null && <p role="alert" className="text-high">{t('health.parserBad')} <span className="text-ink-3">{backendWords(found.problem, language)}</span></p>}
      {problem !== null && <p role="alert" className="text-high">{problem}</p>}
    </HealthLine>
  );
}

function ChannelsLine({ channels }: { channels: readonly Channel[] }) {
  const { t, formats, language } = useTexts();
  const nowMs = useNow();
  const level: ShownLevel = channels.some(({ state }) => state === 'failed') ? 'problem' : 'ok';
  return (
    <HealthLine name={t('health.channels')} level={level}>
      {channels.length === 0 && <p>{t('health.noChannels')}</p>}
      {channels.map(({ id, title, lastSyncAt, error }) => (
        <p key={id}>{t('health.channelLine', { title, time: lastSyncAt === null ? t('trust.never') : formats.relative(lastSyncAt, nowMs) })}{error !== null && <span className="text-high"> · {backendWords(error, language)}</span>}</p>
      ))}
    </HealthLine>
  );
}

function SetAsideLine({ client, report: { setAside }, onChanged }: LineProps & { report: HealthReport; onChanged: () => void }) {
  const { t } = useTexts();
  const { attempt, isBusy, problem } = useAttempt();
  return (
    <HealthLine name={t('health.setAside')} level={setAside.length === 0 ? 'ok' : 'attention'}>
      <p>{t(setAside.length === 0 ? 'health.noSetAside' : 'health.setAsideBody')}</p>
      {setAside.map(({ kind, seq, excerpt }) => (
        <p key={`${kind} ${seq}`} className="flex min-h-7 items-center gap-2">
          <span className="min-w-0 flex-1 truncate">{t(`health.kind.${kind}`)} · {excerpt}</span>
          <Button size="compact" disabled={isBusy} aria-label={`${t('action.retry')} ${excerpt}`} onClick={() => attempt(() => client.trust.retryText({ kind, seq }).then(onChanged))}>{t('action.retry')}</Button>
        </p>
      ))}
      {problem !== null && <p role="alert" className="text-high">{problem}</p>}
    </HealthLine>
  );
}
