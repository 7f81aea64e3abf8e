import type { FindHit, FindKind } from '../../../shared/contract/everywhere.contract.ts';
import { channelWords } from '../../base/code-words.ts';
import type { Texts } from '../../base/texts.tsx';

type HitOf<Kind extends FindKind> = Extract<FindHit, { kind: Kind }>;
type Facts = (string | null)[];

/** What stands in the small line beside a result: facts in the reader's words, empty ones left out. */
export function hitFacts(hit: FindHit, texts: Texts): string[] {
  return factsOf(hit, texts).filter((fact): fact is string => fact !== null && fact !== '');
}

function factsOf(hit: FindHit, texts: Texts): Facts {
  switch (hit.kind) {
    case 'customer':
      return customerFacts(hit, texts);
    case 'order':
      return [hit.customerName, hit.firstItem, hit.itemCount > 1 ? texts.t('search.items', { count: hit.itemCount }) : null, texts.formats.money(hit.paidFen), hit.status];
    case 'conversation':
      return conversationFacts(hit, texts);
    case 'note':
      return [hit.repName];
    case 'article':
      return [hit.articleTitle === hit.title.text ? null : hit.articleTitle];
    case 'product':
      return productFacts(hit, texts);
    case 'macro':
      return [texts.t(`macro.scope.${hit.scope}`)];
  }
}

function customerFacts({ orderCount, totalPaidFen, conversationCount }: HitOf<'customer'>, { t, formats }: Texts): Facts {
  const worth = orderCount > 0 ? t('customer.summary', { orders: formats.number(orderCount), total: formats.money(totalPaidFen) }) : null;
  return [worth, t('customer.conversations', { count: conversationCount })];
}

function conversationFacts({ role, state, channelKind, repName, foundCount }: HitOf<'conversation'>, { t }: Texts): Facts {
  return [role === null ? null : t(`role.${role}`), t(`search.state.${state}`), channelWords(t, channelKind), repName, foundCount > 1 ? t('search.foundCount', { count: foundCount }) : null];
}

function productFacts({ category, priceFen, stockCount }: HitOf<'product'>, { t, formats }: Texts): Facts {
  return [category, priceFen === null ? null : formats.money(priceFen), stockCount === null ? null : t('products.inStock', { count: formats.number(stockCount) })];
}
