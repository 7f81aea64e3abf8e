import { isJsonObject } from '../../importing/json-cells.ts';
import { parseConversation } from '../../importing/conversation-line.ts';
import { DeskmateError } from '../../platform/errors.ts';
import { writeJson, type Command } from '../cli.types.ts';
import { readJsonInput } from '../stdin-lines.ts';

const EXPECTED = 'one conversation such as {"id":"c1","turns":[{"role":"customer","text":"…","at":"2025-03-04T09:00:00Z"}]}';
const DEFAULT_ZONE_MINUTES = 480;

export const suggestCommand: Command = {
  name: 'suggest',
  usage: 'suggest < conversation.json',
  summary: 'Suggests replies to the last customer turn of a conversation; stores and sends nothing',
  details: `Reads one conversation from stdin (docs/formats.md) and prints
{"suggestions":[{"text","kind","sources","score","why",…}],"questions":[],"plans":[],"warnings":[]} with --json.`,
  options: {},
  async run({ io, deps, isJson, store }) {
    const value = await readJsonInput(io, EXPECTED);
    const turns = isJsonObject(value) ? value['turns'] : undefined;
    if (!isJsonObject(value) || !Array.isArray(turns)) throw new DeskmateError('bad_request', `stdin is not a conversation; needed is ${EXPECTED}.`);
    const parsed = parseConversation(withTime(value, deps.nowMs()), turns, { zoneOffsetMinutes: DEFAULT_ZONE_MINUTES });
    if (!parsed.ok) throw new DeskmateError('bad_request', parsed.reason);
    const services = await deps.openServices(store);
    try {
      const answer = await services.suggest(parsed.conversation);
      if (isJson) {
        writeJson(io, answer);
        return 0;
      }
      for (const [place, { text, kind, score, sources }] of answer.suggestions.entries()) {
        io.writeOut(`${place + 1}. ${text}\n   ${kind}, score ${score.toFixed(2)}, from ${sources.map(({ title }) => title).join('; ')}\n`);
      }
      if (answer.suggestions.length === 0) io.writeOut('No suggestion is good enough.\n');
      for (const { kind, p, band } of answer.warnings) io.writeOut(`Warning: ${kind} ${(p * 100).toFixed(0)} % (${band})\n`);
      return 0;
    } finally {
      await services.close();
    }
  },
};

/** A conversation piped in by hand may name no times at all: it is happening now. */
function withTime<T extends { [key: string]: unknown }>(value: T, nowMs: number): T {
  return value['openedAt'] === undefined && value['opened_at'] === undefined ? { ...value, openedAt: nowMs } : value;
}
