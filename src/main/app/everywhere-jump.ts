import type { FindAnswer } from '../../shared/contract/everywhere.contract.ts';
import type { GroupResult } from './everywhere.types.ts';

/** The one thing that was named: by its whole number or name, else by the end of its number. Null when two things bear it. */
export function jumpOf(named: readonly GroupResult['named'][number][]): FindAnswer['jump'] {
  const surest = Math.min(...named.map(({ match }) => match));
  const [only, ...rest] = named.filter(({ match }) => match === surest);
  return only === undefined || rest.length > 0 ? null : { kind: only.kind, id: only.id };
}
