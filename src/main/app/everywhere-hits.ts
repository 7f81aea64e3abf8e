import type { FindHit } from '../../shared/contract/everywhere.contract.ts';
import type { ProductFound } from '../catalogue/product-lookup.repository.ts';
import type { MessageFound, NoteFound } from '../conversations/conversation-lookup.repository.ts';
import type { CustomerFound } from '../customers/customer-lookup.repository.ts';
import type { OrderFound } from '../customers/order-lookup.repository.ts';
import type { FoundPassage } from '../knowledge/article.repository.ts';
import type { FoundMacro } from '../knowledge/macro.repository.ts';
import { markNumber, markText, type Marks } from '../search/mark-text.ts';

/** A whole complaint need not cross for its two lines in a list. */
const BODY_UNITS = 1500;

export function customerHit({ match: _match, name, externalId, lastAt, ...row }: CustomerFound, marks: Marks): FindHit {
  return { kind: 'customer', ...row, title: markText(name, marks), number: markNumber(externalId, marks), at: lastAt };
}

export function orderHit({ match: _match, externalId, waybill, paidAt, ...row }: OrderFound, marks: Marks): FindHit {
  return { kind: 'order', ...row, title: markNumber(externalId, marks), waybill: waybill === null ? null : markNumber(waybill, marks), at: paidAt };
}

export function productHit({ match: _match, title, titleEn, number, ...row }: ProductFound, marks: Marks): FindHit {
  const inChinese = markText(title, marks);
  const inEnglish = titleEn === null ? inChinese : markText(titleEn, marks);
  // found by its English name: shown by it
  return { kind: 'product', ...row, title: inEnglish.spans.length > inChinese.spans.length ? inEnglish : inChinese, number: markNumber(number, marks), at: null };
}

export function noteHit({ id, conversationId, customerName, text, createdAt, repName }: NoteFound, marks: Marks): FindHit {
  return { kind: 'note', id, conversationId, title: markText(customerName, marks), body: markText(text, marks, BODY_UNITS), at: createdAt, repName };
}

export function conversationHit(row: MessageFound, foundCount: number, marks: Marks): FindHit {
  const { id: messageId, conversationId, customerName, text, role, sentAt, state, channelKind, repName } = row;
  return { kind: 'conversation', id: conversationId, title: markText(customerName, marks), body: markText(text, marks, BODY_UNITS), at: sentAt, messageId, role, state, channelKind, repName, foundCount };
}

export function articleHit({ id, heading, text, articleTitle, source, updatedAt }: FoundPassage, marks: Marks): FindHit {
  return { kind: 'article', id, title: markText(heading === '' ? articleTitle : heading, marks), body: markText(text, marks), at: updatedAt, articleTitle, source };
}

export function macroHit({ id, title, code, text, updatedAt, scope }: FoundMacro, marks: Marks): FindHit {
  return { kind: 'macro', id, title: markText(title, marks), number: markText(code, marks), body: markText(text, marks), at: updatedAt, scope };
}
