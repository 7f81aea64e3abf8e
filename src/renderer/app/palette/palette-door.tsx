import { useStore } from 'zustand';
import type { Command } from '../../base/command.ts';
import { commandsOf } from '../command-registry.ts';
import type { Page } from '../page.ts';
import { PaletteOverlay } from './palette-overlay.tsx';

const MOST_RECENT = 8;

/** The palette over the page's commands; what was run is remembered for the rep. */
export function Palette({ page, onSearch }: { page: Page; onSearch: (text: string) => void }) {
  const { app } = page;
  const recentIds = useStore(app.store, (state) => state.settings.recentCommands);
  const commands = commandsOf(page).filter((command) => command.id !== 'app.palette' && command.isAvailable?.() !== false);
  const remember = ({ id }: Command): void => void app.saveSettings({ recentCommands: [id, ...recentIds.filter((other) => other !== id)].slice(0, MOST_RECENT) });
  return <PaletteOverlay palette={page.palette} commands={commands} recentIds={recentIds} onSearch={onSearch} onRan={remember} onClose={() => app.show(null)} />;
}
