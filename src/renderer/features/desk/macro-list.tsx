import { clsx } from 'clsx';
import { useTexts } from '../../base/texts.tsx';
import { useComposer, useDesk } from './desk-context.tsx';
import { pickMacro } from './text-insertion.ts';

/** What `;` brings up: macros by code and meaning, with their variables already filled. */
export function MacroList() {
  const { t } = useTexts();
  const desk = useDesk();
  const macros = useComposer((state) => state.macros);
  const field = (): HTMLTextAreaElement | null => document.querySelector('textarea#reply');
  return (
    <>
      <p role="status" className="sr-only">{macros !== null && !macros.isLoading && t('composer.macrosCount', { count: macros.items.length })}</p>
      {macros !== null && (
        <div className="absolute inset-x-3 bottom-full z-10 mb-1 rounded border border-line bg-surface p-1 shadow-float">
          <div id="macro-list" role="listbox" aria-label={t('composer.macros')} className="quiet-scroll max-h-72 overflow-y-auto">
            {macros.items.map((item, index) => (
              // The reply field keeps the focus and takes the keys.
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- options take clicks; the field that owns the list takes the keys
              <div
                key={item.id}
                id={`macro-${index}`}
                role="option"
                aria-selected={index === macros.activeIndex}
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => { const element = field(); if (element !== null) pickMacro(desk, element, index); }}
                className={clsx('flex h-9 items-center gap-3 rounded px-2', index === macros.activeIndex ? 'bg-accent-tint' : 'hover:bg-raised')}
              >
                <span className="w-36 shrink-0 truncate font-semibold text-accent">;{item.code}</span>
                <span className="min-w-0 flex-1 truncate">{item.text.replace(/\s+/g, ' ')}</span>
                {item.missingVariables.length > 0 && <span className="shrink-0 text-meta text-mid">{t('suggest.missing', { names: item.missingVariables.length })}</span>}
              </div>
            ))}
          </div>
          {macros.items.length === 0 && <p className="px-2 py-1.5 text-ink-3">{t(macros.isLoading ? 'state.loading' : 'composer.macrosEmpty')}</p>}
        </div>
      )}
    </>
  );
}
