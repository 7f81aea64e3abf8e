import type { RefObject } from 'react';
import type { MacroIssue } from '../../../shared/contract/macro.contract.ts';
import { MACRO_VARIABLES, type MacroVariable } from '../../../shared/macro-variables.ts';
import { variableLabel } from '../../base/macro-variable-label.ts';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';

/** Every variable with what it stands for; a click puts it at the caret. */
export function VariableList({ onPick }: { onPick: (name: MacroVariable) => void }) {
  const { t } = useTexts();
  return (
    <section aria-label={t('macro.variables')}>
      <h3 className="pb-1 text-meta text-ink-2">{t('macro.variables')}</h3>
      <ul className="flex flex-wrap gap-1">
        {MACRO_VARIABLES.map((name) => (
          <li key={name}>
            <Button size="compact" title={`{{ ${name} }}`} aria-label={`${t('macro.insertVariable', { name: variableLabel(t, name) })} ${name}`} onClick={() => onPick(name)}>{variableLabel(t, name)}</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Puts `{{ name }}` at the caret as if typed, so that the field's own undo takes it back. */
export function insertVariable(field: HTMLTextAreaElement | null, name: string): void {
  if (field === null) return;
  replaceAsTyped(field, `{{ ${name} }}`, field.selectionStart, field.selectionEnd);
}

function replaceAsTyped(field: HTMLTextAreaElement, text: string, start: number, end: number): void {
  field.focus();
  field.setSelectionRange(start, end);
  // The one command that keeps the field's undo history; deprecated, yet without a successor in any browser.
  if (typeof document.execCommand === 'function' && document.execCommand('insertText', false, text)) return;
  // by the prototype's setter, or React would take the change for its own and tell nobody
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(field, field.value.slice(0, start) + text + field.value.slice(end));
  field.setSelectionRange(start + text.length, start + text.length);
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }));
}

/** What keeps the text from being saved, each with its place; the likely fix is one click. */
export function MacroIssues({ issues, field, isReadOnly }: { issues: readonly MacroIssue[]; field: RefObject<HTMLTextAreaElement | null>; isReadOnly: boolean }) {
  const { t } = useTexts();
  if (issues.length === 0) return null;
  const go = ({ start, end }: MacroIssue): void => {
    field.current?.focus();
    field.current?.setSelectionRange(start, end);
  };
  const fix = ({ start, end, nearest }: MacroIssue): void => {
    if (field.current !== null && nearest !== null) replaceAsTyped(field.current, nearest, start, end);
  };
  return (
    <ul aria-label={t('macro.issues')} className="flex flex-col gap-1">
      {issues.map((issue) => (
        <li key={`${issue.start}-${issue.detail}`} className="flex flex-wrap items-center gap-2 text-high">
          <span><span aria-hidden>▲ </span>{issue.kind === 'syntax' ? t('macro.issue.syntax', { line: issue.line, column: issue.column, detail: issue.detail }) : t('macro.issue.unknown', { line: issue.line, column: issue.column, name: issue.detail })}</span>
          <Button size="compact" onClick={() => go(issue)}>{t('macro.issue.go')}</Button>
          {issue.nearest !== null && !isReadOnly && <Button size="compact" onClick={() => fix(issue)}>{t('macro.issue.use', { name: issue.nearest })}</Button>}
        </li>
      ))}
    </ul>
  );
}
