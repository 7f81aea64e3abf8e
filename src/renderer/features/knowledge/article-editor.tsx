import { clsx } from 'clsx';
import { useEffect, useState } from 'react';
import type { Language } from '../../../shared/contract/ids.contract.ts';
import type { Article } from '../../../shared/contract/knowledge.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { dayOf, lastDayOf, startOfDay } from './article-dates.ts';
import { IntentField } from './intent-field.tsx';
import type { Prefill } from './knowledge-state.ts';
import type { KnowledgeStore } from './knowledge.store.ts';
import { MarkdownView } from './markdown-view.tsx';
import { PassagePreview } from './passage-preview.tsx';
import { TextArea } from './text-area.tsx';

export type ArticleFields = { title: string; language: Language; intent: string; markdown: string; from: string; to: string };
const LANGUAGES = ['zh', 'en', 'other'] as const;
const VIEWS = ['write', 'preview', 'passages'] as const;
type View = (typeof VIEWS)[number];

function fieldsOf(article: Article | null, prefill: Prefill, uiLanguage: string): ArticleFields {
  if (article === null) return { title: prefill.title, language: uiLanguage === 'en' ? 'en' : 'zh', intent: '', markdown: prefill.text, from: '', to: '' };
  return { title: article.title, language: article.language, intent: article.intent ?? '', markdown: article.markdown, from: dayOf(article.validFrom), to: lastDayOf(article.validTo) };
}

/** One article being written: what is typed stays until it is saved or discarded. */
export function ArticleEditor({ knowledge, article, prefill }: { knowledge: KnowledgeStore; article: Article | null; prefill: Prefill }) {
  const { t, language } = useTexts();
  const editor = useArticleFields(knowledge, article, prefill, language);
  const { fields, change } = editor;
  const canSave = isComplete(fields) && editor.isChanged;
  return (
    <form className="quiet-scroll flex min-h-0 flex-1 flex-col overflow-y-auto p-6" onSubmit={(event) => { event.preventDefault(); if (canSave) void editor.save(); }}>
      <div className="mx-auto flex w-full max-w-[760px] flex-1 flex-col gap-4">
        <h2 className="text-head font-semibold">{article === null ? t('article.new') : article.title}</h2>
        <TextField label={t('article.title')} value={fields.title} maxLength={200} onChange={(event) => change({ title: event.target.value })} />
        <ArticleFacts knowledge={knowledge} fields={fields} change={change} />
        <ArticleText knowledge={knowledge} markdown={fields.markdown} onMarkdown={(markdown) => change({ markdown })} />
        {prefill.answers.length > 0 && <p className="text-meta text-ink-3">{t('article.answers', { count: prefill.answers.length })}</p>}
        <EditorFoot editor={editor} canSave={canSave} />
      </div>
    </form>
  );
}

function isOrdered({ from, to }: ArticleFields): boolean {
  return from === '' || to === '' || from <= to;
}

function isComplete(fields: ArticleFields): boolean {
  return fields.title.trim() !== '' && fields.markdown.trim() !== '' && isOrdered(fields);
}

/** The text, as it is written, as it reads, or as it is cut. */
function ArticleText({ knowledge, markdown, onMarkdown }: { knowledge: KnowledgeStore; markdown: string; onMarkdown: (markdown: string) => void }) {
  const { t } = useTexts();
  const [view, setView] = useState<View>('write');
  const isEmpty = markdown.trim() === '';
  return (
    <>
      <ViewChoice view={view} onView={setView} />
      {view === 'write' && <TextArea label={t('article.text')} help={t('article.textHelp')} rows={14} maxLength={100_000} value={markdown} onChange={(event) => onMarkdown(event.target.value)} />}
      {view !== 'write' && isEmpty && <p className="text-ink-3">{t('article.noText')}</p>}
      {view === 'preview' && <MarkdownView markdown={markdown} />}
      {view === 'passages' && !isEmpty && <PassagePreview knowledge={knowledge} markdown={markdown} />}
    </>
  );
}

function EditorFoot({ editor: { failure, isChanged, discard }, canSave }: { editor: ReturnType<typeof useArticleFields>; canSave: boolean }) {
  const { t } = useTexts();
  return (
    <>
      {failure !== null && <p role="alert" className="text-high">{t('macro.saveFailed')} {failure.sentence ?? t(`error.${failure.code}`)}</p>}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" tone="primary" disabled={!canSave}>{t('action.save')}</Button>
        <Button onClick={discard}>{isChanged ? t('article.discard') : t('action.close')}</Button>
        {isChanged && <span className="text-meta text-mid">△ {t('macro.unsaved')}</span>}
      </div>
    </>
  );
}

function ArticleFacts({ knowledge, fields, change }: { knowledge: KnowledgeStore; fields: ArticleFields; change: (part: Partial<ArticleFields>) => void }) {
  const { t } = useTexts();
  return (
    <div className="grid grid-cols-4 items-start gap-4 max-lg:grid-cols-2">
      <SelectField label={t('article.language')} value={fields.language} choices={LANGUAGES.map((value) => ({ value, label: t(`article.language.${value}`) }))} onChange={(language) => change({ language })} />
      <IntentField knowledge={knowledge} value={fields.intent} onChange={(intent) => change({ intent })} />
      <TextField type="date" label={t('article.validFrom')} value={fields.from} onChange={(event) => change({ from: event.target.value })} />
      <TextField type="date" label={t('article.validTo')} value={fields.to} onChange={(event) => change({ to: event.target.value })} help={t('article.validHelp')} problem={isOrdered(fields) ? null : t('article.validOrder')} />
    </div>
  );
}

function ViewChoice({ view, onView }: { view: View; onView: (view: View) => void }) {
  const { t } = useTexts();
  return (
    <div role="group" aria-label={t('article.view')} className="flex gap-1">
      {VIEWS.map((name) => (
        <button key={name} type="button" aria-pressed={view === name} onClick={() => onView(name)} className={clsx('h-7 rounded px-3', view === name ? 'bg-accent-tint font-semibold text-accent' : 'text-ink-2 hover:bg-raised')}>{t(`article.view.${name}`)}</button>
      ))}
    </div>
  );
}

function useArticleFields(knowledge: KnowledgeStore, article: Article | null, prefill: Prefill, uiLanguage: string) {
  const { toasts } = useShell();
  const key = `article-${article?.id ?? `new-${prefill.title}`}`;
  const stored = fieldsOf(article, prefill, uiLanguage);
  const [fields, setFields] = useState<ArticleFields>(() => knowledge.unsaved.get<ArticleFields>(key) ?? stored);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const isChanged = JSON.stringify(fields) !== JSON.stringify(article === null ? { ...stored, title: '' } : stored);
  useEffect(() => {
    if (isChanged) knowledge.unsaved.keep(key, fields);
    else knowledge.unsaved.drop(key);
  }, [knowledge, key, fields, isChanged]);
  const { title, language, intent, markdown, from, to } = fields;
  return {
    fields,
    failure,
    isChanged,
    change: (part: Partial<ArticleFields>) => setFields((before) => ({ ...before, ...part })),
    async save() {
      try {
        const base = article === null ? {} : { id: article.id, baseVersion: article.version };
        const saved = await knowledge.saveArticle({ ...base, title: title.trim(), language, intent: intent.trim() === '' ? null : intent.trim(), markdown: markdown.trim(), validFrom: startOfDay(from), validTo: startOfDay(to, 1), answers: [...prefill.answers] });
        knowledge.unsaved.drop(key);
        toasts.show({ key: 'article.saved', values: { title: saved.title } });
      } catch (error) {
        setFailure(callFailure(error));
      }
    },
    discard() {
      knowledge.unsaved.drop(key);
      setFields(stored);
      if (article === null) knowledge.closeDetail();
      else knowledge.editArticle(false);
    },
  };
}
