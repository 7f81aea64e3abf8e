import type { ArticleSummary } from '../../../shared/contract/knowledge.contract.ts';
import type { Macro } from '../../../shared/contract/macro.contract.ts';
import type { Texts } from '../../base/texts.tsx';
import type { KnowledgeState } from './knowledge-state.ts';

export type ArticleState = 'current' | 'ending' | 'expired' | 'not_yet';
export const SHOWN = { articles: ['all', 'current', 'ending', 'expired', 'not_yet'], macros: ['all', 'favourite', 'personal', 'team', 'proposed'], unanswered: ['all'] } as const;
export type Shown = (typeof SHOWN)[keyof typeof SHOWN][number];
export const SORTS = ['code', 'used', 'latest'] as const;
export type Sort = (typeof SORTS)[number];
export type ListView = { filter: string; shown: Shown; sort: Sort };

/** One row of the list: `mark` is a short word for its state, `note` stands at the right. */
export type Line = { id: string; title: string; note: string; mark: { text: string; tone: 'plain' | 'watch' | 'problem' } | null; isFavourite: boolean; isChosen: boolean };

const ENDING_MS = 14 * 86_400_000;

/** Whether an article holds now, and whether it soon will not. */
export function articleStateOf({ validFrom, validTo }: Pick<ArticleSummary, 'validFrom' | 'validTo'>, nowMs: number): ArticleState {
  if (validTo !== null && validTo <= nowMs) return 'expired';
  if (validFrom !== null && validFrom > nowMs) return 'not_yet';
  return validTo !== null && validTo - nowMs <= ENDING_MS ? 'ending' : 'current';
}

/** The rows of the open tab that fit, in order. */
export function linesOf(state: KnowledgeState, view: ListView, nowMs: number, texts: Pick<Texts, 't' | 'formats'>): Line[] {
  const wanted = view.filter.trim().toLowerCase().replace(/^[;；]/, '');
  const fits = (...fields: string[]): boolean => wanted === '' || fields.some((field) => field.toLowerCase().includes(wanted));
  switch (state.tab) {
    case 'articles':
      return articleLines(state, view.shown, nowMs, texts).filter(({ title, source }) => fits(title, source));
    case 'macros':
      return macroLines(state, view, texts, fits);
    case 'unanswered':
      return questionLines(state, nowMs, texts).filter(({ title }) => fits(title));
  }
}

function articleLines(state: KnowledgeState, shown: Shown, nowMs: number, { t, formats }: Pick<Texts, 't' | 'formats'>): (Line & { source: string })[] {
  const chosenId = state.selection.kind === 'article' ? state.selection.id : null;
  return state.articles.flatMap((article) => {
    const now = articleStateOf(article, nowMs);
    const isShown = shown === 'all' || shown === now || (shown === 'current' && now === 'ending');
    if (!isShown) return [];
    const mark = now === 'current' ? null : { text: t(`knowledge.show.${now}`), tone: now === 'expired' ? ('problem' as const) : ('watch' as const) };
    return [{ id: article.id, source: article.source, title: article.title, note: formats.relative(article.updatedAt, nowMs), mark, isFavourite: false, isChosen: article.id === chosenId }];
  });
}

function macroLines(state: KnowledgeState, { shown, sort }: ListView, { t, formats }: Pick<Texts, 't' | 'formats'>, fits: (...fields: string[]) => boolean): Line[] {
  const chosenId = state.selection.kind === 'macro' ? state.selection.id : null;
  const isShown = (macro: Macro): boolean =>
    shown === 'favourite' ? macro.isFavourite : shown === 'proposed' ? macro.proposedAt !== null : shown === 'personal' || shown === 'team' ? macro.scope === shown : true;
  return state.macros
    .filter((macro) => isShown(macro) && fits(macro.code, macro.title, macro.text))
    .toSorted(ORDERS[sort])
    .map((macro) => ({
      id: macro.id,
      title: `;${macro.code}  ${macro.title === '' ? macro.text.replace(/\s+/g, ' ') : macro.title}`,
      note: macro.useCount === 0 ? '' : `× ${formats.number(macro.useCount)}`,
      mark: macro.proposedAt !== null ? { text: t('knowledge.show.proposed'), tone: 'watch' } : macro.scope === 'personal' ? { text: t('knowledge.show.personal'), tone: 'plain' } : null,
      isFavourite: macro.isFavourite,
      isChosen: macro.id === chosenId,
    }));
}

const byCode = (a: Macro, b: Macro): number => Number(b.isFavourite) - Number(a.isFavourite) || (a.code < b.code ? -1 : 1);
/** Favourites first in every order. */
const ORDERS: Record<Sort, (a: Macro, b: Macro) => number> = {
  code: byCode,
  used: (a, b) => Number(b.isFavourite) - Number(a.isFavourite) || b.ownUseCount - a.ownUseCount || b.useCount - a.useCount || byCode(a, b),
  latest: (a, b) => Number(b.isFavourite) - Number(a.isFavourite) || (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0) || byCode(a, b),
};

function questionLines(state: KnowledgeState, nowMs: number, { t, formats }: Pick<Texts, 't' | 'formats'>): Line[] {
  const chosen = state.selection.kind === 'question' ? state.selection.question.messageIds[0] : null;
  return state.questions.map(({ messageIds, question, count, askedAt }) => ({
    id: messageIds[0] ?? '',
    title: question,
    note: formats.relative(askedAt, nowMs),
    mark: count > 1 ? { text: t('question.asked', { count }), tone: 'watch' } : null,
    isFavourite: false,
    isChosen: messageIds[0] === chosen,
  }));
}
