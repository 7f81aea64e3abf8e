import { isJsonObject, type JsonObject } from '../../importing/json-cells.ts';
import type { JsonValue } from '../../files/read-json-lines.ts';

const GAP = '  ';

/**
 * The printed figures as tables for people: one for each group of arms, three decimals and the 95 % interval behind each figure; above it
 * what the group says of itself.
 */
export function figureTable(title: string, figures: JsonObject): string {
  return `${groupsOf(title, figures).join('\n\n')}\n`;
}

function groupsOf(title: string, group: JsonObject): string[] {
  const entries = Object.entries(group);
  const arms = entries.flatMap(([name, value]) => (isArm(value) ? [[name, value] as const] : []));
  const notes = entries.flatMap(([name, value]) => noteOf(name, value));
  const inner = entries.flatMap(([name, value]) => (isJsonObject(value) && !isArm(value) && hasArms(value) ? groupsOf(`${title} › ${name}`, value) : []));
  const own = [notes.length === 0 ? title : `${title}: ${notes.join(', ')}`, ...tableOf(arms)];
  return arms.length === 0 && notes.length === 0 ? inner : [own.join('\n'), ...inner];
}

function isArm(value: JsonValue | undefined): value is JsonObject {
  return isJsonObject(value) && isJsonObject(value['intervals']);
}

function hasArms(group: JsonObject): boolean {
  return Object.values(group).some((value) => isArm(value) || (isJsonObject(value) && hasArms(value)));
}

function noteOf(name: string, value: JsonValue | undefined): string[] {
  if (typeof value === 'number' || typeof value === 'string') return [`${name} ${value}`];
  return isJsonObject(value) && !isArm(value) && !hasArms(value) ? Object.entries(value).map(([inner, figure]) => `${name} ${inner} ${String(figure)}`) : [];
}

function tableOf(arms: readonly (readonly [string, JsonObject])[]): string[] {
  const metrics = [...new Set(arms.flatMap(([, arm]) => Object.keys(arm).filter((name) => name !== 'intervals')))];
  if (metrics.length === 0) return [];
  const rows = [['', ...metrics], ...arms.map(([name, arm]) => [name, ...metrics.map((metric) => cellOf(arm, metric))])];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(GAP).trimEnd());
}

function cellOf(arm: JsonObject, metric: string): string {
  const [value, intervals] = [arm[metric], arm['intervals']];
  if (typeof value !== 'number') return '–';
  const interval = isJsonObject(intervals) ? intervals[metric] : undefined;
  return Array.isArray(interval) ? `${decimals(value)} [${interval.map((end) => (typeof end === 'number' ? decimals(end) : '')).join(' ')}]` : decimals(value);
}

/** Three of them, and no minus before a zero. */
function decimals(value: number): string {
  return value.toFixed(3).replace(/^-(?=0\.000$)/, '');
}
