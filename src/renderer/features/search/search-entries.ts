import type { SearchHit } from '../../../shared/contract/search.contract.ts';
import type { Command } from '../../base/command.ts';
import type { Translate } from '../../base/formats.ts';

export type SearchEntry = { kind: 'hit'; key: string; hit: SearchHit } | { kind: 'command'; key: string; command: Command };

const MOST_COMMANDS = 4;

/** Hits as the backend ranked them, then the commands whose name holds the text; without text, all commands but the search itself. */
export function searchEntries(text: string, hits: readonly SearchHit[], commands: readonly Command[], t: Translate): SearchEntry[] {
  const wanted = text.trim().toLowerCase();
  const fitting = commands.filter((command) => command.id !== 'app.search' && t(command.labelKey).toLowerCase().includes(wanted));
  const shown = wanted === '' ? fitting : fitting.slice(0, MOST_COMMANDS);
  const commandEntries = shown.map((command): SearchEntry => ({ kind: 'command', key: `command-${command.id}`, command }));
  return [...hits.map((hit): SearchEntry => ({ kind: 'hit', key: `${hit.kind}-${hit.id}`, hit })), ...commandEntries];
}
