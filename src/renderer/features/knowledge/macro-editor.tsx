import { useRef, type ReactNode } from 'react';
import type { Macro, MacroIssue } from '../../../shared/contract/macro.contract.ts';
import type { TakenShortcut } from '../../../shared/shortcut-conflict.ts';
import { useNow } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import type { Prefill } from './knowledge-state.ts';
import type { KnowledgeStore } from './knowledge.store.ts';
import { MacroActions } from './macro-actions-row.tsx';
import { insertVariable, MacroIssues, VariableList } from './macro-help.tsx';
import { MacroMedia } from './macro-media.tsx';
import { MacroPreviewPane } from './macro-preview-pane.tsx';
import { ShortcutField } from './shortcut-field.tsx';
import { TextArea } from './text-area.tsx';
import { useMacroChanges } from './use-macro-changes.ts';
import { useMacroFields, type MacroEditing } from './use-macro-fields.ts';
import { useMacroPreview } from './use-macro-preview.ts';

const CODE = /^[\p{L}\p{N}._-]{1,40}$/u;
const SCOPES = ['personal', 'team'] as const;

export type MacroEditorProps = { knowledge: KnowledgeStore; macro: Macro | null; prefill: Prefill; canEditTeam: boolean; takenShortcuts: () => readonly TakenShortcut[] };

/** One macro: its words with the variables filled for a chosen conversation beside them, and what the rep has with it. */
export function MacroEditor({ knowledge, macro, prefill, canEditTeam, takenShortcuts }: MacroEditorProps) {
  const { t } = useTexts();
  const editing = useMacroFields(knowledge, macro, prefill, canEditTeam);
  const preview = useMacroPreview(knowledge, editing.fields.text);
  const isReadOnly = macro !== null && !macro.canEdit;
  const canSave = !isReadOnly && isComplete(editing) && preview.issues.length === 0;
  return (
    <form className="quiet-scroll flex min-h-0 flex-1 flex-col overflow-y-auto p-6" onSubmit={(event) => { event.preventDefault(); if (canSave) void editing.save(); }}>
      <div className="mx-auto flex w-full max-w-[980px] flex-col gap-4">
        <MacroHead knowledge={knowledge} macro={macro} canDecide={canEditTeam} />
        {isReadOnly && macro.scope === 'team' && <p className="text-ink-2">{t('macro.readOnly')}</p>}
        <MacroNames editing={editing} isReadOnly={isReadOnly} canEditTeam={canEditTeam} />
        <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,320px)] items-start gap-4 max-lg:grid-cols-1">
          <MacroText editing={editing} issues={preview.issues} isReadOnly={isReadOnly} />
          <MacroPreviewPane knowledge={knowledge} preview={preview} />
        </div>
        <SaveRow editing={editing} canSave={canSave} isReadOnly={isReadOnly}><MacroActions knowledge={knowledge} macro={macro} canDecide={canEditTeam} /></SaveRow>
        <div className="grid grid-cols-2 items-start gap-4 border-t border-line pt-4 max-lg:grid-cols-1">
          <MacroMedia knowledge={knowledge} macro={macro} />
          {macro !== null && <ShortcutField knowledge={knowledge} macro={macro} takenShortcuts={takenShortcuts} />}
        </div>
      </div>
    </form>
  );
}

function isComplete({ fields, isChanged }: MacroEditing): boolean {
  return isChanged && CODE.test(fields.code) && fields.text.trim() !== '';
}

function MacroText({ editing: { fields, change }, issues, isReadOnly }: { editing: MacroEditing; issues: readonly MacroIssue[]; isReadOnly: boolean }) {
  const { t } = useTexts();
  const ref = useRef<HTMLTextAreaElement>(null);
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <TextArea ref={ref} label={t('macro.text')} rows={8} maxLength={5000} readOnly={isReadOnly} value={fields.text} spellCheck={false} onChange={(event) => change({ text: event.target.value })} />
      <MacroIssues issues={issues} field={ref} isReadOnly={isReadOnly} />
      {!isReadOnly && <VariableList onPick={(name) => insertVariable(ref.current, name)} />}
    </div>
  );
}

function SaveRow({ editing: { failure, isChanged, discard }, canSave, isReadOnly, children }: { editing: MacroEditing; canSave: boolean; isReadOnly: boolean; children: ReactNode }) {
  const { t } = useTexts();
  const isUnsaved = isChanged && !isReadOnly;
  return (
    <>
      {failure !== null && <p role="alert" className="text-high">{t('macro.saveFailed')} {failure.sentence ?? t(`error.${failure.code}`)}</p>}
      <div className="flex flex-wrap items-center gap-2">
        {!isReadOnly && <Button type="submit" tone="primary" disabled={!canSave}>{t('action.save')}</Button>}
        {isUnsaved && <Button onClick={discard}>{t('article.discard')}</Button>}
        {children}
        {isUnsaved && <span className="text-meta text-mid">△ {t('macro.unsaved')}</span>}
      </div>
    </>
  );
}

function MacroHead({ knowledge, macro, canDecide }: { knowledge: KnowledgeStore; macro: Macro | null; canDecide: boolean }) {
  const { t, formats } = useTexts();
  const nowMs = useNow();
  if (macro === null) return <h2 className="text-head font-semibold">{t('macro.new')}</h2>;
  const isOthers = macro.proposedAt !== null && !macro.canEdit;
  return (
    <header className="flex flex-col gap-1">
      <h2 className="text-head font-semibold break-words">{macro.title === '' ? macro.code : macro.title}</h2>
      <p className="text-meta text-ink-3">
        {t('macro.usedBoth', { own: formats.number(macro.ownUseCount), count: formats.number(macro.useCount) })}
        {macro.lastUsedAt !== null && ` · ${t('macro.lastUsed', { age: formats.relative(macro.lastUsedAt, nowMs) })}`}
      </p>
      {macro.proposedAt !== null && <p className="text-mid">△ {isOthers ? t('macro.proposedBy') : t('macro.proposed')}{isOthers && canDecide && <ProposalButtons knowledge={knowledge} macro={macro} />}</p>}
    </header>
  );
}

function ProposalButtons({ knowledge, macro }: { knowledge: KnowledgeStore; macro: Macro }) {
  const { t } = useTexts();
  const { decide } = useMacroChanges(knowledge, macro);
  return (
    <span className="ml-2 inline-flex gap-1">
      <Button size="compact" onClick={() => decide(true)}>{t('macro.accept')}</Button>
      <Button size="compact" onClick={() => decide(false)}>{t('macro.decline')}</Button>
    </span>
  );
}

function MacroNames({ editing: { fields, change }, isReadOnly, canEditTeam }: { editing: MacroEditing; isReadOnly: boolean; canEditTeam: boolean }) {
  const { t } = useTexts();
  const isCodeValid = fields.code === '' || CODE.test(fields.code);
  return (
    <div className="grid grid-cols-[200px_1fr_160px] items-start gap-4 max-lg:grid-cols-1">
      <TextField label={t('macro.code')} value={fields.code} readOnly={isReadOnly} onChange={(event) => change({ code: event.target.value })} problem={isCodeValid ? null : t('macro.codeInvalid')} help={t('macro.codeHelp')} spellCheck={false} />
      <TextField label={t('macro.title')} value={fields.title} readOnly={isReadOnly} maxLength={120} onChange={(event) => change({ title: event.target.value })} />
      {canEditTeam && !isReadOnly && <SelectField label={t('macro.scope')} value={fields.scope} choices={SCOPES.map((value) => ({ value, label: t(`macro.scope.${value}`) }))} onChange={(scope) => change({ scope })} />}
    </div>
  );
}
