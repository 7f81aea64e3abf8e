// A rep at the page itself: real clicks and key strokes in a real browser, and a book of what the store must hold in the end.
import type { CDPSession, Page } from '@playwright/test';
import type { SeededRandom } from '../../bench/seeded-random.ts';

export type RepBook = { drafts: ReadonlyMap<string, string>; sent: readonly { name: string; text: string }[] };
export type PageSeen = { longestTaskMs: number; longTaskCount: number; heapGrowth: number; switchCount: number };
export type BusyRep = { workFor(ms: number): Promise<PageSeen>; book(): RepBook; surprises(): readonly string[] };

const SEND_SHARE = 0.35;
const PAUSE_MS = 400;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/** Collects tasks over 50 ms from before the page's own code runs. */
export async function watchPage(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const tasks: number[] = [];
    Object.assign(globalThis, { busyTasks: tasks });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask', buffered: true });
  });
}

export function startBusyRep(page: Page, random: SeededRandom, names: readonly string[], drawIndex: (random: SeededRandom, count: number) => number): BusyRep {
  const drafts = new Map<string, string>();
  const sent: { name: string; text: string }[] = [];
  const surprises: string[] = [];
  let number = 0;

  const serve = async (name: string) => {
    await page.getByRole('option').filter({ hasText: name }).first().click();
    const field = page.locator(`#reply[aria-label*="${name}"]:not([disabled])`);
    await field.waitFor();
    const found = await field.inputValue();
    if (found !== (drafts.get(name) ?? '')) surprises.push(`${name}: the field held «${found}» instead of «${drafts.get(name) ?? ''}»`);
    await field.focus();
    await page.keyboard.press('End');
    await page.keyboard.type(`给${name}的第${++number}句。`);
    const text = await field.inputValue();
    if (random() >= SEND_SHARE) {
      drafts.set(name, text);
      return;
    }
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('#reply')?.value === '');
    drafts.delete(name);
    sent.push({ name, text });
  };

  return {
    book: () => ({ drafts, sent }),
    surprises: () => surprises,
    async workFor(ms) {
      const session = await page.context().newCDPSession(page);
      await page.evaluate(() => void (globalThis as unknown as { busyTasks: number[] }).busyTasks.splice(0));
      const until = Date.now() + ms;
      const firstLook = Date.now() + ms / 5;
      let before: number | undefined;
      let switchCount = 0;
      while (Date.now() < until) {
        await serve(names[drawIndex(random, names.length)] ?? '').catch((error: unknown) => surprises.push(String(error)));
        switchCount++;
        if (before === undefined && Date.now() >= firstLook) before = await heapBytes(session);
        await page.waitForTimeout(PAUSE_MS);
      }
      const tasks = await page.evaluate(() => (globalThis as unknown as { busyTasks: number[] }).busyTasks);
      return { longestTaskMs: Math.max(0, ...tasks), longTaskCount: tasks.length, heapGrowth: (await heapBytes(session)) / (before ?? Number.NaN), switchCount };
    },
  };
}

async function heapBytes(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}
