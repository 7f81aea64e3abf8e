import { UsageError, writeJson, type Command } from '../cli.types.ts';

export const eraseCommand: Command = {
  name: 'erase',
  usage: 'erase CUSTOMER [--yes]',
  summary: 'Shows what the store holds of a customer; with --yes erases it for good',
  details: "  --yes  erase; there is no way back, and older backups that Deskmate keeps are removed too\nCUSTOMER is the shop's id of the customer, or ours. Prints {\"erased\",\"customerId\",\"externalId\",\"name\",\"counts\"} with --json.",
  options: { yes: { type: 'boolean' } },
  async run({ io, deps, values, positionals, isJson, store }) {
    const [customer, ...rest] = positionals;
    if (customer === undefined || rest.length > 0) throw new UsageError('Name one customer.');
    const services = await deps.openServices(store);
    try {
      const preview = await services.erasePreview(customer);
      const isErasing = values['yes'] === true;
      const result = isErasing ? await services.erase(preview.customerId) : preview;
      if (isJson) writeJson(io, { erased: isErasing, ...result });
      else {
        const counts = Object.entries(result.counts).map(([kind, count]) => `${count} ${kind}`).join(', ');
        io.writeOut(isErasing ? `Erased ${result.name} (${result.externalId}): ${counts}.\n` : `${result.name} (${result.externalId}) has ${counts}. Nothing was erased; add --yes to erase it.\n`);
      }
      return 0;
    } finally {
      await services.close();
    }
  },
};
