import { UsageError, writeJson, type Command } from '../cli.types.ts';

export const repsCommand: Command = {
  name: 'reps',
  usage: 'reps [--reset-pin NAME]',
  summary: 'Lists the reps of the store; resets a forgotten PIN',
  details: '  --reset-pin NAME  removes the PIN of this rep; whoever can open the store may do so, and the audit notes it\nPrints {"reps":[{"id","name","role","certificateLevel","isActive","hasPin"}]} with --json.',
  options: { 'reset-pin': { type: 'string' } },
  async run({ io, deps, values, positionals, isJson, store }) {
    if (positionals.length > 0) throw new UsageError('reps takes no further words.');
    const services = await deps.openServices(store);
    try {
      const name = values['reset-pin'];
      if (typeof name === 'string') {
        const rep = services.reps.list().find((one) => one.name === name);
        if (rep === undefined) throw new UsageError(`There is no rep named ${name}.`);
        services.reps.resetPin(rep.id);
      }
      const reps = services.reps.list().map(({ id, name: repName, role, certificateLevel, isActive, hasPin }) => ({ id, name: repName, role, certificateLevel, isActive, hasPin }));
      if (isJson) writeJson(io, { reps });
      else for (const rep of reps) io.writeOut(`${rep.name === '' ? '(unnamed)' : rep.name}\t${rep.role}\t${rep.certificateLevel}\t${rep.isActive ? 'active' : 'inactive'}\t${rep.hasPin ? 'PIN' : 'no PIN'}\n`);
      return 0;
    } finally {
      await services.close();
    }
  },
};
