import { useCallback } from 'react';
import { useStore } from 'zustand';
import type { SearchHit } from '../../shared/contract/search.contract.ts';
import { DeskScreen } from '../features/desk/desk-screen.tsx';
import { ImportScreen } from '../features/import/import-screen.tsx';
import { KnowledgeScreen } from '../features/knowledge/knowledge-screen.tsx';
import { SearchOverlay } from '../features/search/search-overlay.tsx';
import { SettingsScreen } from '../features/settings/settings-screen.tsx';
import { useTexts } from '../base/texts.tsx';
import { commandsOf } from './app-commands.ts';
import { KeysSheet, shortcutWords } from './keys-sheet.tsx';
import type { Page } from './page.ts';
import { Rail } from './rail.tsx';
import { ShellNotices } from './shell-notices.tsx';
import { useCommands } from './use-commands.ts';

/** Rail, notices, the screen, and what lies over them. */
export function AppFrame({ page }: { page: Page }) {
  const { t } = useTexts();
  const { app } = page;
  const overlay = useStore(app.store, (state) => state.overlay);
  const commandsNow = useCallback(() => commandsOf(page), [page]);
  useCommands(commandsNow);
  return (
    <div className="flex h-full flex-col">
      <a href="#main" className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-surface focus:p-2">{t('app.skip')}</a>
      <ShellNotices app={app} />
      <div className="flex min-h-0 flex-1">
        <Rail app={app} />
        <main id="main" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 outline-none"><CurrentScreen page={page} /></main>
      </div>
      {overlay === 'search' && <Search page={page} />}
      {overlay === 'keys' && <KeysSheet commands={commandsNow()} onClose={() => app.show(null)} />}
    </div>
  );
}

function CurrentScreen({ page }: { page: Page }) {
  const { app, desk } = page;
  const screen = useStore(app.store, (state) => state.screen);
  const quietMode = useStore(app.store, (state) => state.settings.quietMode);
  switch (screen) {
    case 'desk':
      return <DeskScreen desk={desk} isQuiet={quietMode === 'off'} onSearch={() => app.show('search')} onGoImport={() => app.goTo('import')} onWrite={app.writeFor} />;
    case 'knowledge':
      return <Knowledge page={page} />;
    case 'import':
      return <Import page={page} />;
    case 'settings':
      return <Settings page={page} />;
  }
}

function Knowledge({ page }: { page: Page }) {
  const question = useStore(page.app.store, (state) => state.writeFor);
  return <KnowledgeScreen knowledge={page.knowledge} question={question} onQuestionTaken={() => page.app.writeFor(null)} onGoImport={() => page.app.goTo('import')} />;
}

function Import({ page }: { page: Page }) {
  const jobs = useStore(page.app.store, (state) => state.jobs);
  const { connection, imports, app } = page;
  return <ImportScreen imports={imports} files={connection} jobs={jobs} onCancelJob={(id) => void app.cancelJob(id).catch(() => {})} />;
}

function Settings({ page }: { page: Page }) {
  const status = useStore(page.app.store, (state) => state.status);
  const settings = useStore(page.app.store, (state) => state.settings);
  if (status === null) return null;
  return <SettingsScreen client={page.connection.client} status={status} settings={settings} onSave={page.app.saveSettings} onStatus={page.app.setStatus} />;
}

function Search({ page }: { page: Page }) {
  const { app, desk, search } = page;
  const screen = useStore(app.store, (state) => state.screen);
  const openId = useStore(desk.queue.store, (state) => state.openId);
  const canInsert = screen === 'desk' && openId !== null;
  const close = (): void => app.show(null);
  const pick = (hit: SearchHit, isOpening: boolean): void => {
    close();
    if (hit.conversationId !== null) {
      app.goTo('desk');
      void desk.open(hit.conversationId).then(() => desk.focusField());
    } else if (canInsert && !isOpening) {
      // The dialog hands the focus back first; the insertion then lands at the caret.
      void filledText(page, hit).then((text) => setTimeout(() => desk.insertText(text), 0));
    } else {
      app.goTo('knowledge');
      page.knowledge.show(hit.kind === 'macro' ? { kind: 'macro', id: hit.id } : { kind: 'passage', id: hit.id, source: hit.source, title: hit.title });
    }
  };
  return <SearchOverlay search={search} commands={commandsOf(page)} shortcutWords={shortcutWords} canInsert={canInsert} onPick={pick} onClose={close} />;
}

/** A macro with its variables filled for the open conversation; other hits as they are. */
async function filledText(page: Page, hit: SearchHit): Promise<string> {
  const conversationId = page.desk.queue.store.getState().openId;
  if (hit.kind !== 'macro' || conversationId === null) return hit.text;
  const matches = await page.connection.client.suggestion.macros({ conversationId, query: hit.source }).catch(() => []);
  return matches.find(({ id }) => id === hit.id)?.text ?? hit.text;
}
