import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useTexts } from '../../base/texts.tsx';
import type { Page } from '../page.ts';
import { PrintPage } from '../print/print-page.tsx';
import { followWindow } from './window-events.ts';

/** Joins the page to its window: the reader's words, spelling, and what is being printed. */
export function DesktopTie({ page }: { page: Page }) {
  const { t } = useTexts();
  const isSpellingOn = useStore(page.desktop.store, ({ facts }) => facts?.prefs.isSpellingOn ?? false);
  const isOpen = useStore(page.sessions.store, ({ session }) => session?.state === 'open');
  useEffect(() => page.watch.speak(t), [page, t]);
  useEffect(() => followWindow(page), [page]);
  useEffect(() => {
    document.documentElement.spellcheck = isSpellingOn;
  }, [isSpellingOn]);
  // nothing of a conversation is printed once the desk is covered
  return isOpen ? <PrintPage print={page.print} /> : null;
}
