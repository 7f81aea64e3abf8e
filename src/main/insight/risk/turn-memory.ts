import type { RiskTurn } from './risk-turn.ts';

const REMEMBERED_TURNS = 2000;

/**
 * Hands out the same object for the same message, so that what was read from it (`readTurn`) holds: every new message scores its whole
 * conversation again. The longest unused go first.
 */
export function createTurnMemory(capacity: number = REMEMBERED_TURNS) {
  const turns = new Map<string, RiskTurn>();
  return {
    turnOf(turn: RiskTurn): RiskTurn {
      const known = turns.get(turn.id);
      const kept = known !== undefined && known.text === turn.text && known.at === turn.at && known.role === turn.role ? known : turn;
      turns.delete(turn.id);
      turns.set(turn.id, kept);
      if (turns.size > capacity) turns.delete(turns.keys().next().value ?? '');
      return kept;
    },
    /** What was erased is not kept in memory either. */
    forget: (): void => turns.clear(),
  };
}
