import { useId, useState } from 'react';
import type { Macro } from '../../../shared/contract/knowledge.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import type { KnowledgeStore, MacroDraft } from './knowledge.store.ts';

const CODE = /^[\p{L}\p{N}._-]{1,40}$/u;
const EXAMPLE = '{{ customer.name }}、{{ order.waybill }}、{{ rep.name }}、{{ shop.name }}';

type MacroFields = { code: string; title: string; text: string };
const nameOf = ({ title, code }: Pick<Macro, 'title' | 'code'>): string => (title === '' ? code : title);
const isSame = (a: MacroFields, b: MacroFields): boolean => a.code === b.code && a.title === b.title && a.text === b.text;

/** One macro: its code, title and Liquid text. What is typed stays until it is saved. */
export function MacroEditor({ knowledge, macro, title }: { knowledge: KnowledgeStore; macro: Macro | null; title: string }) {
  const { t } = useTexts();
  const stored: MacroFields = macro ?? { code: '', title: '', text: '' };
  const [fields, setFields] = useState<MacroFields>({ code: stored.code, title: macro === null ? title : stored.title, text: stored.text });
  const { failure, save, remove } = useMacroActions(knowledge);
  const isChanged = !isSame(fields, stored);
  const isCodeValid = CODE.test(fields.code);
  return (
    <form className="quiet-scroll flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-6" onSubmit={(event) => { event.preventDefault(); void save({ ...(macro === null ? {} : { id: macro.id }), ...fields }); }}>
      <div className="mx-auto flex w-full max-w-[760px] flex-col gap-4">
        <h2 className="text-head font-semibold">{macro === null ? t('macro.new') : nameOf(macro)}</h2>
        <div className="grid grid-cols-[220px_1fr] items-start gap-4 max-md:grid-cols-1">
          <TextField label={t('macro.code')} value={fields.code} onChange={(event) => setFields({ ...fields, code: event.target.value })} problem={fields.code !== '' && !isCodeValid ? t('macro.codeInvalid') : null} help={t('macro.codeHelp')} spellCheck={false} />
          <TextField label={t('macro.title')} value={fields.title} maxLength={120} onChange={(event) => setFields({ ...fields, title: event.target.value })} />
        </div>
        <TemplateField value={fields.text} onChange={(text) => setFields({ ...fields, text })} />
        {failure !== null && <p role="alert" className="text-high">{t('macro.saveFailed')} {failure.sentence ?? t(`error.${failure.code}`)}</p>}
        <div className="flex items-center gap-2">
          <Button type="submit" tone="primary" disabled={!isCodeValid || fields.text.trim() === '' || !isChanged}>{t('action.save')}</Button>
          {macro !== null && <Button tone="danger" onClick={() => remove(macro)}>{t('action.delete')}</Button>}
          {isChanged && <span className="text-meta text-mid">△ {t('macro.unsaved')}</span>}
        </div>
      </div>
    </form>
  );
}

function useMacroActions(knowledge: KnowledgeStore) {
  const { toasts } = useShell();
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const save = async (draft: MacroDraft): Promise<void> => {
    try {
      const saved = await knowledge.saveMacro(draft);
      setFailure(null);
      toasts.show({ key: 'macro.saved', values: { title: nameOf(saved) } });
    } catch (error) {
      setFailure(callFailure(error));
    }
  };
  const remove = (kept: Macro): void =>
    void knowledge.deleteMacro(kept.id).then(
      () => toasts.show({ key: 'knowledge.deleted', values: { title: nameOf(kept) } }, { labelKey: 'action.undo', run: () => void save({ code: kept.code, title: kept.title, text: kept.text }) }),
      (error: unknown) => setFailure(callFailure(error)),
    );
  return { failure, save, remove };
}

function TemplateField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTexts();
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-meta text-ink-2">{t('macro.text')}</label>
      <textarea id={id} rows={8} maxLength={5000} value={value} onChange={(event) => onChange(event.target.value)} aria-describedby={`${id}-help`} className="quiet-scroll rounded border border-control bg-surface px-2.5 py-1.5 text-talk" />
      <p id={`${id}-help`} className="text-meta text-ink-3">{t('macro.textHelp', { example: EXAMPLE })}</p>
    </div>
  );
}
