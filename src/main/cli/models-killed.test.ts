import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { loadEmbeddingModel } from '../engine/embedding-model.ts';
import { COMMIT, openHub } from '../models/hub.fixture.ts';
import { openModels, plainFiles, plainFolder, SHIPPED, SHIPPED_DIR } from '../models/models.fixture.ts';
import { addedModelsDir } from '../platform/paths.ts';
import { cli, keepOpen, storeDeps } from './cli.fixture.ts';

const CUT = 1_000_000;

function openStore() {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'deskmate-killed-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const [store, userDir] = [path.join(dir, 'store'), addedModelsDir(path.join(dir, 'store'))];
  const { own } = openModels({ userDir });
  return {
    dir, store, userDir,
    left: () => (existsSync(userDir) ? readdirSync(userDir).map((name) => name.replace(/^(\.download-).*/, '$1')).toSorted() : []),
    listed: () => own().map(({ id, state }) => [id, state]),
    /** The signal that ended the program, and the number of the process that was measuring. */
    async killed(place: readonly [string, string], target: string): Promise<{ signal: NodeJS.Signals | null; measurer: number }> {
      const child = spawn(process.execPath, [path.join(import.meta.dirname, 'killed-command.test-process.ts'), ...place, 'models', 'add', target, '--data', store], { stdio: ['ignore', 'pipe', 'inherit'] });
      let out = '';
      child.stdout.setEncoding('utf8').on('data', (piece: string) => void (out += piece));
      const signal = await new Promise<NodeJS.Signals | null>((done) => child.once('exit', (_, by) => done(by)));
      return { signal, measurer: Number(out) };
    },
    run: (deps: typeof storeDeps, ...args: string[]) => cli(['models', ...args, '--data', store], { deps }),
  };
}

/** How many numbers the model gives a text. */
async function embedded(userDir: string, id: string): Promise<number | undefined> {
  const model = await loadEmbeddingModel([SHIPPED_DIR, userDir], id);
  try {
    return (await model.embed(['什么时候发货']))[0]?.length;
  } finally {
    await model.dispose();
  }
}

it('an add from a hub that is killed while it fetches, and again when all but the last rename is done, lists nothing half, and the next add goes on with what came', async () => {
  const files = plainFiles();
  const hub = await openHub(files);
  onTestFinished(() => hub.close());
  const { left, listed, killed, run } = openStore();
  const weights = 'onnx/model_quantized.onnx';
  const smallBytes = Object.entries(files).reduce((sum, [name, { length }]) => sum + (name === weights ? 0 : length), 0);

  expect((await killed(['bytes', `${smallBytes + CUT}`], hub.address)).signal).toBe('SIGKILL');
  expect([left(), listed()]).toEqual([['.download-'], []]);
  hub.asked.length = 0;
  expect((await killed(['before', 'e5-tiny'], hub.address)).signal).toBe('SIGKILL');
  const range = /bytes=(\d+)-$/.exec(hub.asked[1] ?? '');
  expect([hub.asked.slice(0, 2), Number(range?.[1]) >= CUT - 65_536]).toEqual([['/maker/e5-tiny/resolve/main/config.json', `/maker/e5-tiny/resolve/${COMMIT}/${weights} ${range?.[0]}`], true]);
  expect([left(), listed(), left()]).toEqual([['.adding-e5-tiny', '.download-'], [], ['.download-']]);
  hub.asked.length = 0;

  const kept = keepOpen(storeDeps);
  onTestFinished(() => kept.close());
  expect(await run(kept.deps, 'add', hub.address, '--passage-prefix', '', '--query-prefix', '')).toMatchObject({ code: 0, out: expect.stringContaining('e5-tiny  url') });
  // what came before both kills is not fetched again
  expect(hub.asked.filter((asked) => asked.startsWith('/store/') || /tokenizer\.json|\.onnx$/.test(asked))).toEqual([]);
  expect([left(), listed(), (await run(kept.deps, 'check', 'e5-tiny')).code, await run(kept.deps, 'use', 'e5-tiny')]).toEqual([['e5-tiny'], [['e5-tiny', 'ok']], 0, expect.objectContaining({ code: 0, out: 'e5-tiny serves.\n' })]);
}, 60_000);

it('an add from a folder that is killed while it measures leaves no model and no process; the next add does it all, killed or not once the model is there', async () => {
  const { dir, userDir, left, listed, killed } = openStore();
  const folder = plainFolder(path.join(dir, 'mine'));
  const { signal, measurer } = await killed(['measure', '-'], folder);
  expect([signal, left(), listed(), left()]).toEqual(['SIGKILL', ['.adding-mine'], [], []]);
  await vi.waitFor(() => expect(() => process.kill(measurer, 0)).toThrow('ESRCH'), 10_000);
  expect((await killed(['after', 'mine'], folder)).signal).toBe('SIGKILL');
  expect([left(), listed(), await embedded(userDir, 'mine')]).toEqual([['mine'], [['mine', 'ok']], SHIPPED.dims]);
}, 60_000);
