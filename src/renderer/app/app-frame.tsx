import { useCallback } from 'react';
import { useStore } from 'zustand';
import type { GuardedAction } from '../../shared/contract/access.contract.ts';
import type { ConversationId } from '../../shared/contract/ids.contract.ts';
import type { TakenShortcut } from '../../shared/shortcut-conflict.ts';
import { DeskScreen } from '../features/desk/desk-screen.tsx';
import { ImportScreen } from '../features/import/import-screen.tsx';
import { KnowledgeScreen } from '../features/knowledge/knowledge-screen.tsx';
import { ProductsScreen } from '../features/products/products-screen.tsx';
import { SettingsScreen } from '../features/settings/settings-screen.tsx';
import { TRUST_PAGES } from '../features/trust/trust-pages.ts';
import { QuietContext } from '../base/quiet-context.tsx';
import { TodayScreen } from '../features/today/today-screen.tsx';
import { useTexts } from '../base/texts.tsx';
import { DemoBadge } from './demo-badge.tsx';
import { allCommands, boundCommands, commandsOf } from './command-registry.ts';
import { shortcutsOf } from '../base/key-map.ts';
import { KeysSheet } from './keys-sheet.tsx';
import { Palette } from './palette/palette-door.tsx';
import type { Page } from './page.ts';
import { Rail } from './rail.tsx';
import { Search } from './search-door.tsx';
import { RepCorner } from './session/rep-corner.tsx';
import { ShellNotices } from './shell-notices.tsx';
import { Tour } from './tour/tour-card.tsx';
import { useCommands } from './use-commands.ts';

/** Rail, notices, the screen, and what lies over them. */
export function AppFrame({ page }: { page: Page }) {
  const { t } = useTexts();
  const { app } = page;
  const overlay = useStore(app.store, (state) => state.overlay);
  const quietMode = useStore(app.store, (state) => state.settings.quietMode);
  const commandsNow = useCallback(() => commandsOf(page), [page]);
  useCommands(commandsNow);
  return (
    <div className="flex h-full flex-col">
      <a href="#main" className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-surface focus:p-2">{t('app.skip')}</a>
      <ShellNotices app={app} />
      <div className="flex min-h-0 flex-1">
        <Rail app={app} repMenu={<><DemoBadge app={app} client={page.connection.client} /><RepCorner page={page} /></>} />
        <main id="main" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 outline-none"><QuietContext value={quietMode}><CurrentScreen page={page} /></QuietContext></main>
      </div>
      {overlay === 'search' && <Search page={page} />}
      {overlay === 'palette' && <Palette page={page} onSearch={(text) => searchFor(page, text)} />}
      {overlay === 'keys' && <KeysSheet commands={commandsNow()} chosenIds={new Set(Object.keys(app.store.getState().settings.keys))} onChange={() => app.openSettings('keys')} onClose={() => app.show(null)} />}
      <Tour tour={page.tour} />
    </div>
  );
}

function CurrentScreen({ page }: { page: Page }) {
  const { app, desk } = page;
  const screen = useStore(app.store, (state) => state.screen);
  const quietMode = useStore(app.store, (state) => state.settings.quietMode);
  switch (screen) {
    case 'desk':
      return <DeskScreen desk={desk} isQuiet={quietMode === 'off'} onSearch={(text) => searchFor(page, text)} onGoImport={() => app.goTo('import')} onWrite={app.writeFor} />;
    case 'today':
      return <TodayScreen today={page.today} onOpen={(id) => { app.goTo('desk'); void desk.open(id).then(() => desk.focusField()); }} />;
    case 'knowledge':
      return <Knowledge page={page} />;
    case 'products':
      return <ProductsScreen products={page.products} onGoImport={() => app.goTo('import')} />;
    case 'import':
      return <Import page={page} />;
    case 'settings':
      return <Settings page={page} />;
  }
}

const NOTHING: readonly GuardedAction[] = [];

/** Opens the search, with words to look for when something was pointed at. */
function searchFor({ app, search }: Page, text?: string): void {
  if (text !== undefined) search.type(text);
  app.show('search');
}

function Knowledge({ page }: { page: Page }) {
  const question = useStore(page.app.store, (state) => state.writeFor);
  const { t } = useTexts();
  const allowed = useStore(page.sessions.store, (state) => state.session?.allowed ?? NOTHING);
  const openConversation = (id: ConversationId): void => {
    page.app.goTo('desk');
    void page.desk.open(id).then(() => page.desk.focusField());
  };
  const takenShortcuts = (): TakenShortcut[] => boundCommands(page).flatMap((command) => (command.id.startsWith('macro.') ? [] : shortcutsOf(command).map((shortcut) => ({ shortcut, owner: t(command.labelKey, command.labelValues) }))));
  return <KnowledgeScreen knowledge={page.knowledge} question={question} onQuestionTaken={() => page.app.writeFor(null)} onGoImport={() => page.app.goTo('import')} onOpenConversation={openConversation} files={page.connection} allowed={allowed} takenShortcuts={takenShortcuts} />;
}

function Import({ page }: { page: Page }) {
  const jobs = useStore(page.app.store, (state) => state.jobs);
  const { connection, imports, app } = page;
  return <ImportScreen imports={imports} files={connection} jobs={jobs} onCancelJob={(id) => void app.cancelJob(id).catch(() => {})} />;
}

function Settings({ page }: { page: Page }) {
  const status = useStore(page.app.store, (state) => state.status);
  const settings = useStore(page.app.store, (state) => state.settings);
  const jobs = useStore(page.app.store, (state) => state.jobs);
  const shownPage = useStore(page.app.store, (state) => state.settingsPage);
  // macros and their keys are among the commands that the page of keys lists
  useStore(page.desk.macroKeys.store);
  const session = useStore(page.sessions.store, (state) => state.session);
  if (status === null || session?.rep == null) return null;
  const startTour = (): void => {
    page.app.goTo('desk');
    page.tour.start();
  };
  return <SettingsScreen morePages={TRUST_PAGES} client={page.connection.client} status={status} settings={settings} session={{ ...session, rep: session.rep }} page={shownPage} onPage={page.app.openSettings} onSave={page.app.saveSettings} onStatus={page.app.setStatus} commands={() => allCommands(page)} onTour={startTour} jobs={jobs} onCancelJob={(id) => void page.app.cancelJob(id).catch(() => {})} />;
}
