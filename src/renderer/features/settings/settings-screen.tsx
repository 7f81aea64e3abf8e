import { clsx } from 'clsx';
import { useTexts } from '../../base/texts.tsx';
import { SETTINGS_PAGES, type SettingsScreenProps } from './settings-pages.tsx';

/** Settings, one page at a time. */
export function SettingsScreen(props: SettingsScreenProps) {
  const { t } = useTexts();
  const pages = [...SETTINGS_PAGES, ...props.morePages];
  const shown = pages.find(({ id }) => id === props.page) ?? pages[0];
  if (shown === undefined) return null;
  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      <div className="flex w-44 shrink-0 flex-col gap-2 border-r border-line bg-surface p-2">
        <h1 className="px-2 pt-2 text-title font-semibold">{t('settings.title')}</h1>
        <nav aria-label={t('settings.pages')} className="flex flex-col gap-1">
          {pages.map(({ id, labelKey }) => (
            <button key={id} type="button" aria-current={id === shown.id ? 'page' : undefined} onClick={() => props.onPage(id)} className={clsx('ring-inside flex h-7 items-center rounded px-2 text-left', id === shown.id ? 'bg-accent-tint font-semibold text-accent' : 'text-ink-2 hover:bg-raised')}>
              {t(labelKey)}
            </button>
          ))}
        </nav>
      </div>
      {/* A scroll area must take focus, or the keyboard cannot reach what is below. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard */}
      <div tabIndex={0} role="group" aria-label={t(shown.labelKey)} className="quiet-scroll ring-inside min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-[860px] flex-col gap-6 p-6">
          <h2 className="text-head font-semibold">{t(shown.labelKey)}</h2>
          <shown.Page key={shown.id} {...props} />
        </div>
      </div>
    </div>
  );
}
