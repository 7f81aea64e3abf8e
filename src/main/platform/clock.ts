/** Wall time in epoch milliseconds UTC; a parameter everywhere so that tests own it. */
export type Clock = { nowMs(): number };

export const systemClock: Clock = { nowMs: () => Date.now() };
