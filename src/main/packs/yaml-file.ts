import { isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import type { z } from 'zod';
import type { PackProblem } from '../../shared/contract/pack.contract.ts';

/** One YAML text with the places of its nodes. `lineAt` is the line of the key or entry at a path, or of the nearest node above it; from 1. */
export type YamlFile = { value: unknown; lineAt(path: readonly PropertyKey[]): number };

/**
 * Reads one YAML document; what is wrong goes to `problems` and the answer is null then. Only plain data is taken: no tags, no aliases
 * (a few lines of them can unfold to gigabytes), no key twice. `linesAbove`: lines of the file before the text begins.
 */
export function parseYaml(text: string, file: string, problems: PackProblem[], linesAbove = 0): YamlFile | null {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const lineOf = (offset: number): number => lines.linePos(offset).line + linesAbove;
  for (const error of [...doc.errors, ...doc.warnings]) {
    problems.push({ file, line: lineOf(error.pos[0]), message: `this is not the YAML that packs use (${firstSentence(error.message)}); check indentation, quotes and colons here` });
  }
  if (doc.errors.length + doc.warnings.length > 0) return null;
  try {
    return { value: doc.toJS({ maxAliasCount: 0 }) as unknown, lineAt: (path) => lineOf(offsetAt(doc, path)) };
  } catch {
    problems.push({ file, line: 1 + linesAbove, message: 'aliases (&name, *name) are not read; write the text out where it is needed' });
    return null;
  }
}

function firstSentence(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/\.$/, '').slice(0, 160);
}

function offsetAt(doc: Document.Parsed, path: readonly PropertyKey[]): number {
  let node: unknown = doc.contents;
  let offset = startOf(node as Node | null) ?? 0;
  for (const step of path) {
    const [place, next] = stepInto(node, step);
    offset = startOf(place) ?? offset;
    if (next === undefined) break;
    node = next;
  }
  return offset;
}

/** Where the step stands (the key of a pair, the entry of a list) and what it leads to. */
function stepInto(node: unknown, step: PropertyKey): [place: Node | null, next: unknown] {
  if (isSeq(node)) return [node.items[Number(step)] as Node, node.items[Number(step)]];
  if (!isMap(node)) return [null, undefined];
  const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === step);
  return pair === undefined ? [null, undefined] : [pair.key as Node, pair.value];
}

function startOf(node: Node | null | undefined): number | undefined {
  return node?.range?.[0];
}

/** The value as the schema wants it; else every problem with its line, and null. */
export function checkYaml<Schema extends z.ZodType>(yaml: YamlFile, schema: Schema, file: string, problems: PackProblem[]): z.output<Schema> | null {
  const checked = schema.safeParse(yaml.value, { error: (issue) => sentenceOf(issue as Issue), reportInput: true });
  if (checked.success) return checked.data;
  for (const issue of checked.error.issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) problems.push({ file, line: yaml.lineAt([...issue.path, key]), message: unknownField(key) });
      continue;
    }
    const place = issue.path.filter((step, index) => index > 0 || typeof step === 'string').join('.');
    problems.push({ file, line: yaml.lineAt(issue.path), message: `${place === '' ? '' : `${place}: `}${issue.message}` });
  }
  return null;
}

/** A key of several words is nearly always text that a comma cut. */
function unknownField(key: string): string {
  const mend = key.includes(' ') ? 'put the whole text in quotes: inside { } a comma begins a new field' : 'correct its name or take it out';
  return `there is no field ${key.slice(0, 60)} here; ${mend}`;
}

type Issue = { code: string; expected?: string; input?: unknown; maximum?: number | bigint; values?: unknown[] };
const KIND_WORDS: Readonly<Record<string, string>> = { string: 'text', array: 'a list', object: 'fields with values', number: 'a number', boolean: 'true or false' };

/** What is wrong; how to mend it. Schemas that say it better carry their own sentence. */
function sentenceOf(issue: Issue): string {
  if (issue.input === undefined && issue.code !== 'custom') return 'it is missing; add it';
  switch (issue.code) {
    case 'invalid_type':
      return typeSentence(issue);
    case 'too_small':
      return 'it is empty; write something or take the field out';
    case 'too_big':
      return `it is too long; ${String(issue.maximum)} is the most`;
    case 'invalid_value':
      return `this is none of ${(issue.values ?? []).join(', ')}; choose one of them`;
    default:
      return 'this cannot be read; compare it with docs/formats.md';
  }
}

function typeSentence({ expected = 'something else', input }: Issue): string {
  if (expected === 'string' && ['number', 'boolean'].includes(typeof input)) return `${String(input)} is not read as text; put it in quotes`;
  return `this must be ${KIND_WORDS[expected] ?? expected}; write it so`;
}
