import { ORPCError } from '@orpc/server';
import type { CustomerCard } from '../../shared/contract/customer.contract.ts';
import type { FindFilters, FindHit, FindKind, MarkedText, Recents } from '../../shared/contract/everywhere.contract.ts';
import type { ConversationSummary, Message } from '../../shared/contract/conversation.contract.ts';
import { messageIdSchema, noteIdSchema, type CustomerId } from '../../shared/contract/ids.contract.ts';
import type { Product } from '../../shared/contract/catalogue.contract.ts';
import type { FakeKnowledge } from './fake-knowledge.ts';
import type { FakeOs } from './recording-contract.ts';
import { sampleId } from './sample-ids.ts';
import { SAMPLE_NOW } from './sample-shop.ts';

export type FakeSearch = { searches: string[]; opened: { kind: FindKind; id: string }[]; isWordsOnly: boolean; notes: { conversationIndex: number; text: string }[] };

export function createFakeSearch(): FakeSearch {
  return { searches: [], opened: [], isWordsOnly: false, notes: [{ conversationIndex: 0, text: '客户要周五前寄回，面料 F-204 已留 0.4 米' }] };
}

type Shop = Pick<FakeKnowledge, 'articles' | 'macros'> & {
  search: FakeSearch; conversations: ConversationSummary[]; products: Product[]; card: (customerId: string) => CustomerCard; messages: (conversationId: string) => Message[];
};

const DAY = 86_400_000;
const ORDER: readonly FindKind[] = ['customer', 'order', 'conversation', 'note', 'product', 'article', 'macro'];
const plain = (text: string): string => text.toLowerCase().replaceAll(/[\s-]/g, '');

function marked(text: string, wanted: string): MarkedText {
  const at = text.toLowerCase().indexOf(wanted.toLowerCase());
  return { text, spans: at < 0 ? [] : [{ start: at, end: at + wanted.length }] };
}

/** Everything whose words hold the text, as the backend would answer; numbers also by their last four characters. */
function findHits(shop: Shop, text: string): FindHit[] {
  const holds = (...texts: (string | null)[]): boolean => texts.some((one) => one !== null && plain(one).includes(plain(text)));
  const cards = shop.conversations.map((row) => ({ row, card: shop.card(row.customerId) }));
  return [
    ...cards.filter(({ card }) => holds(card.name, card.externalId)).map(({ card }): FindHit => ({ kind: 'customer', id: card.id, title: marked(card.name, text), number: marked(card.externalId, text), at: card.lastOrderAt, orderCount: card.orderCount, totalPaidFen: card.totalPaidFen, conversationCount: card.conversationCount })),
    ...orderHits(shop, text),
    ...shop.conversations.filter((row) => holds(row.lastText, row.customerName)).map((row): FindHit => ({ kind: 'conversation', id: row.id, title: marked(row.customerName, text), body: marked(row.lastText, text), at: row.lastAt, messageId: shop.messages(row.id).at(-1)?.id ?? null, role: row.lastRole, state: row.state, channelKind: row.channelKind, repName: row.rep?.name ?? null, foundCount: holds(row.lastText) ? 1 : 0 })),
    ...shop.search.notes.filter((note) => holds(note.text)).flatMap(({ conversationIndex, text: words }, index): FindHit[] => {
      const row = shop.conversations[conversationIndex];
      return row === undefined ? [] : [{ kind: 'note', id: noteIdSchema.parse(sampleId('N', 900 + index)), title: marked(row.customerName, text), body: marked(words, text), at: SAMPLE_NOW - DAY, conversationId: row.id, repName: '小同' }];
    }),
    ...shop.products.filter((product) => holds(product.title, product.titleEn, product.externalId)).map((product): FindHit => ({ kind: 'product', id: product.id, title: marked(product.title, text), number: marked(product.externalId, text), at: null, category: product.category, priceFen: product.currentPriceFen, stockCount: product.stockCount })),
    ...shop.articles.flatMap((article) => article.passages.filter((passage) => holds(article.title, passage.text)).map((passage): FindHit => ({ kind: 'article', id: passage.id, title: marked(passage.heading === '' ? article.title : passage.heading, text), body: marked(passage.text, text), at: article.updatedAt, articleTitle: article.title, source: article.source }))),
    ...shop.macros.filter((macro) => holds(macro.code, macro.title, macro.text)).map((macro): FindHit => ({ kind: 'macro', id: macro.id, title: marked(macro.title, text), number: marked(macro.code, text), body: marked(macro.text, text), at: macro.updatedAt, scope: macro.scope })),
  ];
}

function orderHits(shop: Shop, text: string): FindHit[] {
  const wanted = plain(text);
  if (wanted.length < 4) return [];
  const isFound = (number: string | null): boolean => number !== null && (plain(number).startsWith(wanted) || plain(number).endsWith(wanted));
  return shop.conversations.flatMap((row) => {
    const card = shop.card(row.customerId);
    return card.orders.filter((order) => isFound(order.externalId) || isFound(order.waybill)).map((order): FindHit => ({
      kind: 'order', id: `${row.customerId} ${order.externalId}`.slice(0, 60), title: marked(order.externalId, text), waybill: order.waybill === null ? null : marked(order.waybill, text), at: order.paidAt,
      customerId: row.customerId, customerName: card.name, status: order.status, paidFen: order.paidFen, firstItem: order.items[0]?.title ?? null, itemCount: order.items.length,
    }));
  });
}

const FILTERED: readonly FindKind[] = ['conversation', 'note'];

function passes(hit: FindHit, filters: FindFilters): boolean {
  if (Object.keys(filters).length === 0) return true;
  if (!FILTERED.includes(hit.kind)) return false;
  return filters.state === undefined || (hit.kind === 'conversation' && hit.state === filters.state);
}

export function fakeSearchHandlers(os: Pick<FakeOs, 'search'>, shop: Shop) {
  return {
    everywhere: os.search.everywhere.handler(({ input }) => {
      const hits = findHits(shop, input.text).filter((hit) => passes(hit, input.filters) && (input.kinds === undefined || input.kinds.includes(hit.kind)));
      const groups = ORDER.map((kind) => ({ kind, hits: hits.filter((hit) => hit.kind === kind) })).filter((group) => group.hits.length > 0);
      const orders = hits.filter(({ kind }) => kind === 'order');
      const named = hits.filter((hit) => hit.kind === 'customer' && hit.title.text === input.text);
      const [only, ...others] = [...orders, ...named];
      return {
        groups: groups.map(({ kind, hits: all }) => ({ kind, total: all.length, isAtLeast: false, hits: all.slice(0, input.limit) })),
        jump: only === undefined || others.length > 0 ? null : { kind: only.kind, id: only.id }, isWordsOnly: shop.search.isWordsOnly,
      };
    }),
    recents: os.search.recents.handler(() => ({ searches: shop.search.searches, opened: shop.search.opened.flatMap((one) => openedNow(shop, one)) })),
    noteOpened: os.search.noteOpened.handler(({ input }) => {
      if (input.text !== '') shop.search.searches = [input.text, ...shop.search.searches.filter((text) => text !== input.text)].slice(0, 10);
      const { opened } = input;
      if (opened !== null) shop.search.opened = [opened, ...shop.search.opened.filter(({ id }) => id !== opened.id)].slice(0, 12);
      return {};
    }),
    clearRecents: os.search.clearRecents.handler(() => {
      shop.search.searches = [];
      shop.search.opened = [];
      return {};
    }),
    customer: os.search.customer.handler(({ input }) => {
      const rows = shop.conversations.filter((row) => row.customerId === input.customerId);
      if (rows.length === 0) throw new ORPCError('not_found', { message: 'There is no such customer.' });
      const card = shop.card(input.customerId);
      const order = card.orders.find(({ externalId }) => input.orderId?.endsWith(externalId)) ?? null;
      return {
        card, order, orderAfterSales: card.afterSales.filter(({ orderExternalId }) => order !== null && orderExternalId === order.externalId),
        conversations: rows.map((row, index) => ({ id: row.id, state: row.state, channelKind: row.channelKind, lastAt: row.lastAt, lastText: row.lastText, isAboutOrder: order !== null && index === 0 })),
      };
    }),
    around: os.search.around.handler(({ input }) => {
      const row = shop.conversations.find(({ id }) => shop.messages(id).some((message) => message.id === input.messageId));
      if (row === undefined) throw new ORPCError('not_found', { message: 'There is no such message.' });
      return { messages: shop.messages(row.id).slice(-5).map(({ id, role, text, sentAt }) => ({ id: messageIdSchema.parse(id), role, text, sentAt })) };
    }),
  };
}

function openedNow(shop: Shop, { kind, id }: { kind: FindKind; id: string }): Recents['opened'] {
  const row = shop.conversations.find((one) => one.id === id || one.customerId === id || id.startsWith(one.customerId));
  const found = { kind, id, conversationId: null, customerId: null };
  if (row !== undefined) return [{ ...found, title: row.customerName, detail: kind === 'conversation' ? row.lastText : '', conversationId: kind === 'conversation' ? row.id : null, customerId: row.customerId as CustomerId }];
  const product = shop.products.find((one) => one.id === id);
  if (product !== undefined) return [{ ...found, title: product.title, detail: product.externalId }];
  const macro = shop.macros.find((one) => one.id === id);
  return macro === undefined ? [] : [{ ...found, title: macro.title, detail: macro.code }];
}
