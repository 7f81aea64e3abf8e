import type { Language } from '../../shared/contract/ids.contract.ts';
import type { SearchKind } from '../../shared/contract/search.contract.ts';
import { findReplyAfter } from '../conversations/message.repository.ts';
import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { isVisibleMacro } from '../knowledge/macro.repository.ts';
import type { SearchCandidate } from '../search/search.types.ts';
import type { CandidateRow } from './compose.ts';
import { macroWords } from './macro-text.ts';
import { namesPerson } from './person-name.ts';
import { isValidAt, type SourceView } from './suggestion-source.ts';

type Outcome = { shown_count: number | null; sent_count: number | null };
type PassageRow = Outcome & { id: string; title: string; heading: string; text: string; language: Language; updated_at: number; valid_from: number | null; valid_to: number | null };
type MacroRow = Outcome & { id: string; code: string; title: string; text: string; language: Language; updated_at: number; scope: string; rep_id: string | null };
type MessageRow = Outcome & { id: string; conversation_id: string; text: string; language: Language; sent_at: number };

const TRUST = { passage: 1, macro: 1, answeredQuestion: 0.95 };

const OUTCOME = (kind: SearchKind, id: string) => `LEFT JOIN source_outcomes o ON o.source_kind = '${kind}' AND o.source_id = ${id}`;

/** Rows of the candidates that can be offered, in the order given; past answers from the excluded conversations, other reps' own macros and articles outside their dates are left out. */
export function findCandidateRows(db: ReadableDb, candidates: readonly SearchCandidate[], excludedConversationIds: readonly string[], view: SourceView = { repId: null, nowMs: null }): CandidateRow[] {
  return candidates.flatMap((candidate) => {
    switch (candidate.kind) {
      case 'passage':
        return findPassage(db, candidate, view) ?? [];
      case 'macro':
        return findMacro(db, candidate, view) ?? [];
      case 'message':
        return findPastAnswer(db, candidate, excludedConversationIds) ?? [];
      case 'reply':
        // a reply that resembles the question seldom answers it (ADR 11)
        return [];
    }
  });
}

function evidence(candidate: SearchCandidate, row: Outcome) {
  return { cosine: candidate.cosine, matchedWords: candidate.matchedWords, shownCount: row.shown_count ?? 0, sentCount: row.sent_count ?? 0 };
}

/** The path of headings of a document often begins with its title. */
function passageTitle({ title, heading }: Pick<PassageRow, 'title' | 'heading'>): string {
  if (heading === '') return title;
  return heading === title || heading.startsWith(`${title} › `) ? heading : `${title} · ${heading}`;
}

function findPassage(db: ReadableDb, candidate: SearchCandidate, view: SourceView): CandidateRow | undefined {
  const row = prepared(db, `SELECT p.id, a.title, p.heading, p.text, p.language, a.updated_at, a.valid_from, a.valid_to, o.shown_count, o.sent_count
      FROM passages p JOIN articles a ON a.id = p.article_id AND a.deleted_at IS NULL ${OUTCOME('passage', 'p.id')} WHERE p.seq = ?`)
    .get(candidate.seq) as PassageRow | undefined;
  if (row === undefined || !isValidAt({ validFrom: row.valid_from, validTo: row.valid_to }, view.nowMs)) return undefined;
  return { kind: 'passage', id: row.id, title: () => passageTitle(row), matchedOn: `${row.heading} ${row.text}`, body: () => row.text, language: row.language, updatedAt: row.updated_at, trust: TRUST.passage, ...evidence(candidate, row) };
}

function findMacro(db: ReadableDb, candidate: SearchCandidate, view: SourceView): CandidateRow | undefined {
  const row = prepared(db, `SELECT m.id, m.code, m.title, m.text, m.language, m.updated_at, m.scope, m.rep_id, o.shown_count, o.sent_count FROM macros m ${OUTCOME('macro', 'm.id')} WHERE m.seq = ? AND m.deleted_at IS NULL`)
    .get(candidate.seq) as MacroRow | undefined;
  if (row === undefined || !isVisibleMacro({ scope: row.scope, repId: row.rep_id }, view.repId)) return undefined;
  return { kind: 'macro', id: row.id, title: () => row.code, matchedOn: `${row.title} ${macroWords(row.text)}`, body: () => row.text, language: row.language, updatedAt: row.updated_at, trust: TRUST.macro, ...evidence(candidate, row) };
}

/** A rating of 1 or 2 of 5. */
const BAD_CSAT = 2;

/** A customer message stands for the rep's answer to it. */
function findPastAnswer(db: ReadableDb, candidate: SearchCandidate, excludedConversationIds: readonly string[]): CandidateRow | undefined {
  const row = prepared(db, `SELECT m.id, m.conversation_id, m.text, m.language, m.sent_at, o.shown_count, o.sent_count
      FROM messages m ${OUTCOME('message', 'm.id')} WHERE m.seq = ?`)
    .get(candidate.seq) as MessageRow | undefined;
  if (row === undefined || excludedConversationIds.includes(row.conversation_id)) return undefined;
  const conversation = once(() => findAsked(db, row.conversation_id));
  return {
    kind: 'message', id: row.id, title: () => conversation().customerName, matchedOn: row.text, language: row.language, updatedAt: row.sent_at,
    trust: TRUST.answeredQuestion, ...evidence(candidate, row),
    body() {
      const { customerName, csat } = conversation();
      // what the customer rated badly is no model for the next answer
      if (csat !== null && csat <= BAD_CSAT) return undefined;
      const body = findReplyAfter(db, candidate.seq)?.text;
      // the other customer's name in an answer would greet the wrong person
      return body === undefined || namesPerson(body, customerName) ? undefined : body;
    },
  };
}

type Asked = { customerName: string; csat: number | null };

function findAsked(db: ReadableDb, conversationId: string): Asked {
  const row = prepared<Asked>(db, 'SELECT c.name AS customerName, v.csat FROM conversations v JOIN customers c ON c.id = v.customer_id WHERE v.id = ?').get(conversationId);
  return row ?? { customerName: '', csat: null };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
