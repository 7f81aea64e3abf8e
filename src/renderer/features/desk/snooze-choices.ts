/** How the reader's zone shows a time, `2026-11-22 09:41`. */
export type ShowTime = (at: number) => string;
export type SnoozeChoice = { id: 'hour' | 'afternoon' | 'evening' | 'tomorrow' | 'monday'; at: number };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MORNING_HOUR = 9;
const AFTERNOON_HOUR = 14;
const EVENING_HOUR = 18;

/** Epoch ms as if the wall clock of the reader's zone were UTC. */
function wallOf(at: number, show: ShowTime): number {
  return Date.parse(`${show(at).replace(' ', 'T')}Z`);
}

/** The time at which the reader's wall clock shows `wall`. The offset is asked for twice, for days on which the clock is changed. */
function atWall(wall: number, show: ShowTime): number {
  const first = wall - (wallOf(wall, show) - wall);
  return first - (wallOf(first, show) - wall);
}

/** The times offered for a snooze, soonest first; those that are over, or the same as another, are left out. */
export function snoozeChoices(nowMs: number, show: ShowTime): SnoozeChoice[] {
  const wall = wallOf(nowMs, show);
  const midnight = Math.floor(wall / DAY_MS) * DAY_MS;
  const hour = Math.floor((wall - midnight) / HOUR_MS);
  const dayOf = (id: SnoozeChoice['id'], days: number, atHour: number): SnoozeChoice => ({ id, at: atWall(midnight + days * DAY_MS + atHour * HOUR_MS, show) });
  const later = hour < AFTERNOON_HOUR - 1 ? [dayOf('afternoon', 0, AFTERNOON_HOUR)] : hour < EVENING_HOUR - 1 ? [dayOf('evening', 0, EVENING_HOUR)] : [];
  const daysToMonday = 7 - ((new Date(wall).getUTCDay() + 6) % 7);
  const monday = daysToMonday === 1 ? [] : [dayOf('monday', daysToMonday, MORNING_HOUR)];
  return [{ id: 'hour', at: Math.ceil((nowMs + HOUR_MS) / MINUTE_MS) * MINUTE_MS }, ...later, dayOf('tomorrow', 1, MORNING_HOUR), ...monday];
}

const SPAN = /^(\d{1,3})\s*(m|min|分|分钟|分鐘|h|小时|小時|d|天)$/i;
const CLOCK = /^(?:(\d{4})[-/])?(?:(\d{1,2})[-/](\d{1,2})\s+)?(\d{1,2})[:：点點](\d{2})?$/;
const DATE = /^(?:(\d{4})[-/])?(\d{1,2})[-/](\d{1,2})$/;

/** A time typed by hand, to come: `30m`, `2h`, `1d`, `18:30` (tomorrow when that is over today), `12-05 9:00`, `2026-12-05` (at 9). Null when it is none. */
export function parseSnoozeTime(text: string, nowMs: number, show: ShowTime): number | null {
  const words = text.trim();
  const span = SPAN.exec(words);
  if (span !== null) return nowMs + Number(span[1]) * unitMs(span[2] ?? '');
  const clock = CLOCK.exec(words);
  if (clock !== null) return wallTime({ year: clock[1], month: clock[2], day: clock[3], hour: Number(clock[4]), minute: Number(clock[5] ?? 0) }, nowMs, show);
  const date = DATE.exec(words);
  return date === null ? null : wallTime({ year: date[1], month: date[2], day: date[3], hour: MORNING_HOUR, minute: 0 }, nowMs, show);
}

function unitMs(unit: string): number {
  if (/^(?:m|分)/i.test(unit)) return MINUTE_MS;
  return /^(?:h|小)/i.test(unit) ? HOUR_MS : DAY_MS;
}

type WallParts = { year: string | undefined; month: string | undefined; day: string | undefined; hour: number; minute: number };

function wallTime({ year, month, day, hour, minute }: WallParts, nowMs: number, show: ShowTime): number | null {
  if (hour > 23 || minute > 59) return null;
  const now = wallOf(nowMs, show);
  const clockMs = hour * HOUR_MS + minute * MINUTE_MS;
  if (month === undefined || day === undefined) {
    const today = Math.floor(now / DAY_MS) * DAY_MS + clockMs;
    return atWall(today > now ? today : today + DAY_MS, show);
  }
  const thisYear = new Date(now).getUTCFullYear();
  const at = (inYear: number): number => Date.UTC(inYear, Number(month) - 1, Number(day)) + clockMs;
  const isRealDate = new Date(at(Number(year ?? thisYear))).getUTCDate() === Number(day);
  if (!isRealDate) return null;
  const wall = year === undefined && at(thisYear) <= now ? at(thisYear + 1) : at(Number(year ?? thisYear));
  return wall > now ? atWall(wall, show) : null;
}

/** A value of `<input type="datetime-local">`; null when empty or over. */
export function parseLocalValue(value: string, nowMs: number, show: ShowTime): number | null {
  const wall = Date.parse(`${value}Z`);
  if (Number.isNaN(wall)) return null;
  const at = atWall(wall, show);
  return at > nowMs ? at : null;
}
