import type { AdaptChange, AdaptRun, AdaptStatus } from '../../../shared/contract/adapt.contract.ts';
import { UsageError, writeJson, type CliIo, type Command } from '../cli.types.ts';

/** What came of a training, in words. */
const VERDICTS: Record<AdaptRun['verdict'], string> = {
  better: 'Better on conversations it had not seen. `deskmate adapt --accept` takes it into use.',
  not_better: 'Thrown away: it finds the answers of conversations it had not seen no better than before, or so little better that it may be chance.',
  lost_general: 'Thrown away: it lost too much of general English, or of finding English by Chinese.',
  too_few_held: 'Not tried: there are too few answered questions to tell whether it would be better.',
  too_few_pairs: 'Not tried: there is too little to learn from.',
  forgotten: 'Thrown away: a conversation it had learned from was deleted meanwhile.',
};

export const adaptCommand: Command = {
  name: 'adapt',
  usage: 'adapt [--accept | --undo | --status]',
  summary: 'Teaches the search model the words of this shop, on this machine',
  details: `  --accept  takes what was learned into use
  --undo    deletes what was learned; back to the model that came with Deskmate
  --status  says what there is, and changes nothing
Without one of them it learns from finished conversations, sent suggestions and the knowledge base (about a minute) and says whether that was of use.
Prints {"status","changes":[{"question","before","after"}]} with --json.`,
  options: { accept: { type: 'boolean' }, undo: { type: 'boolean' }, status: { type: 'boolean' } },
  async run({ io, deps, values, positionals, isJson, store, signal }) {
    const asked = ['accept', 'undo', 'status'].filter((name) => values[name] === true);
    if (positionals.length > 0 || asked.length > 1) throw new UsageError('adapt takes one of --accept, --undo and --status, and no further words.');
    const services = await deps.openServices(store);
    try {
      const { adapt } = services;
      if (asked[0] === 'accept') adapt.accept();
      if (asked[0] === 'undo') adapt.undo();
      const status = asked.length === 0 ? await adapt.run(signal) : adapt.status();
      const changes = asked.length === 0 && status.candidate !== null ? await adapt.preview() : [];
      if (isJson) writeJson(io, { status, changes });
      else tell(io, status, changes);
      return asked.length === 0 && status.lastRun?.verdict !== 'better' ? 1 : 0;
    } finally {
      await services.close();
    }
  },
};

function tell(io: CliIo, status: AdaptStatus, changes: readonly AdaptChange[]): void {
  const { accepted, candidate, lastRun, pairCount, missingCount } = status;
  const lines = [`In use: ${accepted === null ? 'the model that came with Deskmate' : `${accepted.key}, learned from ${accepted.conversationCount} conversations`}`];
  lines.push(`To learn from: ${pairCount} pairs of texts${missingCount > 0 ? `, ${missingCount} too few` : ''}`);
  if (candidate !== null) lines.push(`Waiting: ${candidate.key}, learned from ${candidate.conversationCount} conversations`);
  if (lastRun !== null) lines.push(VERDICTS[lastRun.verdict], ...figureLines(lastRun), `${(lastRun.cpuMs / 1000).toFixed(1)} CPU s`);
  if (status.isStale) lines.push('What was learned was deleted together with a customer; run `deskmate adapt` to learn without them.');
  for (const { question, before, after } of changes) lines.push('', question, ...before.map((text) => `  - ${firstLine(text)}`), ...after.map((text) => `  + ${firstLine(text)}`));
  io.writeOut(`${lines.join('\n')}\n`);
}

function figureLines({ figures }: AdaptRun): string[] {
  return Object.entries(figures ?? {}).map(([slice, { before, after, queryCount }]) => `${slice}\tMRR ${before.toFixed(3)} -> ${after.toFixed(3)}\t${queryCount} questions`);
}

const firstLine = (text: string): string => (text.split('\n')[0] ?? '').slice(0, 60);
