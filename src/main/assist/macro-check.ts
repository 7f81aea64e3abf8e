import { Liquid } from 'liquidjs';
import type { MacroIssue } from '../../shared/contract/macro.contract.ts';
import { isMacroVariable, MACRO_VARIABLES } from '../../shared/macro-variables.ts';
import { editDistanceRatio } from '../text/edit-distance.ts';
import { macroProblem } from './macro-text.ts';

/** Reads only: nothing is filled in and no file is looked for. */
const reader = new Liquid({ templates: {}, strictFilters: true, parseLimit: 20_000 });

/** Beyond this share of changed letters a known variable is no likely meaning of an unknown one. */
const MAX_NEAREST_RATIO = 0.5;

/** What is wrong with a macro's text, in reading order: a template that cannot be read, or variables that nothing fills. */
export function macroIssues(template: string): MacroIssue[] {
  try {
    const { globals } = reader.analyzeSync(reader.parse(template), { partials: false });
    const unknown = Object.values(globals).flat().filter((variable) => !isMacroVariable(String(variable)));
    const issues = unknown.map((variable) => unknownVariable(template, String(variable), variable.location));
    if (issues.length > 0) return issues.toSorted((a, b) => a.start - b.start);
  } catch (error) {
    return [syntaxIssue(template, error)];
  }
  // some faults show only when it is filled: a missing partial, a loop without end
  const problem = macroProblem(template);
  return problem === null ? [] : [syntaxIssue(template, new Error(problem))];
}

/** One sentence for the first issue, with its place. */
export function issueSentence({ kind, line, column, detail, nearest }: MacroIssue): string {
  const place = `Line ${line}, column ${column}:`;
  if (kind === 'syntax') return `${place} the template cannot be read (${detail}).`;
  return `${place} there is no variable ${detail}.${nearest === null ? '' : ` Is it ${nearest}?`}`;
}

function unknownVariable(template: string, name: string, { row, col }: { row: number; col: number }): MacroIssue {
  const found = template.indexOf(name, offsetOf(template, row, col));
  const start = found === -1 ? offsetOf(template, row, col) : found;
  const end = found === -1 ? start : start + name.length;
  return { kind: 'unknown_variable', ...placeOf(template, start), start, end, detail: name, nearest: nearestVariable(name) };
}

function nearestVariable(name: string): string | null {
  const [best] = MACRO_VARIABLES.map((variable) => ({ variable, ratio: editDistanceRatio(variable, name) })).toSorted((a, b) => a.ratio - b.ratio);
  return best !== undefined && best.ratio <= MAX_NEAREST_RATIO ? best.variable : null;
}

type PlacedError = { token?: { begin?: number; end?: number } };

function syntaxIssue(template: string, error: unknown): MacroIssue {
  const { token } = (error ?? {}) as PlacedError;
  const start = Math.min(token?.begin ?? 0, template.length);
  const message = error instanceof Error ? error.message : String(error);
  const end = Math.max(start, Math.min(token?.end ?? template.length, template.length));
  return { kind: 'syntax', ...placeOf(template, start), start, end, detail: (message.split('\n')[0] ?? '').replace(/, line:\d+, col:\d+$/, ''), nearest: null };
}

function offsetOf(template: string, row: number, column: number): number {
  let start = 0;
  for (let line = 1; line < row; line += 1) start = template.indexOf('\n', start) + 1;
  return Math.min(template.length, start + column - 1);
}

function placeOf(template: string, start: number): { line: number; column: number } {
  const before = template.slice(0, start).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
