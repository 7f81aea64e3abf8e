import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { desktopPrefsSchema, type DesktopPrefs, type DesktopPrefsChange } from '../../shared/desktop-bridge.ts';
import { writeFileAtomically } from '../platform/atomic-file.ts';
import { savedWindowSchema, type SavedWindow } from './window-place.ts';

const fileSchema = z.object({ prefs: desktopPrefsSchema.catch(desktopPrefsSchema.parse({})), window: savedWindowSchema.nullable().catch(null) });

/** What this machine's window remembers, in `desktop.json` beside the store; nothing in it is secret or a customer's. */
export type DesktopFile = { prefs(): DesktopPrefs; change(change: DesktopPrefsChange): DesktopPrefs; window(): SavedWindow | null; saveWindow(place: SavedWindow): void };

/** An unreadable file counts as none. Saving is tried: a full disk must not stop the window. */
export function openDesktopFile(storeDir: string, onError: (error: unknown) => void = () => {}): DesktopFile {
  const file = path.join(storeDir, 'desktop.json');
  const kept = read(file);
  const save = (): void => {
    try {
      writeFileAtomically(file, JSON.stringify(kept));
    } catch (error) {
      onError(error);
    }
  };
  return {
    prefs: () => kept.prefs,
    change(change) {
      kept.prefs = { ...kept.prefs, ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) };
      save();
      return kept.prefs;
    },
    window: () => kept.window,
    saveWindow(place) {
      kept.window = place;
      save();
    },
  };
}

function read(file: string): z.infer<typeof fileSchema> {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return fileSchema.parse({ prefs: {}, window: null });
  }
}
