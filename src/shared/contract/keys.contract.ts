import { z } from 'zod';

const COMMANDS_MAX = 300;
const RECENT_MAX = 12;

/** Keys a rep chose, by command: a shortcut as `j`, `Mod+k`, `Alt+Shift+4` or `g d`, or null for none. A command that is not named keeps its own. */
export const keyMapSchema = z.record(z.string().min(1).max(80), z.string().min(1).max(40).nullable()).refine((map) => Object.keys(map).length <= COMMANDS_MAX);
export type KeyMap = Readonly<Record<string, string | null>>;

/** Commands that a rep ran from the palette, the newest first. */
export const recentCommandsSchema = z.array(z.string().min(1).max(80)).max(RECENT_MAX);
