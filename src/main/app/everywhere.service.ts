import type { EngineStatus } from '../../shared/contract/app.contract.ts';
import type { FindAnswer, FindFilters, FindKind, FoundCustomer } from '../../shared/contract/everywhere.contract.ts';
import type { CustomerId, MessageId } from '../../shared/contract/ids.contract.ts';
import { lookUpProducts } from '../catalogue/product-lookup.repository.ts';
import { lookUpNotes } from '../conversations/conversation-lookup.repository.ts';
import { listMessagesAround, listRelatedConversations } from '../conversations/related-conversations.repository.ts';
import { lookUpCustomers } from '../customers/customer-lookup.repository.ts';
import { getCustomerCard } from '../customers/customer.repository.ts';
import { findOrderOf, lookUpOrders } from '../customers/order-lookup.repository.ts';
import type { WritableDb } from '../db/database.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { marksOf } from '../search/mark-text.ts';
import { clearRecents, rememberOpened, rememberSearch, type OpenedRow } from '../search/recent.repository.ts';
import type { SearchService } from '../search/search.service.ts';
import { numberKey, numbersIn } from '../text/number-key.ts';
import { customerHit, noteHit, orderHit, productHit } from './everywhere-hits.ts';
import { jumpOf } from './everywhere-jump.ts';
import { readRecents } from './everywhere-recents.ts';
import { articleGroup, conversationGroup, macroGroup } from './everywhere-texts.ts';
import type { Asked, GroupResult, TextsFound } from './everywhere.types.ts';

export type EverywhereDeps = { db: WritableDb; search: Pick<SearchService, 'candidates'>; engineState: () => EngineStatus['state']; repId: () => string; context: () => WriteContext };
export type EverywhereQuery = { text: string; kinds?: FindKind[] | undefined; filters: FindFilters; limit: number };

/** In the order they are shown. */
const KINDS: readonly FindKind[] = ['customer', 'order', 'conversation', 'note', 'product', 'article', 'macro'];
/** What a filter says something about; a kind that it does not concern is left out rather than shown unfiltered. */
const CONCERNS: Record<keyof FindFilters, readonly FindKind[]> = {
  from: ['order', 'conversation', 'note'], to: ['order', 'conversation', 'note'], channelKind: ['conversation', 'note'], labelId: ['conversation', 'note'],
  state: ['conversation', 'note'], repId: ['conversation', 'note'], language: ['conversation', 'article', 'macro'],
};
const TEXT_KINDS = { conversation: ['message', 'reply'], article: ['passage'], macro: ['macro'] } as const;
/** Rows asked of the engine: of all kinds together, more when a filter will drop some. */
const CANDIDATES = 40;
const FILTERED_CANDIDATES = 120;

/** The one box: numbers and names from the store at once, words and meaning with the engine's help. */
export function createEverywhere(deps: EverywhereDeps) {
  const { db, repId, context } = deps;
  return {
    /** Groups in a fixed order, empty ones left out. @throws DeskmateError cancelled once the signal is aborted */
    async everywhere(query: EverywhereQuery, signal?: AbortSignal): Promise<FindAnswer> {
      const asked = askedOf(query, { db, repId: repId(), nowMs: context().nowMs });
      const kinds = kindsOf(query);
      // the engine works while this process looks numbers and names up
      const texts = findTexts(deps, asked, kinds, signal);
      const known = kinds.map((kind) => LOOK_UP[kind]?.(asked));
      const found = await texts;
      if (signal?.aborted === true) throw new DeskmateError('cancelled', 'The search was cancelled.');
      const customerIds = known.flatMap((group) => group?.group.hits ?? []).flatMap((hit) => (hit.kind === 'customer' ? [hit.id] : []));
      const results = kinds.map((kind, at) => known[at] ?? TEXT_GROUPS[kind]?.(asked, found, customerIds)).filter((result) => result !== undefined);
      return { groups: results.map(({ group }) => group).filter(({ hits }) => hits.length > 0), jump: jumpOf(results.flatMap(({ named }) => named)), isWordsOnly: found.isWordsOnly };
    },
    recents: () => readRecents(db, repId()),
    /** Kept for this rep; an empty text is no search. */
    noteOpened(text: string, opened: OpenedRow | null): void {
      const { nowMs } = context();
      db.transaction(() => {
        if (text !== '') rememberSearch(db, repId(), text, nowMs);
        if (opened !== null) rememberOpened(db, repId(), opened, nowMs);
      })();
    },
    clearRecents: () => clearRecents(db, repId()),
    /** @throws DeskmateError not_found */
    customer(customerId: CustomerId, orderId: string | undefined): FoundCustomer {
      const card = getCustomerCard(db, customerId);
      const found = orderId === undefined ? undefined : findOrderOf(db, customerId, orderId);
      const numbers = found === undefined ? [] : [found.order.externalId, ...(found.order.waybill === null ? [] : [found.order.waybill])];
      return { card, order: found?.order ?? null, orderAfterSales: found?.afterSales ?? [], conversations: listRelatedConversations(db, customerId, numbers) };
    },
    /** @throws DeskmateError not_found */
    around: (messageId: MessageId) => ({ messages: listMessagesAround(db, messageId) }),
  };
}

function askedOf({ text, filters, limit }: EverywhereQuery, { db, repId, nowMs }: Pick<Asked, 'db' | 'repId' | 'nowMs'>): Asked {
  const numbers = numbersIn(text);
  const { from = null, to = null, channelKind = null, labelId = null, state = null, repId: wantedRep = null, language = null } = filters;
  return { db, text, numbers, marks: marksOf(text, numbers), filter: { from, to, channelKind, labelId, state, repId: wantedRep, language }, limit, repId, nowMs };
}

function kindsOf({ kinds, filters }: EverywhereQuery): FindKind[] {
  const set = (Object.keys(CONCERNS) as (keyof FindFilters)[]).filter((filter) => filters[filter] !== undefined);
  return KINDS.filter((kind) => (kinds === undefined || kinds.includes(kind)) && set.every((filter) => CONCERNS[filter].includes(kind)));
}

const NOTHING: TextsFound = { candidates: [], isWordsOnly: false };

/** While the engine starts or restarts the words of the store answer: a rep at the box must not wait for it. */
async function findTexts({ search, engineState }: EverywhereDeps, { text, numbers, filter }: Asked, kinds: readonly FindKind[], signal: AbortSignal | undefined): Promise<TextsFound> {
  const indexKinds = kinds.flatMap((kind) => TEXT_KINDS[kind as keyof typeof TEXT_KINDS] ?? []);
  // a number means nothing; rows that hold it are found by words
  const isNumber = numbers[0] === numberKey(text);
  if (indexKinds.length === 0 || isNumber) return NOTHING;
  const state = engineState();
  if (state === 'starting' || state === 'restarting') return { candidates: [], isWordsOnly: true };
  const isFiltered = Object.values(filter).some((value) => value !== null);
  return search.candidates({ text, kinds: indexKinds, limit: isFiltered ? FILTERED_CANDIDATES : CANDIDATES, mode: 'lookup' }, signal);
}

type LookUp = (asked: Asked) => GroupResult;

const LOOK_UP: Partial<Record<FindKind, LookUp>> = {
  customer({ db, text, limit, marks }) {
    const { rows, total, isAtLeast } = lookUpCustomers(db, text, limit);
    return { group: { kind: 'customer', total, isAtLeast, hits: rows.map((row) => customerHit(row, marks)) }, named: named('customer', rows, 0) };
  },
  order({ db, numbers, filter, limit, marks }) {
    const { rows, total, isAtLeast } = lookUpOrders(db, numbers, filter, limit);
    return { group: { kind: 'order', total, isAtLeast, hits: rows.map((row) => orderHit(row, marks)) }, named: named('order', rows, 1) };
  },
  note({ db, text, filter, limit, marks }) {
    const { rows, total, isAtLeast } = lookUpNotes(db, text, filter, limit);
    return { group: { kind: 'note', total, isAtLeast, hits: rows.map((row) => noteHit(row, marks)) }, named: [] };
  },
  product({ db, text, numbers, nowMs, limit, marks }) {
    const { rows, total, isAtLeast } = lookUpProducts(db, text, numbers, nowMs, limit);
    return { group: { kind: 'product', total, isAtLeast, hits: rows.map((row) => productHit(row, marks)) }, named: named('product', rows, 0) };
  },
};

function named(kind: FindKind, rows: readonly { id: string; match: number }[], most: number): GroupResult['named'] {
  return rows.filter(({ match }) => match <= most).map(({ id, match }) => ({ kind, id, match }));
}

type TextGroup = (asked: Asked, found: TextsFound, customerIds: readonly CustomerId[]) => GroupResult;

const TEXT_GROUPS: Partial<Record<FindKind, TextGroup>> = { conversation: conversationGroup, article: articleGroup, macro: macroGroup };
