import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { migrate } from '../db/migrate.ts';
import { openWriter, type StoreKey } from '../db/open-db.ts';
import { temporaryFolder } from '../files/file-fixtures.ts';
import { BATCH_ROW_COUNT } from './import-batch.ts';
import { jsonLines } from './importing.fixture.ts';

it('a killed import leaves whole batches in a sound store', async () => {
  using folder = temporaryFolder();
  const key = randomBytes(32) as StoreKey;
  folder.file('key', key);
  const store = path.join(folder.path, 'store.db');
  const prepared = openWriter(store, key);
  migrate(prepared);
  prepared.close();
  const file = folder.file('m.jsonl', jsonLines(...Array.from({ length: 20_000 }, (_, index) => ({ conv_id: `c${index % 9}`, msg_id: `${index}`, ts: 1_700_000_000_000 + index, role: 'customer', text: `第 ${index} 句话` }))));

  const child = spawn(process.execPath, [fileURLToPath(new URL('./killed-import.fixture.ts', import.meta.url)), folder.path, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');

  const db = openWriter(store, key);
  const count = db.prepare('SELECT count(*) FROM messages').pluck().get() as number;
  const pending = db.prepare('SELECT count(*) FROM pending_vectors').pluck().get();
  expect([count > 0, count < 20_000, count % BATCH_ROW_COUNT, pending, db.pragma('integrity_check', { simple: true })]).toEqual([true, true, 0, count, 'ok']);
  db.close();
});
