import { DeskmateError } from '../../platform/errors.ts';
import type { MeasureWork } from '../../app/tuning.service.ts';
import type { SearchTuning } from '../../search/search-tuning.ts';
import type { TuneResult } from '../../tuning/tune.ts';
import type { CliServices } from '../cli-services.ts';
import { countOption, UsageError, writeJson, type CliIo, type Command } from '../cli.types.ts';
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
      if (asked[0] === 'status' || asked[0] === 'reset') return tellState(io, services.tuning, asked[0], isJson);
      return await tune({ io, isJson, share, isDry: asked[0] === 'dry-run', tuning: services.tuning, work: { onProgress: createProgressLines(io, 'steps done', deps.nowMs).at, signal } });
    } finally {
      await services.close();
    }
  },
};

type Tuning = CliServices['tuning'];
type TuneInput = { io: CliIo; isJson: boolean; share: number; isDry: boolean; tuning: Tuning; work: Omit<MeasureWork, 'share'> };

/** Answers the exit code: 1 when nothing did better. */
async function tune({ io, isJson, share, isDry, tuning, work }: TuneInput): Promise<number> {
  const measured = await tuning.measure({ share, ...work });
  const { result, counts } = measured;
  if (result === null) throw new DeskmateError('bad_request', `The store holds too little history: of ${counts.conversations} finished conversations ${counts.exchanges} answers can be told from small talk, and none comes before those to be asked.`);
  const isKept = !isDry && tuning.keep(measured);
  tell(io, result, isJson, isKept ? 'Kept.' : `Nothing was kept (${isDry ? '--dry-run' : 'nothing did better than what is in use'}).`);
  return result.weights === null && result.calibration === null ? 1 : 0;
}

function tellState(io: CliIo, tuning: Tuning, asked: 'status' | 'reset', isJson: boolean): number {
  const { own: held } = asked === 'reset' ? tuning.undo() : tuning.status();
  const own = tuning.own() ?? null;
  if (isJson) writeJson(io, { tuning: own });
  else if (own === null) io.writeOut('In use: what came with Deskmate.\n');
  else io.writeOut(`Measured with ${own.modelKey} on ${new Date(own.madeAt).toISOString().slice(0, 10)}${held?.holds === false ? '; not in use, because another model searches now' : ''}\n${weightLines(own, 'as shipped').join('\n')}\n`);
  return 0;
}

function tell(io: CliIo, result: TuneResult, isJson: boolean, ending: string): void {
  if (isJson) return writeJson(io, result);
  const { mrr, reliability: { before, after } } = result.figures;
  const lines = [
    `${result.choosing} questions chose, ${result.checking} newer ones decided`,
    `MRR ${decimals(mrr.before)} -> ${decimals(mrr.after)}${mrr.lead === null ? '' : ` (95 % of the lead: ${decimals(mrr.lead[0])} to ${decimals(mrr.lead[1])})`}`,
    `Brier ${decimals(before.brier)} -> ${decimals(after.brier)}, calibration error ${decimals(before.calibrationError)} -> ${decimals(after.calibrationError)}`,
    ...weightLines(result, 'as it is'),
    ending,
  ];
  io.writeOut(`${lines.join('\n')}\n`);
}

/** `none`: what is said where nothing was chosen. */
function weightLines({ weights, calibration }: Pick<SearchTuning, 'weights' | 'calibration'>, none: string): string[] {
  const ofWeights = weights === null ? none : Object.entries(weights).map(([pair, weight]) => `${pair} ${weight}`).join(', ');
  return [`Weight of meaning: ${ofWeights}`, `Probability: ${calibration === null ? none : `slope ${decimals(calibration.slope)}, offset ${decimals(calibration.offset)}`}`];
}

function decimals(value: number | null): string {
  return value === null ? '–' : value.toFixed(3);
}
