import { rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_MODEL_ID, verifyModel } from '../src/main/engine/embedding-model.ts';
import type { BenchPlace, BenchSize } from './bench-store.ts';
import { benchBox } from './box.bench.ts';
import { benchIndex } from './index.bench.ts';
import { benchPath } from './path.bench.ts';
import { formatTable, machineClass, notRun, type Figure } from './report.ts';
import { benchAppStart, benchEngineStart } from './start.bench.ts';
import { benchVectors } from './vectors.bench.ts';
import { benchWords } from './words.bench.ts';

const SECTIONS = ['path', 'box', 'vectors', 'fts', 'index', 'start'] as const;
type Section = (typeof SECTIONS)[number];
const ALL_SIZES: readonly BenchSize[] = ['10k', '100k', '1.1m'];
const USAGE = `npm run bench -- [--only ${SECTIONS.join('|')}] [--sizes 10k,100k,1.1m] [--full] [--json]`;

type BenchArgs = { sections: readonly Section[]; sizes: readonly BenchSize[]; isJson: boolean };

/** @throws Error with the usage when an argument is wrong. */
export function readBenchArgs(args: readonly string[]): BenchArgs | 'help' {
  const { values } = parseArgs({
    args: [...args], options: { only: { type: 'string' }, sizes: { type: 'string' }, full: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help === true) return 'help';
  const sections = SECTIONS.filter((section) => values.only === undefined || values.only.split(',').includes(section));
  const sizes = values.sizes === undefined ? ALL_SIZES.filter((size) => values.full === true || size !== '1.1m') : ALL_SIZES.filter((size) => values.sizes?.split(',').includes(size));
  if (sections.length === 0 || sizes.length === 0) throw new Error(`nothing to measure. ${USAGE}`);
  return { sections, sizes, isJson: values.json === true };
}

/** Measures what was asked for; stdout gets one table, or one JSON object; everything else goes to stderr. `builtHost` is undefined when the build failed. */
export async function runBench(root: string, args: readonly string[], builtHost: string | undefined): Promise<number> {
  const asked = readBenchArgs(args);
  if (asked === 'help') {
    console.log(USAGE);
    return 0;
  }
  const place: BenchPlace = { benchDir: path.join(root, '.bench'), modelsDir: path.join(root, 'models'), say: (line) => console.error(`bench: ${line}`) };
  const figures: Figure[] = [];
  for (const section of asked.sections) {
    place.say(section);
    for (const size of section === 'index' ? [asked.sizes[0] ?? '10k'] : asked.sizes) figures.push(...(await measureOrSay(place, section, size, builtHost)));
  }
  for (const name of ['run-path', 'run-box', 'run-index', 'run-start']) rmSync(path.join(place.benchDir, name), { recursive: true, force: true });
  const machine = { ...machineClass(), model: verifyModel(place.modelsDir, DEFAULT_MODEL_ID).key, date: new Date().toISOString().slice(0, 10) };
  if (asked.isJson) console.log(JSON.stringify({ machine, figures }));
  else console.log(`${Object.entries(machine).map(([name, value]) => `${name}: ${value}`).join(', ')}\n\n${formatTable(figures)}`);
  return figures.some(({ isMet }) => isMet === false) ? 1 : 0;
}

/** One measurement that fails must not cost the others. */
async function measureOrSay(place: BenchPlace, section: Section, size: BenchSize, builtHost: string | undefined): Promise<Figure[]> {
  try {
    return await measure(place, section, size, builtHost);
  } catch (error) {
    return [notRun(`${section} ${size}`, 'all', error instanceof Error ? error.message : String(error))];
  }
}

async function measure(place: BenchPlace, section: Section, size: BenchSize, builtHost: string | undefined): Promise<Figure[]> {
  switch (section) {
    case 'path':
      return benchPath(place, size);
    case 'box':
      return benchBox(place, size);
    case 'vectors':
      return benchVectors(place, size);
    case 'fts':
      return benchWords(place, size);
    case 'index':
      return benchIndex(place);
    case 'start': {
      const app = builtHost === undefined ? [notRun(`start ${size}`, 'app', 'the build failed')] : await benchAppStart(place, size, builtHost);
      return [...(await benchEngineStart(place, size)), ...app];
    }
  }
}
