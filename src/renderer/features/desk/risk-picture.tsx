import { useState } from 'react';
import type { Message } from '../../../shared/contract/conversation.contract.ts';
import type { RiskSignal } from '../../../shared/contract/risk.contract.ts';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { lazyChart } from '../../ui/lazy-chart.tsx';
import { Overlay } from '../../ui/overlay.tsx';
import { PictureFrame } from '../../ui/picture-frame.tsx';
import { PlotPoints } from '../../ui/plot-points.tsx';
import { placeBetween } from '../../ui/plot.ts';
import { useDesk } from './desk-context.tsx';
import { reasonWords } from './risk-words.ts';

const RiskChart = lazyChart(async () => (await import('./risk-chart.tsx')).RiskChart);
const MOST_TURNS = 60;

type Turn = { turn: number; signal: RiskSignal; text: string | null };

/** The newest turns with their words, as far as those have been read; `turn` counts the customer's scored messages from the first. */
export function riskTurns(signals: readonly RiskSignal[], messages: readonly Message[]): Turn[] {
  const textById = new Map(messages.map(({ id, text }) => [id, text]));
  return signals
    .filter(({ kind }) => kind === 'escalation')
    .map((signal, index) => ({ turn: index + 1, signal, text: textById.get(signal.messageId) ?? signal.reasons.find(({ quote, messageId }) => quote !== null && messageId === signal.messageId)?.quote ?? null }))
    .slice(-MOST_TURNS);
}

/** The risk over the turns in a dialog: what the customer wrote at each, why it counted, and the way to the message. */
export function RiskPicture({ turns, onClose }: { turns: readonly Turn[]; onClose: () => void }) {
  const { t, formats } = useTexts();
  const desk = useDesk();
  const [active, setActive] = useState(turns.length - 1);
  const shown = turns[Math.min(active, turns.length - 1)];
  const goTo = (index: number): void => {
    const turn = turns[index];
    onClose();
    if (turn !== undefined) desk.media.jumpTo(turn.signal.messageId);
  };
  const [first, last] = [turns[0]?.turn ?? 1, turns.at(-1)?.turn ?? 1];
  const points = turns.map(({ turn, signal }) => ({ key: signal.id, place: placeBetween(turn, first, last), label: t('trend.point', { turn, band: t(`trend.band.${signal.band}`), score: formats.decimal(signal.p) }) }));
  const rows = turns.map(({ turn, signal, text }) => ({ key: signal.id, cells: [String(turn), formats.dateTime(signal.createdAt), formats.decimal(signal.p), t(`trend.band.${signal.band}`), text ?? t('trend.noQuote')] }));
  return (
    <Overlay title={t('trend.title')} onClose={onClose}>
      <div className="quiet-scroll flex flex-col gap-3 overflow-y-auto p-4">
        <PictureFrame title={t('trend.title')} isTitleHidden note={t('trend.note')} columns={[t('trend.turn'), t('trend.time'), t('trend.score'), t('trend.band'), t('trend.quote')]} rows={rows}>
          <RiskChart points={turns.map(({ turn, signal: { p, band } }) => ({ turn, p, band }))} />
          <PlotPoints label={t('picture.points', { title: t('trend.title') })} points={points} active={active} onActive={setActive} onPick={goTo} />
        </PictureFrame>
        {shown !== undefined && <TurnWords turn={shown} onGoTo={() => goTo(turns.indexOf(shown))} />}
      </div>
    </Overlay>
  );
}

/** Space for three lines of words and three reasons is kept, so that going from point to point moves nothing. */
function TurnWords({ turn: { turn, signal, text }, onGoTo }: { turn: Turn; onGoTo: () => void }) {
  const texts = useTexts();
  const { t, formats } = texts;
  return (
    <div className="flex min-h-40 flex-col gap-1.5 rounded border border-line bg-raised p-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-semibold">{t('trend.point', { turn, band: t(`trend.band.${signal.band}`), score: formats.decimal(signal.p) })}</span>
        <span className="flex-1 text-meta text-ink-3">{formats.dateTime(signal.createdAt)}</span>
        <Button id="trend-goto" size="compact" onClick={onGoTo}>{t('trend.goTo')}</Button>
      </div>
      <p className="line-clamp-3 break-words text-talk">{text ?? t('trend.noQuote')}</p>
      <ul className="text-meta text-ink-2">{signal.reasons.map((reason) => <li key={`${reason.feature}-${reason.messageId}`}>· {reasonWords(reason, texts)}</li>)}</ul>
    </div>
  );
}
