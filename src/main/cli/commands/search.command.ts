import type { SearchKind } from '../../../shared/contract/search.contract.ts';
import { countOption, textOption, UsageError, writeJson, type Command } from '../cli.types.ts';

const KINDS_OF: Readonly<Record<string, readonly SearchKind[]>> = { passages: ['passage'], macros: ['macro'], messages: ['message'], all: ['passage', 'macro', 'message'] };
const SHOWN_UNITS = 160;

export const searchCommand: Command = {
  name: 'search',
  usage: 'search "WORDS" [--in passages|macros|messages|all] [--k N]',
  summary: 'Searches knowledge, macros and messages by words and by meaning',
  details: `  --in WHERE  passages, macros, messages or all (default all)
  --k N       how many hits, 1 to 100 (default 10)
Prints {"hits":[{"kind","id","text","score","source",…}],"isWordsOnly"} with --json; isWordsOnly: meaning was not available.`,
  options: { in: { type: 'string' }, k: { type: 'string' } },
  async run({ io, deps, values, positionals, isJson, store, signal }) {
    const text = positionals.join(' ').trim();
    if (text === '') throw new UsageError('Say what to search for.');
    const kinds = KINDS_OF[textOption(values, 'in') ?? 'all'];
    if (kinds === undefined) throw new UsageError(`--in must be one of ${Object.keys(KINDS_OF).join(', ')}.`);
    const limit = countOption(values, 'k', { fallback: 10, min: 1, max: 100 });
    const services = await deps.openServices(store);
    try {
      const { hits, isWordsOnly } = await services.search({ text, kinds, limit }, signal);
      if (isJson) writeJson(io, { hits, isWordsOnly });
      else {
        for (const hit of hits) io.writeOut(`${hit.score.toFixed(3)}  ${hit.kind}  ${hit.source}\n       ${oneLine(hit.text)}\n`);
        if (hits.length === 0) io.writeOut('Nothing found.\n');
        if (isWordsOnly) io.writeErr('Searched by words only: the language model is not running.\n');
      }
      return 0;
    } finally {
      await services.close();
    }
  },
};

function oneLine(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  return flat.length > SHOWN_UNITS ? `${flat.slice(0, SHOWN_UNITS).toWellFormed()}…` : flat;
}
