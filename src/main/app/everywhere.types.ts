import type { FindGroup, FindKind } from '../../shared/contract/everywhere.contract.ts';
import type { LookupFilter } from '../conversations/conversation-lookup.repository.ts';
import type { ReadableDb } from '../db/database.ts';
import type { Marks } from '../search/mark-text.ts';
import type { SearchResult } from '../search/search.types.ts';

/** One question on its way through the kinds. */
export type Asked = { db: ReadableDb; text: string; numbers: readonly string[]; marks: Marks; filter: LookupFilter; limit: number; repId: string; nowMs: number };

/** `named`: what the number or name asked for names; `match` 0 by the whole of it, 1 by its end. */
export type GroupResult = { group: FindGroup; named: { kind: FindKind; id: string; match: number }[] };

/** What the engine found of messages, passages and macros. */
export type TextsFound = Pick<SearchResult, 'candidates' | 'isWordsOnly'>;
