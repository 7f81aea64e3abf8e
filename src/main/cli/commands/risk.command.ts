import { scoreTurns, reasonsOf, nearestTo } from '../../insight/risk.service.ts';
import { bandOf } from '../../insight/risk/alert-state.ts';
import type { RiskTurn } from '../../insight/risk/risk-turn.ts';
import { isJsonObject } from '../../importing/json-cells.ts';
import { parseConversation, type ImportedConversation } from '../../importing/conversation-line.ts';
import { DeskmateError } from '../../platform/errors.ts';
import type { CliDeps, CliIo, Command } from '../cli.types.ts';
import { createExampleMatcher, NO_MATCHER, type ExampleMatcher } from '../example-matcher.ts';
import { answerJsonLines, type LineAnswer } from '../stdin-lines.ts';

const DEFAULT_ZONE_MINUTES = 480;

export const riskCommand: Command = {
  name: 'risk',
  usage: 'risk < conversations.jsonl',
  summary: 'Scores how likely each conversation is to escalate, turn by turn',
  details: `Reads one conversation a line from stdin (docs/formats.md) and prints one JSON array a line, one entry for each customer turn:
{"conversation","turn","id","escalation","band","badReview","churn","reasons":[{"feature","weight","turn","quote","values"}]}.
turn counts from 0; escalation is a probability as of that turn. badReview and churn are null: this version does not score them.`,
  options: {},
  async run({ io, deps, signal }) {
    const matcher = await openMatcher(deps, io);
    try {
      return await answerJsonLines(io, signal, async (value): Promise<LineAnswer> => {
        const turns = isJsonObject(value) ? value['turns'] : undefined;
        if (!isJsonObject(value) || !Array.isArray(turns)) return { ok: false, reason: 'This is not a conversation; needed is an object such as {"id":"c1","turns":[{"role":"customer","text":"…","at":"2025-03-04"}]}.' };
        const parsed = parseConversation(value, turns, { zoneOffsetMinutes: DEFAULT_ZONE_MINUTES });
        return parsed.ok ? { ok: true, answer: await scoreConversation(parsed.conversation, matcher) } : parsed;
      });
    } finally {
      await matcher.close();
    }
  },
};

/** Without the model the words alone decide, as in the app. */
async function openMatcher(deps: CliDeps, io: CliIo): Promise<ExampleMatcher> {
  try {
    return await createExampleMatcher(await deps.loadModel(), deps.readRiskExamples());
  } catch (error) {
    if (!(error instanceof DeskmateError) || error.code !== 'engine_down') throw error;
    io.writeErr(`Scoring by words only: ${error.message}\n`);
    return NO_MATCHER;
  }
}

async function scoreConversation(conversation: ImportedConversation, matcher: ExampleMatcher): Promise<unknown[]> {
  const turns = conversation.messages.map(({ externalId, role, text, sentAt }): RiskTurn => ({ id: externalId, role, text, at: sentAt }));
  const places = new Map(turns.map(({ id }, place) => [id, place]));
  const entries: unknown[] = [];
  for (const [place, turn] of turns.entries()) {
    if (turn.role !== 'customer') continue;
    const near = await nearestTo(matcher, matcher.examples, turn.text);
    const { p, contributions } = scoreTurns(turns.slice(0, place + 1), near, { now: turn.at });
    const reasons = reasonsOf(contributions).map(({ messageId, feature, weight, quote, values }) => ({ feature, weight, turn: messageId === null ? null : (places.get(messageId) ?? null), quote, values }));
    entries.push({ conversation: conversation.externalId, turn: place, id: turn.id, escalation: p, band: bandOf(p), badReview: null, churn: null, reasons });
  }
  return entries;
}
