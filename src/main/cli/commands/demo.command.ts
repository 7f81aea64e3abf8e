import type { CliServices } from '../cli-services.ts';
import { UsageError, writeJson, type Command, type CommandContext } from '../cli.types.ts';
import { createProgressLines } from '../progress-lines.ts';

export const demoCommand: Command = {
  name: 'demo',
  usage: 'demo install|remove|status',
  summary: 'Brings the demo shop into an empty store, or takes it out again',
  details: `The demo shop has articles, macros, products, customers with orders, and past conversations; its dates are moved so that they end today.
It goes into a store without customers of its own. Removing takes out everything it brought.
Options:
  --no-wait   do not wait until the new texts can be found by meaning
Prints JSON with --json.`,
  options: { 'no-wait': { type: 'boolean' } },
  async run(context) {
    const { io, deps, positionals, isJson, store, signal } = context;
    const [action, ...rest] = positionals;
    if ((action !== 'install' && action !== 'remove' && action !== 'status') || rest.length > 0) throw new UsageError('The word after demo must be install, remove or status.');
    const services = await deps.openServices(store);
    try {
      if (action !== 'status') await change(context, services, action);
      const status = services.demo.status();
      if (isJson) writeJson(io, status);
      else io.writeOut(`demo shop: ${status.state}\n`);
      return signal.aborted ? 1 : 0;
    } finally {
      await services.close();
    }
  },
};

async function change({ io, deps, values, signal }: CommandContext, services: CliServices, action: 'install' | 'remove'): Promise<void> {
  const report = await services.demo[action]({ signal, progress: createProgressLines(io, action === 'install' ? 'installed' : 'removed', deps.nowMs) });
  for (const { file, line, reason } of report.rejected) io.writeErr(`  ${file}${line === null ? '' : `:${line}`}  ${reason}\n`);
  if (action === 'remove' || values['no-wait'] === true || signal.aborted) return;
  io.writeErr('indexing the new texts by meaning\n');
  await services.embedded();
}
