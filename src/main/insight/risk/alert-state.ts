import type { RiskBand } from '../../../shared/contract/risk.contract.ts';

/** What the desk remembers about one conversation's warnings. A plain value: store it, pass it back. */
export interface AlertState {
  band: RiskBand;
  /** The warning line is to be shown now, at this turn. */
  isShown: boolean;
  /** The present band has been shown since it was last raised. */
  isAcknowledged: boolean;
  /** Turn at which a line was last shown, and its band. */
  lastShownTurn: number | null;
  lastShownBand: RiskBand;
}

export const WARN_RATIO = 0.3;
const ALERT_RATIO = 0.55;
const HYSTERESIS_RATIO = 0.1;
export const COOLDOWN_TURNS = 3;

const LEVELS: Record<RiskBand, number> = { none: 0, warn: 1, alert: 2 };

export const INITIAL_ALERT_STATE: AlertState = { band: 'none', isShown: false, isAcknowledged: true, lastShownTurn: null, lastShownBand: 'none' };

/** The band of a probability by itself. */
export function bandOf(p: number): RiskBand {
  if (p >= ALERT_RATIO) return 'alert';
  return p >= WARN_RATIO ? 'warn' : 'none';
}

/** A band is entered at its threshold and left only `HYSTERESIS_RATIO` below it. */
function nextBand(band: RiskBand, p: number): RiskBand {
  if (Number.isNaN(p)) return band;
  const raised = bandOf(p);
  if (LEVELS[raised] >= LEVELS[band]) return raised;
  const held = bandOf(p + HYSTERESIS_RATIO);
  return LEVELS[held] >= LEVELS[band] ? band : held;
}

/**
 * The warning state after the turn with index `turnIndex` was scored `p` (0–1). A raised band is shown once. It is shown
 * again only after it fell below and `COOLDOWN_TURNS` turns have passed since the last line, or at once when the band is
 * higher than the one last shown. A band raised during the cooldown is shown when the cooldown ends, if it still holds.
 * The same turn scored again (a longer wait) may raise the band but shows nothing twice.
 */
export function nextAlertState(previous: AlertState, p: number, turnIndex: number): AlertState {
  const band = nextBand(previous.band, p);
  const isRaised = LEVELS[band] > LEVELS[previous.band];
  const isAcknowledged = band === 'none' || (previous.isAcknowledged && !isRaised);
  const hasCooled = previous.lastShownTurn === null || turnIndex - previous.lastShownTurn >= COOLDOWN_TURNS;
  const isShown = !isAcknowledged && (hasCooled || LEVELS[band] > LEVELS[previous.lastShownBand]);
  if (!isShown) return { ...previous, band, isShown: false, isAcknowledged };
  return { band, isShown: true, isAcknowledged: true, lastShownTurn: turnIndex, lastShownBand: band };
}
