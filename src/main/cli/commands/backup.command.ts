import path from 'node:path';
import { UsageError, writeJson, type Command } from '../cli.types.ts';

const OPENED_BY = {
  passphrase: 'It opens with the passphrase or the recovery code.',
  key_file: 'It opens with the key file of this store.',
  this_computer: 'It opens on this computer only.',
  anyone: 'Anyone who has the file can open it: this store has no passphrase.',
} as const;

export const backupCommand: Command = {
  name: 'backup',
  usage: 'backup [PATH]',
  summary: 'Writes one encrypted backup file of the store',
  details: "Without PATH it goes into the store's own backup folder. Prints {\"path\",\"bytes\",\"openedBy\"} with --json.",
  options: {},
  async run({ io, deps, positionals, isJson, store }) {
    const [target, ...rest] = positionals;
    if (rest.length > 0) throw new UsageError('Name one file.');
    const services = await deps.openServices(store);
    try {
      const result = await services.backup(target === undefined ? null : path.resolve(target));
      if (isJson) writeJson(io, result);
      else io.writeOut(`${result.path} (${result.bytes} bytes). ${OPENED_BY[result.openedBy]}\n`);
      return 0;
    } finally {
      await services.close();
    }
  },
};
