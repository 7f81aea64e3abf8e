import { useId } from 'react';
import { useStore } from 'zustand';
import { useTexts } from '../../base/texts.tsx';
import { TextField } from '../../ui/fields.tsx';
import type { KnowledgeStore } from './knowledge.store.ts';

/** The intent an article answers; those in use are offered. */
export function IntentField({ knowledge, value, onChange }: { knowledge: KnowledgeStore; value: string; onChange: (value: string) => void }) {
  const { t } = useTexts();
  const listId = useId();
  const articles = useStore(knowledge.store, (state) => state.articles);
  const known = [...new Set(articles.flatMap(({ intent }) => intent ?? []))].toSorted();
  return (
    <>
      <TextField label={t('article.intent')} value={value} maxLength={80} list={listId} spellCheck={false} onChange={(event) => onChange(event.target.value)} />
      <datalist id={listId}>{known.map((intent) => <option key={intent} value={intent}>{intent}</option>)}</datalist>
    </>
  );
}
