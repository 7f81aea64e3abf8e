// Compares the store with what the customers wrote and the rep was told.
import { expect } from 'vitest';
import type { ImportedFile } from './importing-clerk.ts';
import type { KillRig } from './kill-rig.ts';
import type { LiveLine } from './live-customers.ts';
import type { RepBook } from './rep-at-work.ts';
import { deliveredIds, liveMessages, miscountedSources, readStore, storedDrafts, storedFeedback, storedReplies } from './store-facts.ts';

type Witness = { storeDir: string; live: string; written: readonly LiveLine[]; book: RepBook };

const within = { timeout: 30_000, interval: 100 };

/** Every line once, every acknowledged draft, reply and judgement there and not doubled. */
export async function checkWork({ storeDir, live, written, book }: Witness): Promise<void> {
  expect(book.surprises).toEqual([]);
  await expect.poll(() => readStore(storeDir, liveMessages), within).toEqual(written);
  const ids = [...book.sent.keys()].toSorted();
  const expected = ids.map((id) => ({ id, ...book.sent.get(id), state: 'sent', messageCount: 1, auditCount: 1 }));
  await expect.poll(() => readStore(storeDir, storedReplies), within).toEqual(expected);
  expect(deliveredIds(live).toSorted()).toEqual(ids);
  const drafts = await readStore(storeDir, storedDrafts);
  const lost = [...book.drafts].filter(([id, may]) => !may.includes(drafts.get(id) ?? null)).map(([id, may]) => ({ id, may, is: drafts.get(id) ?? null }));
  expect(lost).toEqual([]);
  const feedback = await readStore(storeDir, storedFeedback);
  expect(new Set(feedback).size).toBe(feedback.length);
  expect([...book.feedback].filter((entry) => !feedback.includes(entry))).toEqual([]);
  expect(await readStore(storeDir, miscountedSources)).toEqual([]);
}

/** Imports are whole and once; what each new backend said of the stop before it agrees with what happened. */
export async function checkBook({ rig, files, ...witness }: Witness & { rig: KillRig; files: readonly ImportedFile[] }): Promise<void> {
  await checkWork(witness);
  const imported = await readStore(witness.storeDir, (db) => db.prepare("SELECT count(*) FROM messages m JOIN conversations c ON c.id = m.conversation_id JOIN channels h ON h.id = c.channel_id WHERE h.kind = 'import'").pluck().get());
  expect(imported).toBe(files.reduce((sum, { messageCount }) => sum + messageCount, 0));
  const [first, ...later] = rig.restarts;
  expect(first?.recovery).toEqual({ wasUnclean: false, unknownReplyCount: 0, interruptedJobCount: 0 });
  // a backend whose host alone was killed still closes by itself, if it is quick enough
  const silent = later.filter(({ target, recovery }) => target !== 'host' && !recovery.wasUnclean);
  expect(silent).toEqual([]);
  const interrupted = await readStore(witness.storeDir, (db) => db.prepare("SELECT count(*) FROM jobs WHERE state = 'interrupted'").pluck().get());
  expect(later.reduce((sum, { recovery }) => sum + recovery.interruptedJobCount, 0)).toBe(interrupted);
  expect(interrupted).toBeGreaterThan(0);
}
