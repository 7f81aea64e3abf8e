import { isMap, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { DeskmateError } from '../platform/errors.ts';
import { bankFileSchema, customersFileSchema } from './corpus-schema.ts';
import type { CustomerCorpus, PracticeLanguage, ReplyBank, Scenario, Slot } from './practice.types.ts';

/** One YAML file of live customers: its name for messages, and its text. */
export type CorpusFile = { name: string; text: string };
/** `line` counts from 1. */
export type CorpusProblem = { file: string; line: number; reason: string };

type Place = { file: string; lineOf: (path: readonly PropertyKey[]) => number };
type Placed<T> = { value: T; place: Place; path: PropertyKey[] };
type Found = { scenarios: Placed<Scenario>[]; banks: Placed<ReplyBank>[]; problems: CorpusProblem[] };

/** A situation needs this many wordings in the shared bank, counted over all emotions. */
const MIN_WORDINGS = 3;
/** YAML aliases blow small files up; live customers need none. */
const MAX_ALIAS_COUNT = 0;

/**
 * Reads and checks a folder of live customers (docs/live-customers.md). Every problem is collected with file and line; a
 * corpus with problems is not to be used.
 */
export function parseCustomerCorpus(files: readonly CorpusFile[]): { corpus: CustomerCorpus; problems: CorpusProblem[] } {
  const found: Found = { scenarios: [], banks: [], problems: [] };
  for (const file of files) readFile(file, found);
  checkScenarios(found);
  const banks = checkBanks(found);
  return { corpus: { scenarios: found.scenarios.map(({ value }) => value), banks }, problems: found.problems.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line) };
}

/** `file:line: reason`, as validators print it. */
export function problemLine({ file, line, reason }: CorpusProblem): string {
  return `${file}:${line}: ${reason}`;
}

/** The corpus of these files. @throws DeskmateError channel_failed with the first problem. */
export function openCustomerCorpus(files: readonly CorpusFile[]): CustomerCorpus {
  const { corpus, problems } = parseCustomerCorpus(files);
  const [first] = problems;
  if (first !== undefined) throw new DeskmateError('channel_failed', `The live customers cannot be read: ${problemLine(first)}`);
  if (corpus.scenarios.length === 0) throw new DeskmateError('channel_failed', 'There are no live customers.');
  return corpus;
}

function readFile(file: CorpusFile, found: Found): void {
  const counter = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: counter, uniqueKeys: true });
  const place: Place = { file: file.name, lineOf: (path) => lineOf(document, counter, path) };
  for (const error of document.errors) found.problems.push({ file: file.name, line: counter.linePos(error.pos[0]).line, reason: `not valid YAML: ${error.message.split('\n')[0] ?? ''}` });
  if (document.errors.length > 0) return;
  const value: unknown = toPlain(document, file, found);
  if (value === undefined) return;
  if (isMap(document.contents)) return readBank(value, place, found);
  const parsed = customersFileSchema.safeParse(value);
  if (!parsed.success) return addIssues(parsed.error, place, found);
  parsed.data.forEach((scenario, index) => found.scenarios.push({ value: scenario, place, path: [index] }));
}

function toPlain(document: Document, file: CorpusFile, found: Found): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIAS_COUNT });
  } catch {
    found.problems.push({ file: file.name, line: 1, reason: 'it uses YAML aliases (*name); write the text out' });
    return undefined;
  }
}

function readBank(value: unknown, place: Place, found: Found): void {
  const parsed = bankFileSchema.safeParse(value);
  if (parsed.success) found.banks.push({ value: parsed.data, place, path: [] });
  else addIssues(parsed.error, place, found);
}

function addIssues(error: z.ZodError, place: Place, { problems }: Found): void {
  for (const issue of error.issues) {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [];
    const path = [...issue.path, ...keys.slice(0, 1)];
    problems.push({ file: place.file, line: place.lineOf(path), reason: `${issue.path.join('.')}: ${keys.length > 0 ? `unknown key ${keys.join(', ')}; take it out or correct its name` : issue.message}` });
  }
}

/** The line of the node at a path, or of the nearest one above it that is there. */
function lineOf(document: Document, counter: LineCounter, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = rangeStart(node) ?? 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => String(item.key) === String(key));
      offset = rangeStart(pair?.key) ?? offset;
      node = pair?.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      offset = rangeStart(node) ?? offset;
    } else break;
  }
  return counter.linePos(offset).line;
}

function rangeStart(node: unknown): number | undefined {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range) ? Number(node.range[0]) : undefined;
}

function checkScenarios({ scenarios, problems }: Found): void {
  const known = new Map(scenarios.map(({ value }) => [value.id, value]));
  const seen = new Set<string>();
  for (const { value, place, path } of scenarios) {
    const add = (key: PropertyKey[], reason: string) => problems.push({ file: place.file, line: place.lineOf([...path, ...key]), reason: `${value.id}: ${reason}` });
    if (seen.has(value.id)) add(['id'], 'another customer has this id; ids are unique over all files');
    seen.add(value.id);
    const twin = value.twin === undefined ? undefined : known.get(value.twin);
    if (value.twin !== undefined && twin === undefined) add(['twin'], `there is no customer ${value.twin}`);
    if (twin !== undefined && (twin.language === value.language || twin.intent !== value.intent)) add(['twin'], 'a twin has the same intent in the other language');
    value.outcomes.forEach((outcome, index) => {
      if (outcome.action === undefined && outcome.words === undefined) add(['outcomes', index], 'an outcome needs an action, words, or both');
      const missing = outcome.needs?.find((slot: Slot) => value.facts[slot] === undefined);
      if (missing !== undefined) add(['outcomes', index, 'needs'], `${missing} is no fact of this customer, so it could never be told`);
    });
  }
}

function checkBanks({ scenarios, banks, problems }: Found): Record<PracticeLanguage, ReplyBank> {
  const byLanguage = new Map<PracticeLanguage, ReplyBank>();
  for (const { value, place } of banks) {
    if (byLanguage.has(value.language)) problems.push({ file: place.file, line: 1, reason: `there is another bank for ${value.language}; keep one` });
    byLanguage.set(value.language, value);
    for (const [situation, wordings] of Object.entries(value.situations)) {
      const count = Object.values(wordings).reduce((sum, lines) => sum + lines.length, 0);
      if (count < MIN_WORDINGS) problems.push({ file: place.file, line: place.lineOf(['situations', situation]), reason: `${situation}: only ${count} wordings; write at least ${MIN_WORDINGS}` });
    }
  }
  const lacking = scenarios.find(({ value }) => !byLanguage.has(value.language));
  if (lacking !== undefined) problems.push({ file: lacking.place.file, line: lacking.place.lineOf(lacking.path), reason: `${lacking.value.id}: there is no bank of replies in ${lacking.value.language}` });
  return { zh: byLanguage.get('zh') ?? emptyBank('zh'), en: byLanguage.get('en') ?? emptyBank('en') };
}

function emptyBank(language: PracticeLanguage): ReplyBank {
  return { language, situations: {} as ReplyBank['situations'] };
}
