// The shipped model as a plain transformers.js folder, as others publish theirs.
import fs, { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { DEFAULT_MODEL_ID } from '../engine/embedding-model.ts';
import { readManifest } from '../engine/model-manifest.ts';
import { createOutwardStream, type Contact } from '../platform/contact-log.ts';
import { measureFolder } from './measure-folder.ts';
import { createModelService, type ModelServiceDeps } from './model.service.ts';

export const SHIPPED_DIR = path.join(import.meta.dirname, '../../../models');
export const SHIPPED = readManifest(path.join(SHIPPED_DIR, DEFAULT_MODEL_ID));
export const NOW = Date.UTC(2026, 0, 1);

const FILES = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model_quantized.onnx'];

/** The files of such a folder by their names. */
export function plainFiles(): Record<string, Buffer> {
  return Object.fromEntries(FILES.map((name) => [name, fs.readFileSync(path.join(SHIPPED_DIR, DEFAULT_MODEL_ID, name))]));
}

/** A folder without our manifest; `extra` writes further files over it. */
export function plainFolder(dir: string, extra: Readonly<Record<string, string>> = {}): string {
  for (const name of FILES) cpSync(path.join(SHIPPED_DIR, DEFAULT_MODEL_ID, name), path.join(dir, name));
  for (const [name, text] of Object.entries(extra)) {
    mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
    writeFileSync(path.join(dir, name), text);
  }
  return dir;
}

export function openModels(change: Partial<ModelServiceDeps> = {}) {
  const root = mkdtempSync(path.join(os.tmpdir(), 'deskmate-models-'));
  const userDir = path.join(root, 'models');
  const chosen = { wanted: DEFAULT_MODEL_ID, serving: null as string | null };
  const contacts: Contact[] = [];
  const streamOutside = createOutwardStream((contact) => contacts.push(contact), () => NOW);
  const service = createModelService({ shippedDir: SHIPPED_DIR, userDir, nowMs: () => NOW, streamOutside, measure: measureFolder, wantedId: () => chosen.wanted, servingId: () => chosen.serving, setWanted: (id) => (chosen.wanted = id), ...change });
  /** The models that did not ship. */
  const own = () => service.list().filter(({ origin }) => origin !== 'shipped');
  return { root, userDir, chosen, contacts, service, own };
}

/** Lets no more than so many bytes be written from now on, as a disk that is nearly full. Returns what makes room. */
export function fillDisk(leftBytes: number): () => void {
  const { writeSync } = fs;
  let left = leftBytes;
  const write = (handle: number, piece: Buffer, start: number, ...rest: number[]) => {
    if (left <= 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    const count = writeSync(handle, piece, start, Math.min(left, rest[0] ?? piece.length - start), rest[1]);
    left -= count;
    return count;
  };
  Object.assign(fs, { writeSync: write });
  syncBuiltinESMExports();
  return () => {
    Object.assign(fs, { writeSync });
    syncBuiltinESMExports();
  };
}
