import { z } from 'zod';
import { keyMapSchema, type KeyMap } from '../../shared/contract/keys.contract.ts';
import type { TextKey } from '../../shared/i18n/texts.ts';
import type { Command } from './command.ts';
import { jsonFaultAt } from './json-fault.ts';
import { findKeyConflict, withChosenKeys } from './key-map.ts';
import { keyRefusal } from './key-refusal.ts';

const FORMAT = 'deskmate-keys';
const VERSION = 1;
const MOST_CHARACTERS = 65_536;

/** What is wrong with a file of keys, in words with the line (from 1) and the field; `reasonKey` says more of keys that are refused, `name` of whose they are. */
export type KeyFileProblem = { key: TextKey; values: Record<string, string | number>; reasonKey?: TextKey; owner?: Command };
export type KeyFile = { kind: 'keys'; keys: KeyMap } | { kind: 'problem'; problem: KeyFileProblem };

/** The chosen keys as a file: `{"format":"deskmate-keys","version":1,"keys":{"desk.next":"j","work.close":null}}`. Macros keep theirs: their ids mean nothing on another machine. */
export function keyFileText(keys: KeyMap): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, keys: Object.fromEntries(Object.entries(keys).toSorted(([a], [b]) => (a < b ? -1 : 1))) }, null, 2)}\n`;
}

/** Reads such a file. Everything in it must name a command of this version and keys it may have, and no two commands the same: or nothing is taken. */
export function readKeyFile(text: string, commands: readonly Command[]): KeyFile {
  if (text.length > MOST_CHARACTERS) return problem('keys.file.large', {});
  const parsed = parseJson(text);
  if (parsed.kind === 'problem') return parsed;
  const head = headProblem(text, parsed.value);
  if (head !== null) return head;
  // as it stands in the file: a schema would drop a name like __proto__
  const { keys } = parsed.value as { keys: Record<string, unknown> };
  for (const [id, value] of Object.entries(keys)) {
    const wrong = choiceProblem({ line: lineOf(text, id), field: id }, value, commands.find((command) => command.id === id));
    if (wrong !== null) return wrong;
  }
  const chosen = keyMapSchema.safeParse(keys);
  if (!chosen.success) return problem('keys.file.format', { line: lineOf(text, 'keys'), field: 'keys', wanted: '{…}' });
  return firstConflict(text, chosen.data, commands) ?? { kind: 'keys', keys: chosen.data };
}

function problem(key: TextKey, values: KeyFileProblem['values'], more: Pick<KeyFileProblem, 'reasonKey' | 'owner'> = {}): KeyFile {
  return { kind: 'problem', problem: { key, values, ...more } };
}

function parseJson(text: string): { kind: 'value'; value: unknown } | Extract<KeyFile, { kind: 'problem' }> {
  const json = text.replace(/^\ufeff/, '');
  try {
    return { kind: 'value', value: JSON.parse(json) as unknown };
  } catch {
    return { kind: 'problem', problem: { key: 'keys.file.json', values: { line: json.slice(0, jsonFaultAt(json)).split('\n').length } } };
  }
}

function headProblem(text: string, value: unknown): KeyFile | null {
  const wanted: readonly [string, z.ZodType, string][] = [['format', z.literal(FORMAT), `"${FORMAT}"`], ['version', z.literal(VERSION), String(VERSION)], ['keys', z.record(z.string(), z.unknown()), '{…}']];
  const object = z.record(z.string(), z.unknown()).safeParse(value);
  const wrong = wanted.find(([field, schema]) => !object.success || !schema.safeParse(object.data[field]).success);
  return wrong === undefined ? null : problem('keys.file.format', { line: lineOf(text, wrong[0]), field: wrong[0], wanted: wrong[2] });
}

function choiceProblem(place: { line: number; field: string }, value: unknown, command: Command | undefined): KeyFile | null {
  if (command === undefined) return problem('keys.file.command', place);
  if (value !== null && (typeof value !== 'string' || value === '' || value.length > 40)) return problem('keys.file.value', place);
  const reasonKey = value === null ? null : keyRefusal(value, command);
  return reasonKey === null || typeof value !== 'string' ? null : problem('keys.file.refused', { ...place, keys: value }, { reasonKey });
}

function firstConflict(text: string, keys: KeyMap, commands: readonly Command[]): KeyFile | null {
  const bound = withChosenKeys(commands, keys);
  for (const command of bound) {
    if (keys[command.id] === undefined || command.shortcut === null) continue;
    const owner = findKeyConflict(command.shortcut, command, bound);
    if (owner !== null) return problem('keys.file.conflict', { line: lineOf(text, command.id), field: command.id, keys: command.shortcut }, { owner });
  }
  return null;
}

/** The line on which a field is named; the first when none does. */
function lineOf(text: string, field: string): number {
  const at = text.search(new RegExp(`${JSON.stringify(field).replaceAll(/[.*+?^$()|[\]{}\\]/g, '\\$&')}\\s*:`));
  return at < 0 ? 1 : text.slice(0, at).split('\n').length;
}
