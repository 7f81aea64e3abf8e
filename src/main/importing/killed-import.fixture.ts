// Started by a test as a program of its own: imports a file into the store of a folder until it is killed.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openWriter, type StoreKey } from '../db/open-db.ts';
import { openFile } from '../files/open-file.ts';
import { createIdMaker } from '../platform/ids.ts';
import { createImportService } from './import.service.ts';

const [folder = '', file = ''] = process.argv.slice(2);
const db = openWriter(path.join(folder, 'store.db'), readFileSync(path.join(folder, 'key')) as StoreKey);
const clock = { nowMs: () => 1 };
const imports = createImportService({
  db,
  jobs: {
    run: () => {
      throw new Error('no jobs here');
    },
  },
  openFile: (target) => openFile(target, {
    fork: () => {
      throw new Error('no parser needed');
    },
  }),
  writeContext: () => ({ newId: createIdMaker(clock), nowMs: 1, shopId: 'shop' }),
  onImported: () => {},
});
await imports.run(file, 'conversations', {}, undefined, { total: () => {}, advance: () => void process.stdout.write('.') });
