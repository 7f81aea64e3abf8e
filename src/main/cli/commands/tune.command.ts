import { setImmediate as nextTurn } from 'node:timers/promises';
import { DeskmateError } from '../../platform/errors.ts';
import type { SearchTuning } from '../../search/search-tuning.ts';
import { countOption, UsageError, writeJson, type CliIo, type Command } from '../cli.types.ts';
import { exchangesOf, splitByTime } from '../eval/history.ts';
import { tuneOnHistory, type TuneResult } from '../eval/tune.ts';
import { createProgressLines } from '../progress-lines.ts';

export const tuneCommand: Command = {
  name: 'tune',
  usage: 'tune [--share N] [--dry-run] | tune --status | tune --reset',
  summary: 'Weighs words against meaning for this shop, and sets how sure a suggestion must look, by asking again what customers asked',
  details: `  --share N   how many percent of the exchanges, the newest, are asked again (default 20): the older half chooses, the newer half decides
  --dry-run   measures and keeps nothing
  --status    says what is in use, and measures nothing
  --reset     back to what came with Deskmate
What did no better on the newer half is not kept. It holds for the search model it was measured with. --json prints the figures. docs/evaluation.md`,
  options: { share: { type: 'string' }, 'dry-run': { type: 'boolean' }, status: { type: 'boolean' }, reset: { type: 'boolean' } },
  async run({ io, deps, values, positionals, isJson, store, signal }) {
    const asked = ['dry-run', 'status', 'reset'].filter((name) => values[name] === true);
    if (positionals.length > 0 || asked.length > 1) throw new UsageError('tune takes one of --dry-run, --status and --reset, and no further words.');
    const share = countOption(values, 'share', { fallback: 20, min: 1, max: 90 }) / 100;
    const services = await deps.openServices(store);
    try {
      const { tuning } = services;
      if (asked[0] === 'reset') tuning.reset();
      if (asked[0] === 'reset' || asked[0] === 'status') {
        tellState(io, tuning.find() ?? null, isJson);
        return 0;
      }
      const { turns, knowledge } = tuning.history();
      const { exchanges, counts } = exchangesOf(turns);
      const split = splitByTime(exchanges, share);
      if (split === undefined) throw new DeskmateError('bad_request', `The store holds too little history: of ${counts.conversations} finished conversations ${counts.exchanges} answers can be told from small talk, and none comes before those to be asked.`);
      const onProgress = createProgressLines(io, 'texts embedded', deps.nowMs).at;
      const breathe = async () => {
        await nextTurn();
        signal.throwIfAborted();
      };
      const result = await tuneOnHistory(split, knowledge, { model: { embed: async (texts) => [...(await tuning.embed(texts, signal))] }, onProgress, breathe });
      if (asked.length === 0) tuning.save(result);
      tell(io, result, isJson, asked.length === 0);
      return result.weights === null && result.calibration === null ? 1 : 0;
    } finally {
      await services.close();
    }
  },
};

function tellState(io: CliIo, tuning: SearchTuning | null, isJson: boolean): void {
  if (isJson) writeJson(io, { tuning });
  else if (tuning === null) io.writeOut('In use: what came with Deskmate.\n');
  else io.writeOut(`Measured with ${tuning.modelKey} on ${new Date(tuning.madeAt).toISOString().slice(0, 10)}\n${weightLines(tuning).join('\n')}\n`);
}

function tell(io: CliIo, result: TuneResult, isJson: boolean, isKept: boolean): void {
  if (isJson) return writeJson(io, result);
  const { mrr, brier, calibrationError } = result.figures;
  const lines = [
    `${result.choosing} questions chose, ${result.checking} newer ones decided`,
    `MRR ${decimals(mrr.before)} -> ${decimals(mrr.after)}${mrr.lead === null ? '' : ` (95 % of the lead: ${decimals(mrr.lead[0])} to ${decimals(mrr.lead[1])})`}`,
    `Brier ${decimals(brier.before)} -> ${decimals(brier.after)}, calibration error ${decimals(calibrationError.before)} -> ${decimals(calibrationError.after)}`,
    ...weightLines(result),
    isKept ? 'Kept.' : 'Nothing was kept (--dry-run).',
  ];
  io.writeOut(`${lines.join('\n')}\n`);
}

function weightLines({ weights, calibration }: Pick<SearchTuning, 'weights' | 'calibration'>): string[] {
  const ofWeights = weights === null ? 'as shipped' : Object.entries(weights).map(([pair, weight]) => `${pair} ${weight}`).join(', ');
  return [`Weight of meaning: ${ofWeights}`, `Probability: ${calibration === null ? 'as shipped' : `slope ${decimals(calibration.slope)}, offset ${decimals(calibration.offset)}`}`];
}

function decimals(value: number | null): string {
  return value === null ? '–' : value.toFixed(3);
}
