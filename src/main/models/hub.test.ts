import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { DEFAULT_MODEL_ID } from '../engine/embedding-model.ts';
import { fileAddress, isHubAddress, parseHubAddress } from './hub-address.ts';
import { COMMIT, openHub, type Hub } from './hub.fixture.ts';
import { fillDisk, openModels, plainFiles, SHIPPED } from './models.fixture.ts';

const FILES: Readonly<Record<string, Buffer | string>> = { ...plainFiles(), 'README.md': '---\nlicense: mit\n---\n' };
const WEIGHTS = Buffer.from(FILES['onnx/model_quantized.onnx'] ?? '');
const WEIGHT_BYTES = WEIGHTS.length;
const CUT = 1_000_000;

async function open(faults: Hub['faults'] = {}) {
  const hub = await openHub(FILES);
  onTestFinished(() => hub.close());
  Object.assign(hub.faults, faults);
  const models = openModels();
  const partial = () => readdirSync(models.userDir).filter((name) => name.startsWith('.download-')).map((name) => path.join(models.userDir, name));
  const part = () => path.join(partial()[0] ?? '', 'onnx/model_quantized.onnx.part');
  return { hub, ...models, partial, part };
}

test('a model of a hub is fetched by way of its redirects, measured, and every contact noted', async () => {
  const { hub, service, contacts, userDir } = await open();
  const seen: [number, number | null][] = [];
  const added = await service.add(`${hub.address}/tree/v1`, {}, { onProgress: ({ step, doneBytes, totalBytes }) => step === 'download' && seen.push([doneBytes, totalBytes]) });
  expect(added).toMatchObject({ id: 'e5-tiny', origin: 'url', source: hub.address, revision: COMMIT, licence: 'mit', state: 'ok', dims: SHIPPED.dims });
  const at = (name: string, revision = COMMIT) => `/maker/e5-tiny/resolve/${revision}/${name}`;
  expect(hub.asked).toEqual([
    at('config.json', 'v1'), at('tokenizer.json'), at('tokenizer_config.json'), at('onnx/model_quantized.onnx'), `/store/${COMMIT}/onnx/model_quantized.onnx`,
    ...['onnx/model_quantized.onnx_data', '1_Pooling/config.json', 'config_sentence_transformers.json', 'README.md', 'LICENSE'].map((name) => at(name)),
  ]);
  const total = Object.values(FILES).reduce((sum, file) => sum + file.length, 0);
  expect([seen.at(-1), seen.every(([done], place) => done >= (seen[place - 1]?.[0] ?? 0))]).toEqual([[total, total], true]);
  expect([contacts.length, new Set(contacts.map(({ feature, host }) => `${feature} ${host}`)), contacts.reduce((sum, one) => sum + one.bytesOut, 0)]).toEqual([10, new Set([`models ${hub.host}`]), 0]);
  expect(readdirSync(userDir)).toEqual(['e5-tiny']);
}, 30_000);

test.each([[false, 206], [true, 200]])('a broken connection leaves a part, and the next try goes on (a hub that knows no ranges: %s)', async (ignoresRange) => {
  const { hub, service, part, userDir, own } = await open({ breakAfter: CUT });
  await expect(service.add(hub.address)).rejects.toMatchObject({ code: 'channel_failed', retryable: true, message: expect.stringContaining(`${hub.host} did not answer`) });
  const kept = statSync(part()).size;
  expect([kept > 0, kept <= CUT, own()]).toEqual([true, true, []]);
  Object.assign(hub.faults, { breakAfter: undefined, ignoresRange });
  hub.asked.length = 0;
  const first: number[] = [];
  await service.add(hub.address, {}, { onProgress: ({ step, doneBytes }) => step === 'download' && first.push(doneBytes) });
  // the small files of the first try are kept
  expect(hub.asked.slice(0, 3)).toEqual(['/maker/e5-tiny/resolve/main/config.json', `/maker/e5-tiny/resolve/${COMMIT}/onnx/model_quantized.onnx bytes=${kept}-`, `/store/${COMMIT}/onnx/model_quantized.onnx bytes=${kept}-`]);
  expect([statSync(path.join(userDir, 'e5-tiny/onnx/model_quantized.onnx')).size, service.check('e5-tiny')]).toEqual([WEIGHT_BYTES, []]);
}, 30_000);

test('a part longer than the file, and one of another commit, start over', async () => {
  const { hub, service, part, partial } = await open({ breakAfter: CUT });
  await expect(service.add(hub.address)).rejects.toMatchObject({ retryable: true });
  writeFileSync(part(), Buffer.alloc(WEIGHT_BYTES + 1));
  await expect(service.add(hub.address)).rejects.toMatchObject({ retryable: true });
  expect([statSync(part()).size <= CUT, hub.asked.at(-1)]).toEqual([true, `/store/${COMMIT}/onnx/model_quantized.onnx`]);
  const next = 'd'.repeat(40);
  Object.assign(hub.faults, { commit: next });
  hub.asked.length = 0;
  await expect(service.add(hub.address)).rejects.toMatchObject({ retryable: true });
  expect([hub.asked, partial().length]).toEqual([['main/config.json', `${next}/tokenizer.json`, `${next}/tokenizer_config.json`, `${next}/onnx/model_quantized.onnx`].map((name) => `/maker/e5-tiny/resolve/${name}`).concat(`/store/${next}/onnx/model_quantized.onnx`), 1]);
}, 30_000);

test('a wrong checksum is refused and what came is thrown away', async () => {
  const { hub, service, partial } = await open({ wrongSum: true });
  await expect(service.add(hub.address)).rejects.toMatchObject({ code: 'channel_failed', message: `The file config.json did not arrive as ${hub.host} has it: its checksum is another. Try again.` });
  expect(readdirSync(partial()[0] ?? '')).toEqual([]);
});

test.each([
  ['http://example.com/x', 'leads to an address that is not safe'], ['file:///etc/hostname', 'leads to an address that is not safe'], ['', 'without end'],
])('a redirect to %j is not followed', async (redirect, message) => {
  const { hub, service } = await open();
  hub.faults.redirect = redirect === '' ? `/maker/e5-tiny/resolve/${COMMIT}/onnx/model_quantized.onnx` : redirect;
  await expect(service.add(hub.address)).rejects.toMatchObject({ code: 'channel_failed', message: expect.stringContaining(message) });
});

test.each([['tokenizer.json', 'tokenizer.json'], ['onnx/model_quantized.onnx', 'onnx/model_quantized.onnx'], ['config.json', 'config.json']])('a hub without %s says so', async (gone, named) => {
  const { hub, service, own } = await open();
  hub.files.delete(gone);
  await expect(service.add(hub.address)).rejects.toMatchObject({ code: 'not_found', message: expect.stringContaining(`${hub.host} has no ${named} of maker/e5-tiny (`) });
  expect(own()).toEqual([]);
});

test('other weights are taken where the smallest are not there, and files that are no model are refused and not kept', async () => {
  const { hub, service, partial, userDir } = await open();
  hub.files.set('onnx/model.onnx', WEIGHTS);
  hub.files.delete('onnx/model_quantized.onnx');
  await service.add(hub.address);
  expect(JSON.parse(readFileSync(path.join(userDir, 'e5-tiny/manifest.json'), 'utf8'))).toMatchObject({ file: { path: 'onnx/model.onnx', dtype: 'fp32' } });
  hub.files.set('onnx/model.onnx', Buffer.from('no model'));
  await expect(service.add(hub.address, { id: 'second' })).rejects.toMatchObject({ code: 'file_refused', message: expect.stringContaining('The model does not run') });
  expect([partial(), readdirSync(userDir)]).toEqual([[], ['e5-tiny']]);
}, 30_000);

test('a hub that refuses, one that fails, one that is not there', async () => {
  const { hub, service } = await open({ status: 401 });
  const refused = async () => service.add(hub.address).catch((error: unknown) => error);
  expect(await refused()).toMatchObject({ code: 'channel_failed', retryable: false, message: expect.stringContaining('does not let everybody fetch config.json') });
  hub.faults.status = 503;
  expect(await refused()).toMatchObject({ code: 'channel_failed', retryable: true, message: `${hub.host} answered 503 for config.json. Try again later.` });
  hub.close();
  expect(await refused()).toMatchObject({ code: 'channel_failed', retryable: true, message: expect.stringContaining('did not answer') });
});

test('cancelled in the middle, the part stays; a name that is taken is refused before anything is asked', async () => {
  const { hub, service, part } = await open();
  const abort = new AbortController();
  await expect(service.add(hub.address, {}, { signal: abort.signal, onProgress: ({ doneBytes }) => doneBytes > CUT && abort.abort() })).rejects.toMatchObject({ code: 'cancelled' });
  expect(existsSync(part())).toBe(true);
  const asked = hub.asked.length;
  await expect(service.add(hub.address, { id: DEFAULT_MODEL_ID })).rejects.toMatchObject({ code: 'conflict' });
  expect(hub.asked.length).toBe(asked);
});

test('a download that is longer or shorter than announced is none', async () => {
  const { hub, service, part, own } = await open({ announces: CUT });
  await expect(service.add(hub.address)).rejects.toMatchObject({ code: 'channel_failed', message: 'More came of onnx/model_quantized.onnx than was announced, so it was thrown away. Try again, or choose another address.' });
  expect([existsSync(part()), own()]).toEqual([false, []]);
  hub.faults.announces = WEIGHT_BYTES + 1;
  await expect(service.add(hub.address)).rejects.toMatchObject({ code: 'channel_failed', message: `Of onnx/model_quantized.onnx only ${WEIGHT_BYTES} of ${WEIGHT_BYTES + 1} bytes came. Try again: it goes on where it was.` });
  hub.faults.announces = 3_000_000_000;
  await expect(service.add(hub.address)).rejects.toMatchObject({ code: 'file_refused', message: 'The model is larger than 2 GB. Choose a smaller one.' });
  expect(own()).toEqual([]);
}, 30_000);

test('a disk that fills up while it is fetched, and while it is copied, is said plainly; with room again it goes on', async () => {
  const { hub, service, own, part } = await open();
  const full = { code: 'file_refused', retryable: true, message: 'There is no room left on the disk for the model. Free some and try again.' };
  const freeAgain = fillDisk(CUT);
  await expect(service.add(hub.address)).rejects.toMatchObject(full);
  freeAgain();
  expect([own(), statSync(part()).size > 0]).toEqual([[], true]);
  hub.asked.length = 0;
  onTestFinished(fillDisk(WEIGHT_BYTES + CUT));
  await expect(service.add(hub.address)).rejects.toMatchObject(full);
  expect([own(), hub.asked[1]?.includes(' bytes=')]).toEqual([[], true]);
}, 30_000);

test.each([
  ['https://hub.example/a/b', { origin: 'https://hub.example', host: 'hub.example', repo: 'a/b', revision: 'main' }],
  ['https://hub.example:8443/a/b.c/tree/refs/pr/1/', { origin: 'https://hub.example:8443', host: 'hub.example:8443', repo: 'a/b.c', revision: 'refs/pr/1' }],
  ['http://localhost:1/a/b?x#y', { origin: 'http://localhost:1', host: 'localhost:1', repo: 'a/b', revision: 'main' }],
])('%s is an address of a model', (text, address) => {
  expect([isHubAddress(text), parseHubAddress(text)]).toEqual([true, address]);
});

test.each(['http://hub.example/a/b', 'ftp://hub.example/a/b', 'https://me:secret@hub.example/a/b', 'https://hub.example/a', 'https://hub.example/a/b/blob/main', 'https://hub.example/a/b/tree', 'https://hub.example/a/%2e%2e%2fb', 'https://127.0.0.1.example/', 'https://'])('%s is none', (text) => {
  expect(() => parseHubAddress(text)).toThrow(expect.objectContaining({ code: 'bad_request' }));
});

test('whatever is typed, what is asked stays on the host that was typed', () => {
  const hostAsked = (text: string): string => {
    try {
      const address = parseHubAddress(text);
      return new URL(fileAddress(address, address.revision, 'config.json')).host;
    } catch (error) {
      return (error as { code?: string }).code ?? '';
    }
  };
  fc.assert(fc.property(fc.webUrl({ validSchemes: ['https'], withFragments: true, withQueryParameters: true }), (text) => {
    expect([new URL(text).host, 'bad_request']).toContain(hostAsked(text));
  }));
});
