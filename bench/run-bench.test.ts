import { describe, expect, it } from 'vitest';
import { figure, formatTable, notRun } from './report.ts';
import { readBenchArgs } from './run-bench.ts';

describe('the arguments', () => {
  it('take the small sizes unless asked for the full one', () => {
    expect([readBenchArgs([]), readBenchArgs(['--only', 'fts', '--full', '--json']), readBenchArgs(['--sizes', '1.1m', '--only', 'start,path'])]).toEqual([
      { sections: ['path', 'box', 'vectors', 'fts', 'index', 'start'], sizes: ['10k', '100k'], isJson: false },
      { sections: ['fts'], sizes: ['10k', '100k', '1.1m'], isJson: true },
      { sections: ['path', 'start'], sizes: ['1.1m'], isJson: false },
    ]);
    expect(readBenchArgs(['--help'])).toBe('help');
    expect(() => readBenchArgs(['--only', 'hub'])).toThrow('nothing to measure');
  });
});

describe('the table', () => {
  it('says what missed its target and what was not run', () => {
    const figures = [figure('path 100k', 'p95', 15.04, 'CPU ms', { atMost: 15 }), figure('vectors 100k', 'recall', 0.9961, 'of all', { atLeast: 0.995 }, 'in 50'), notRun('vectors 100k', 'LanceDB', 'no network')];
    expect(formatTable(figures).split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['section', 'figure', 'value', 'target', 'note'],
      ['path 100k', 'p95', '15 CPU ms', '≤ 15', 'MISSED'],
      ['vectors 100k', 'recall', '0.996 of all', '≥ 0.995', 'met', 'in 50'],
      ['vectors 100k', 'LanceDB', '–', 'NOT RUN: no network'],
    ]);
  });
});
