import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idOf } from './add-model.ts';
import { LIKENESS_ROWS } from './likeness-pairs.ts';
import { measureModel, percentile, rangeOf } from './measure-model.ts';
import { licenceOf } from './model-folder.ts';
import { DEFAULT_MODEL_ID } from '../engine/embedding-model.ts';
import { REFERENCE_LIKENESS } from '../engine/likeness.ts';
import { MODEL_ID, readManifest } from '../engine/model-manifest.ts';
import { measureFolder } from './measure-folder.ts';

test('percentiles by hand', () => {
  expect([percentile([3, 1, 2], 0.5), percentile([0, 10], 0.95), percentile([1, 2, 3, 4, 5], 0.9), percentile([7], 0.3), percentile([], 0.5)]).toEqual([2, 9.5, 4.6, 7, 0]);
});

test('a range lies between the unrelated and the related pairs, and is never empty', () => {
  const unit = (degrees: number) => Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180));
  // related: 0 and 10 degrees apart; unrelated: 90 and 80
  expect(rangeOf([{ queries: [unit(0), unit(90)], passages: [unit(0), unit(80)] }])).toEqual({ from: 0.165, to: 0.998 });
  expect(rangeOf([{ queries: [unit(0), unit(0)], passages: [unit(0), unit(0)] }])).toEqual({ from: 0.95, to: 1 });
});

test('a model is measured by its rows and by the CPU it takes', async () => {
  let spentMs = 0;
  const angle = new Map(LIKENESS_ROWS.flatMap((row, at) => row.map((text) => [text, at] as const)));
  const rows = (texts: readonly string[]) => {
    spentMs += 2 * texts.length;
    return Promise.resolve(texts.map((text) => Float32Array.from({ length: 40 }, (_, at) => (at === (angle.get(text) ?? 39) ? 1 : 0))));
  };
  expect(await measureModel({ rows, dispose: () => Promise.resolve() }, () => spentMs)).toEqual({
    dims: 40, vectorScale: 127, likeness: { same: { from: 0, to: 1 }, across: { from: 0, to: 1 } }, speed: { shortTextCpuMs: 2, textsPerCpuSecond: 500 },
  });
  await expect(measureModel({ rows: (texts) => Promise.resolve(texts.map(() => Float32Array.of(Number.NaN))), dispose: () => Promise.resolve() }, () => 0)).rejects.toMatchObject({ message: 'The language model gives no vectors for plain sentences.' });
});

test('the reference scale is that of the default model, as it is measured', async () => {
  const dir = path.join(import.meta.dirname, '../../../models', DEFAULT_MODEL_ID);
  const { likeness } = await measureFolder({ dir, form: readManifest(dir) });
  for (const kind of ['same', 'across'] as const) for (const end of ['from', 'to'] as const) expect(likeness[kind][end], `${kind} ${end}`).toBeCloseTo(REFERENCE_LIKENESS[kind][end], 2);
});

test('the sentences are all different', () => {
  expect(new Set(LIKENESS_ROWS.flat()).size).toBe(4 * 30);
});

test('the licence of a model card', () => {
  const cards = ['---\nlicense: mit\n---\n', '---\r\ntags: [a]\r\nlicense: "apache-2.0"\r\n---\r\n', '---\nlicense: other\nlicense_name: gemma\n---', '---\ntags: x\n---\nlicense: mit', 'license: mit', ''];
  expect(cards.map(licenceOf)).toEqual(['mit', 'apache-2.0', 'gemma', null, null, null]);
  fc.assert(fc.property(fc.string(), (text) => (licenceOf(`---\n${text}\n---`) ?? '').length <= 80));
});

test('an id is made of any name, or it is refused later', () => {
  expect(['Xenova/multilingual-e5-small', '/home/a/My Model/', String.raw`C:\models\BGE_zh`, '..', '模型'].map(idOf)).toEqual(['multilingual-e5-small', 'my-model', 'bge_zh', '', '']);
  fc.assert(fc.property(fc.string(), (name) => idOf(name) === '' || MODEL_ID.test(idOf(name))));
});
