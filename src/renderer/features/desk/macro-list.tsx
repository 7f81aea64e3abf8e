import { clsx } from 'clsx';
import { Paperclip, Star } from 'lucide-react';
import type { MacroMatch } from '../../../shared/contract/suggestion.contract.ts';
import { variableLabels } from '../../base/macro-variable-label.ts';
import { useTexts } from '../../base/texts.tsx';
import { useComposer, useDesk } from './desk-context.tsx';
import { pickMacro } from './text-insertion.ts';

/** What `;` brings up: macros by code and meaning, and beside them the whole text of the chosen one with its variables filled. */
export function MacroList() {
  const { t } = useTexts();
  const macros = useComposer((state) => state.macros);
  const active = macros?.items[macros.activeIndex] ?? null;
  return (
    <>
      <p role="status" className="sr-only">{macros !== null && !macros.isLoading && t('composer.macrosCount', { count: macros.items.length })}</p>
      {macros !== null && (
        <div className="absolute inset-x-3 bottom-full z-10 mb-1 flex rounded border border-line bg-surface p-1 shadow-float">
          <div className="min-w-0 flex-1">
            <MacroOptions items={macros.items} activeIndex={macros.activeIndex} />
            {macros.items.length === 0 && <p className="px-2 py-1.5 text-ink-3">{t(macros.isLoading ? 'state.loading' : 'composer.macrosEmpty')}</p>}
          </div>
          {active !== null && <MacroPreview macro={active} />}
        </div>
      )}
    </>
  );
}

function MacroOptions({ items, activeIndex }: { items: readonly MacroMatch[]; activeIndex: number }) {
  const { t } = useTexts();
  const desk = useDesk();
  const pick = (index: number): void => {
    const field = document.querySelector<HTMLTextAreaElement>('textarea#reply');
    if (field !== null) pickMacro(desk, field, index);
  };
  return (
    <div id="macro-list" role="listbox" aria-label={t('composer.macros')} className="quiet-scroll max-h-72 overflow-y-auto">
      {items.map((item, index) => (
        // The reply field keeps the focus and takes the keys.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- options take clicks; the field that owns the list takes the keys
        <div
          key={item.id}
          id={`macro-${index}`}
          role="option"
          aria-selected={index === activeIndex}
          ref={(element) => { if (index === activeIndex) element?.scrollIntoView({ block: 'nearest' }); }}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => pick(index)}
          className={clsx('flex h-9 items-center gap-2 rounded px-2', index === activeIndex ? 'bg-accent-tint' : 'hover:bg-raised')}
        >
          {item.isFavourite ? <Star size={14} className="shrink-0 fill-current text-gold" role="img" aria-label={t('macro.favourite')} /> : <span className="w-3.5 shrink-0" />}
          <span className="w-32 shrink-0 truncate font-semibold text-accent">;{item.code}</span>
          <span className="min-w-0 flex-1 truncate">{item.title === '' ? item.text.replace(/\s+/g, ' ') : item.title}</span>
          {item.missingVariables.length > 0 && <span className="shrink-0 text-meta text-mid" aria-label={t('suggest.missing', { names: variableLabels(t, item.missingVariables) })} role="img">△ {item.missingVariables.length}</span>}
          {item.media !== null && <Paperclip size={14} className="shrink-0 text-ink-3" role="img" aria-label={t('macros.carries', { name: item.media.name })} />}
          {/* where there is room the text beside the list says it */}
          <span className="shrink-0 text-meta text-ink-3 md:sr-only">{t(`macros.how.${item.how}`)}</span>
        </div>
      ))}
    </div>
  );
}

const HOLE = /(⟨[^⟨⟩\n]{1,80}⟩)/;

/** The whole text that Enter would insert; read with the option, so silent for itself. */
function MacroPreview({ macro }: { macro: MacroMatch }) {
  const { t } = useTexts();
  return (
    <section aria-label={t('macros.preview')} className="quiet-scroll flex max-h-72 w-[42%] shrink-0 flex-col gap-1 overflow-y-auto border-l border-line px-3 py-1.5 max-md:hidden">
      <p className="text-meta text-ink-3">{t(`macros.how.${macro.how}`)}{macro.scope === 'personal' && ` · ${t('macros.own')}`}{macro.useCount > 0 && ` · ${t('macro.used', { count: macro.useCount })}`}</p>
      <p className="text-talk break-words whitespace-pre-wrap">
        {macro.text.split(HOLE).map((part, index) =>
          // oxlint-disable-next-line react/no-array-index-key -- parts of one text have no identity
          HOLE.test(part) ? <span key={index} className="rounded-[2px] bg-mid-tint text-mid">{part}</span> : <span key={index}>{part}</span>)}
      </p>
      {macro.missingVariables.length > 0 && <p className="text-meta text-mid">△ {t('suggest.missing', { names: variableLabels(t, macro.missingVariables) })}</p>}
      {macro.media !== null && <p className="flex items-center gap-1 text-meta text-ink-2"><Paperclip size={14} aria-hidden />{t('macros.carries', { name: macro.media.name })}</p>}
    </section>
  );
}
