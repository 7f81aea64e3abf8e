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

/** One macro: its code, title and Liquid text. What is typed stays until it is saved. */
export function MacroEditor({ knowledge, macro, title: firstTitle }: { knowledge: KnowledgeStore; macro: Macro | null; title: string }) {
  const { t } = useTexts();
  const { toasts } = useShell();
  const [code, setCode] = useState(macro?.code ?? '');
  const [title, setTitle] = useState(macro?.title ?? firstTitle);
  const [text, setText] = useState(macro?.text ?? '');
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const isChanged = code !== (macro?.code ?? '') || title !== (macro?.title ?? '') || text !== (macro?.text ?? '');
  const isCodeValid = CODE.test(code);
  const save = async (draft: MacroDraft): Promise<void> => {
    try {
      const saved = await knowledge.saveMacro(draft);
      setFailure(null);
      toasts.show({ key: 'macro.saved', values: { title: saved.title === '' ? saved.code : saved.title } });
    } catch (error) {
      setFailure(callFailure(error));
    }
  };
  const remove = (kept: Macro): void =>
    void knowledge.deleteMacro(kept.id).then(
      () => toasts.show({ key: 'knowledge.deleted', values: { title: kept.title === '' ? kept.code : kept.title } }, { labelKey: 'action.undo', run: () => void save({ code: kept.code, title: kept.title, text: kept.text }) }),
      (error: unknown) => setFailure(callFailure(error)),
    );
  return (
    <form className="quiet-scroll flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-6" onSubmit={(event) => { event.preventDefault(); void save({ ...(macro === null ? {} : { id: macro.id }), code, title, text }); }}>
      <div className="mx-auto flex w-full max-w-[760px] flex-col gap-4">
        <h2 className="text-head font-semibold">{macro === null ? t('macro.new') : macro.title === '' ? macro.code : macro.title}</h2>
        <div className="grid grid-cols-[220px_1fr] items-start gap-4 max-md:grid-cols-1">
          <TextField label={t('macro.code')} value={code} onChange={(event) => setCode(event.target.value)} problem={code !== '' && !isCodeValid ? t('macro.codeInvalid') : null} help={t('macro.codeHelp')} spellCheck={false} />
          <TextField label={t('macro.title')} value={title} maxLength={120} onChange={(event) => setTitle(event.target.value)} />
        </div>
        <TemplateField value={text} onChange={setText} />
        {failure !== null && <p role="alert" className="text-high">{t('macro.saveFailed')} {failure.sentence ?? t(`error.${failure.code}`)}</p>}
        <div className="flex items-center gap-2">
          <Button type="submit" tone="primary" disabled={!isCodeValid || text.trim() === '' || !isChanged}>{t('action.save')}</Button>
          {macro !== null && <Button tone="danger" onClick={() => remove(macro)}>{t('action.delete')}</Button>}
          {isChanged && <span className="text-meta text-mid">△ {t('macro.unsaved')}</span>}
        </div>
      </div>
    </form>
  );
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
