import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COOLDOWN_TURNS, INITIAL_ALERT_STATE, bandOf, nextAlertState, type AlertState } from './alert-state.ts';

function run(probabilities: number[]): AlertState[] {
  let state = INITIAL_ALERT_STATE;
  return probabilities.map((p, turnIndex) => (state = nextAlertState(state, p, turnIndex)));
}

/** `warn!` when shown at that turn. */
function bands(...probabilities: number[]): string[] {
  return run(probabilities).map(({ band, isShown }) => (isShown ? `${band}!` : band));
}

describe('nextAlertState', () => {
  test.each([
    ['thresholds', [0.29, 0.3, 0.54, 0.55], ['none', 'warn!', 'warn', 'alert!']],
    ['hysteresis holds a band', [0.3, 0.21, 0.19, 0.29], ['warn!', 'warn', 'none', 'none']],
    ['an alert falls to a warning, not shown again', [0.6, 0.46, 0.44, 0.1], ['alert!', 'alert', 'warn', 'none']],
    ['shown once while it lasts', [0.4, 0.4, 0.4, 0.4, 0.4, 0.4], ['warn!', 'warn', 'warn', 'warn', 'warn', 'warn']],
    ['raised again after the cooldown', [0.4, 0.1, 0.1, 0.4], ['warn!', 'none', 'none', 'warn!']],
    ['raised again within the cooldown waits for its end', [0.4, 0.1, 0.4, 0.4], ['warn!', 'none', 'warn', 'warn!']],
    ['a rise to alert is shown at once', [0.4, 0.6], ['warn!', 'alert!']],
    ['from nothing to alert within the cooldown of a warning', [0.4, 0.1, 0.6], ['warn!', 'none', 'alert!']],
    ['back to alert within the cooldown of an alert', [0.6, 0.1, 0.6, 0.6], ['alert!', 'none', 'alert', 'alert!']],
    ['not a number keeps the band', [0.4, Number.NaN], ['warn!', 'warn']],
  ])('%s', (_, probabilities, expected) => {
    expect(bands(...probabilities)).toEqual(expected);
  });

  test('the same turn scored again shows nothing twice', () => {
    const first = nextAlertState(INITIAL_ALERT_STATE, 0.4, 5);
    expect(nextAlertState(first, 0.45, 5)).toEqual({ band: 'warn', isShown: false, isAcknowledged: true, lastShownTurn: 5, lastShownBand: 'warn' });
    expect(nextAlertState(first, 0.7, 5)).toEqual({ band: 'alert', isShown: true, isAcknowledged: true, lastShownTurn: 5, lastShownBand: 'alert' });
  });
});

test('any run: lines come at least a cooldown apart unless the band rose, and every raised band is shown in the end', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 60 }), (probabilities) => {
      const level = { none: 0, warn: 1, alert: 2 };
      const states = run(probabilities);
      const shown = states.flatMap(({ isShown, band }, turnIndex) => (isShown ? [{ turnIndex, band }] : []));
      for (const [index, { turnIndex, band }] of shown.entries()) {
        const earlier = shown[index - 1];
        expect(!earlier || turnIndex - earlier.turnIndex >= COOLDOWN_TURNS || level[band] > level[earlier.band]).toBe(true);
        expect(band).not.toBe('none');
      }
      for (const [index, { band }] of states.entries()) {
        const p = probabilities[index] ?? 0;
        expect(level[band]).toBeGreaterThanOrEqual(level[bandOf(p)]);
        expect(level[band]).toBeLessThanOrEqual(level[bandOf(p + 0.1)]);
        const isLongHeld = index >= COOLDOWN_TURNS && states.slice(index - COOLDOWN_TURNS, index + 1).every((state) => state.band === 'alert');
        const wasShown = states.slice(0, index + 1).some(({ isShown, band: shownBand }) => isShown && shownBand === 'alert');
        expect(!isLongHeld || wasShown).toBe(true);
      }
    }),
  );
});
