import { useStore } from 'zustand';
import { SearchOverlay, type Insertable, type OpenTarget } from '../features/search/search-overlay.tsx';
import type { Page } from './page.ts';

/** The search box over the whole page: where its results lead, and into which reply they go. */
export function Search({ page }: { page: Page }) {
  const { app, desk, search } = page;
  const screen = useStore(app.store, (state) => state.screen);
  const openId = useStore(desk.queue.store, (state) => state.openId);
  const close = (): void => app.show(null);
  const insert = (hit: Insertable): void => {
    close();
    // The dialog hands the focus back first; the insertion then lands at the caret.
    setTimeout(() => {
      if (hit.kind === 'macro') void desk.insertMacro({ id: hit.id, code: hit.number.text });
      else desk.insertText(hit.body.text);
    }, 0);
  };
  const toCommands = (text: string): void => {
    page.palette.type(text);
    app.show('palette');
  };
  const open = (target: OpenTarget): void => {
    close();
    openTarget(page, target);
  };
  return <SearchOverlay search={search} client={page.connection.client} canInsert={screen === 'desk' && openId !== null} onOpen={open} onInsert={insert} onCommands={toCommands} onClose={close} />;
}

function openTarget({ app, desk, knowledge, products }: Page, target: OpenTarget): void {
  switch (target.kind) {
    case 'conversation': {
      const { id, messageId } = target;
      app.goTo('desk');
      void desk.open(id).then(() => {
        if (messageId !== null) desk.media.jumpTo(messageId);
        desk.focusField();
      });
      return;
    }
    case 'product':
      app.goTo('products');
      void products.choose(target.id);
      return;
    case 'macro':
      app.goTo('knowledge');
      knowledge.show({ kind: 'macro', id: target.id });
      return;
    case 'article':
      app.goTo('knowledge');
      knowledge.show({ kind: 'passage', id: target.id, source: target.source, title: target.title });
  }
}
