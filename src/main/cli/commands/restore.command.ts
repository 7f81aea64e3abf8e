import path from 'node:path';
import { UsageError, writeJson, type Command } from '../cli.types.ts';

export const restoreCommand: Command = {
  name: 'restore',
  usage: 'restore BACKUP --yes',
  summary: 'Puts a backup in the place of the store',
  details: '  --yes  really replace the store; the old one stays beside it as store.db.before-restore\nThe backup is opened and checked first. A passphrase is taken from DESKMATE_PASSPHRASE.',
  options: { yes: { type: 'boolean' } },
  async run({ io, deps, values, positionals, isJson, store }) {
    const [file, ...rest] = positionals;
    if (file === undefined || rest.length > 0) throw new UsageError('Name one backup file.');
    if (values['yes'] !== true) throw new UsageError(`This replaces the store in ${store.storeDir}. Add --yes to do it.`);
    await deps.restore(store, path.resolve(file));
    if (isJson) writeJson(io, { storeDir: store.storeDir });
    else io.writeOut(`Restored into ${store.storeDir}.\n`);
    return 0;
  },
};
