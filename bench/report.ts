import os from 'node:os';
import { rounded } from './figures.ts';

/** One line of the results. `target` is what the design asks for; `isMet` is null where there is no target. */
export type Figure = { section: string; name: string; value: number | null; unit: string; target: string | null; isMet: boolean | null; note: string };
export type Limit = { atMost: number } | { atLeast: number };

export function figure(section: string, name: string, value: number, unit: string, limit?: Limit, note = ''): Figure {
  const shown = rounded(value);
  if (limit === undefined) return { section, name, value: shown, unit, target: null, isMet: null, note };
  const isMet = 'atMost' in limit ? value <= limit.atMost : value >= limit.atLeast;
  return { section, name, value: shown, unit, target: 'atMost' in limit ? `≤ ${limit.atMost}` : `≥ ${limit.atLeast}`, isMet, note };
}

export function notRun(section: string, name: string, reason: string): Figure {
  return { section, name, value: null, unit: '', target: null, isMet: null, note: `NOT RUN: ${reason}` };
}

/** What the figures depend on, without anything that names the machine. */
export function machineClass(): { cpu: string; cores: number; memoryGib: number; platform: string; node: string } {
  return { cpu: os.cpus()[0]?.model ?? 'unknown', cores: os.availableParallelism(), memoryGib: Math.round(os.totalmem() / 2 ** 30), platform: `${process.platform} ${process.arch}`, node: process.versions.node };
}

export function formatTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ section, name, value, unit, target, isMet, note }) => [
    section, name, value === null ? '–' : `${value} ${unit}`, target ?? '', isMet === null ? '' : isMet ? 'met' : 'MISSED', note,
  ]);
  const table = [['section', 'figure', 'value', 'target', '', 'note'], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...table.map((row) => (row[column] ?? '').length)));
  return table.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
}
