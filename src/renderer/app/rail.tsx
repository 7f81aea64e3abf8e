import { clsx } from 'clsx';
import { BookOpen, CalendarClock, FileInput, Keyboard, MessagesSquare, Package, Search, Settings, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useTexts } from '../base/texts.tsx';
import type { AppStore, Screen } from './app.store.ts';
import { JobsTray } from './jobs-tray.tsx';

const PLACES: readonly { screen: Screen; Icon: LucideIcon }[] = [
  { screen: 'desk', Icon: MessagesSquare },
  { screen: 'today', Icon: CalendarClock },
  { screen: 'knowledge', Icon: BookOpen },
  { screen: 'products', Icon: Package },
  { screen: 'import', Icon: FileInput },
  { screen: 'settings', Icon: Settings },
];
export const RAIL_ITEM = 'ring-inside flex w-full flex-col items-center gap-0.5 rounded py-1.5 text-meta leading-4';

/** The left edge: where to go, what is running. */
export function Rail({ app, repMenu }: { app: AppStore; repMenu: ReactNode }) {
  const { t } = useTexts();
  const screen = useStore(app.store, (state) => state.screen);
  return (
    <nav aria-label={t('app.nav')} className="flex w-[84px] shrink-0 flex-col gap-1 border-r border-line bg-raised p-1">
      {PLACES.map((place) => (
        <button key={place.screen} type="button" data-tour={place.screen === 'settings' ? 'settings' : undefined} aria-current={screen === place.screen ? 'page' : undefined} onClick={() => app.goTo(place.screen)} className={clsx(RAIL_ITEM, screen === place.screen ? 'bg-surface font-semibold text-accent' : 'text-ink-2 hover:bg-surface')}>
          <place.Icon size={16} aria-hidden />
          {t(`nav.${place.screen}`)}
        </button>
      ))}
      <span className="flex-1" />
      <JobsTray app={app} />
      <button type="button" data-tour="search" className={clsx(RAIL_ITEM, 'text-ink-2 hover:bg-surface')} onClick={() => app.show('search')}><Search size={16} aria-hidden />{t('nav.search')}</button>
      <button type="button" data-tour="keys" className={clsx(RAIL_ITEM, 'text-ink-2 hover:bg-surface')} onClick={() => app.show('keys')}><Keyboard size={16} aria-hidden />{t('nav.keys')}</button>
      {repMenu}
    </nav>
  );
}
