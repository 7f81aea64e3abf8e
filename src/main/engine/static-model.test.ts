import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { AutoTokenizer, env, type PreTrainedTokenizer } from '@huggingface/transformers';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_MODEL_ID, loadEmbeddingModel } from './embedding-model.ts';
import { StaticFormError } from './static-form.ts';
import { readStaticGraph } from './static-graph.ts';
import { loadStaticModel, type StaticModel } from './static-model.ts';
import { createStaticTokenizer, type TokenIds } from './static-tokenizer.ts';

const modelsDir = path.join(import.meta.dirname, '../../../models');
const modelDir = path.join(modelsDir, DEFAULT_MODEL_ID);
const readJson = (name: string): Record<string, unknown> => JSON.parse(readFileSync(path.join(modelDir, name), 'utf8'));
const { dims, vectorScale } = readJson('manifest.json') as { dims: number; vectorScale: number };
const dir = mkdtempSync(path.join(os.tmpdir(), 'deskmate-static-'));
let [theirs, ours, model]: [PreTrainedTokenizer, TokenIds, StaticModel] = [undefined, undefined, undefined] as never;

beforeAll(async () => {
  [env.allowRemoteModels, env.localModelPath] = [false, modelsDir];
  theirs = await AutoTokenizer.from_pretrained(DEFAULT_MODEL_ID, { local_files_only: true });
  ours = createStaticTokenizer(readJson('tokenizer.json'), readJson('tokenizer_config.json'));
  model = loadStaticModel(modelDir, { dims, vectorScale }) as StaticModel;
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const idsOfTheirs = (text: string): number[] => Array.from((theirs(text, { truncation: true }) as { input_ids: { data: BigInt64Array } }).input_ids.data, Number);

const NASTY = [
  '', ' ', '\n\t\r', '\v\f\u0085\u2028\u3000', '。', '😀', '👨‍👩‍👧‍👦🇨🇳🙏🏿', 'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞', 'a\0b\uFFFDc', '\uD83D', '\uDE00退款\uD83D', '\uD83D\u200b\uDE00', '\ufeffBOM\u00ad', '退款 refund возврат مرحبا 환불 返金ｶﾞ',
  '[CLS] 退款 [SEP][MASK]', '[[PAD]]', '［UNK］', '[unk]', 'İSTANBUL ΣΑΣ ǅ ẞ ﬁ', 'e\u0301 é ① ㎏ ½ Ⅳ', '魑 魅 𪚥𠮷 𪚥', '\u{10ffff}\ue000x', 'x'.repeat(10_000), '退款'.repeat(10_000), '退款 '.repeat(10_000), '𪚥'.repeat(5000), '[SEP]'.repeat(600), '货到了😭 wtf?! '.repeat(6000),
];

test.each(NASTY.map((text) => [text.slice(0, 20), text]))('%j has the ids of transformers.js and a vector of unit length', (_, text) => {
  expect([...ours(text)]).toEqual(idsOfTheirs(text));
  expect(Math.hypot(...model.vector(text))).toBeCloseTo(1, 5);
});

const pieces = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }), fc.string({ unit: 'grapheme', maxLength: 12 }), fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)), maxLength: 6 }),
  fc.constantFrom(...NASTY.filter((text) => text.length < 100), '亲', '请问什么时候发货', 'Where is my ORDER #123?', '￥199.00', '退貨', 'refund', '[SEP]', '\u0301', ' '),
);
const nastyTexts = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''));

test('any text has the ids of transformers.js', () => {
  fc.assert(fc.property(nastyTexts, (text) => {
    expect([...ours(text)]).toEqual(idsOfTheirs(text));
  }), { numRuns: 500 });
});

test('any text has a vector of unit length and a row without a gap', () => {
  fc.assert(fc.property(nastyTexts, (text) => {
    expect(Math.hypot(...model.vector(text))).toBeCloseTo(1, 5);
    expect(Math.hypot(...model.row(text)) / vectorScale).toBeCloseTo(1, 0);
  }), { numRuns: 200 });
});

test('the model works where no runtime loads, and another form of model goes to the runtime', async () => {
  const noRuntime = () => Promise.reject(new Error('no native part for this machine'));
  const shipped = await loadEmbeddingModel(modelsDir, undefined, noRuntime);
  expect(await shipped.embed(['怎么退款', ''])).toEqual([model.row('怎么退款'), model.row('')]);
  cpSync(modelDir, path.join(dir, DEFAULT_MODEL_ID), { recursive: true });
  const tokenizer = JSON.stringify({ ...readJson('tokenizer.json'), pre_tokenizer: { type: 'Whitespace' } });
  const manifest = readFileSync(path.join(modelDir, 'manifest.json'), 'utf8').replace(sha256Of(readFileSync(path.join(modelDir, 'tokenizer.json'))), sha256Of(tokenizer));
  writeFileSync(path.join(dir, DEFAULT_MODEL_ID, 'tokenizer.json'), tokenizer);
  writeFileSync(path.join(dir, DEFAULT_MODEL_ID, 'manifest.json'), manifest);
  await expect(loadEmbeddingModel(dir, undefined, noRuntime)).rejects.toMatchObject({ code: 'engine_down', message: expect.stringContaining('no native part') });
});

const sha256Of = (content: Buffer | string): string => createHash('sha256').update(content).digest('hex');

test('a tokenizer or a graph of another form is told apart', () => {
  const [tokenizer, config] = [readJson('tokenizer.json'), readJson('tokenizer_config.json')];
  const withModel = (change: object) => ({ ...tokenizer, model: { ...(tokenizer['model'] as object), ...change } });
  for (const other of [{}, null, { ...tokenizer, normalizer: null }, { ...tokenizer, post_processor: null }, withModel({ type: 'BPE' }), withModel({ byte_fallback: true }), withModel({ unk_id: 10 ** 6 })]) {
    expect(() => createStaticTokenizer(other, config)).toThrow(StaticFormError);
  }
  for (const other of [{}, { ...config, tokenizer_class: 'T5Tokenizer' }, { ...config, remove_space: true }]) expect(() => createStaticTokenizer(tokenizer, other)).toThrow(StaticFormError);
  const file = readFileSync(path.join(modelDir, 'onnx/model_quantized.onnx'));
  expect(readStaticGraph(file)).toMatchObject({ tokenCount: 18_000, dims });
  expect(() => readStaticGraph(Buffer.from(file.toString('latin1').replace('Unsqueeze', 'Unsquooze'), 'latin1'))).toThrow(StaticFormError);
  expect(() => readStaticGraph(Buffer.alloc(0))).toThrow(StaticFormError);
});

test('a damaged graph is refused, whatever is wrong with it', () => {
  const file = readFileSync(path.join(modelDir, 'onnx/model_quantized.onnx'));
  // the graph's own description stands before the tables; its last bytes after them
  const places = fc.oneof(fc.nat(600), fc.nat(120).map((back) => file.length - 1 - back));
  fc.assert(fc.property(places, fc.nat(255), fc.boolean(), (at, byte, isCut) => {
    const damaged = Buffer.from(isCut ? file.subarray(0, at) : file);
    if (!isCut) damaged[at] = byte;
    expect(outcomeOf(damaged)).toBe('whole or refused');
  }), { numRuns: 40 });
});

function outcomeOf(file: Buffer): string {
  try {
    const { rows, scales, tokenCount, dims: columns } = readStaticGraph(file);
    return rows.length === tokenCount * columns && scales.length === tokenCount ? 'whole or refused' : 'broken';
  } catch (error) {
    return error instanceof StaticFormError ? 'whole or refused' : String(error);
  }
}
