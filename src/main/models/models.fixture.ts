// The shipped model as a plain transformers.js folder, as others publish theirs.
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createOutwardStream, type Contact } from '../platform/contact-log.ts';
import { createModelService, type ModelServiceDeps } from './model.service.ts';

export const SHIPPED_DIR = path.join(import.meta.dirname, '../../../models');
export const NOW = Date.UTC(2026, 0, 1);

const FILES = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model_quantized.onnx'];

/** A folder without our manifest; `extra` writes further files over it. */
export function plainFolder(dir: string, extra: Readonly<Record<string, string>> = {}): string {
  for (const name of FILES) cpSync(path.join(SHIPPED_DIR, 'deskmate-embed-1', name), path.join(dir, name));
  for (const [name, text] of Object.entries(extra)) {
    mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
    writeFileSync(path.join(dir, name), text);
  }
  return dir;
}

export function openModels(change: Partial<ModelServiceDeps> = {}) {
  const root = mkdtempSync(path.join(os.tmpdir(), 'deskmate-models-'));
  const userDir = path.join(root, 'models');
  const chosen = { wanted: 'deskmate-embed-1', serving: null as string | null };
  const contacts: Contact[] = [];
  const streamOutside = createOutwardStream((contact) => contacts.push(contact), () => NOW);
  const service = createModelService({ shippedDir: SHIPPED_DIR, userDir, nowMs: () => NOW, streamOutside, wantedId: () => chosen.wanted, servingId: () => chosen.serving, setWanted: (id) => (chosen.wanted = id), ...change });
  return { root, userDir, chosen, contacts, service };
}
