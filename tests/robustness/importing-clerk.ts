// Keeps importing conversation files through the contract, starting a file again whenever a stop cut it short.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { ImportKind } from '../../src/shared/contract/import.contract.ts';
import type { Job } from '../../src/shared/contract/job.contract.ts';
import type { Client } from '../../src/renderer/connection/connection.ts';

export type ImportedFile = { path: string; recordCount: number; messageCount: number };
export type ImportingClerk = { files: readonly ImportedFile[]; /** Ends after the file under way. */ stop(): Promise<void> };

const TURN_COUNT = 6;
const SAID = ['这件冲锋衣防水吗', '防水的，接缝压胶', '袖口脱线了可以修吗', '可以的，寄回来我们修', '运费谁出呢', '质量问题由我们承担'];

/** `isWhole` writes one conversation a line, else one message a line. */
export function writeConversations(file: string, conversationCount: number, isWhole: boolean): ImportedFile {
  const name = path.basename(file, '.jsonl');
  const lines = Array.from({ length: conversationCount }, (_, place) => {
    const turns = Array.from({ length: TURN_COUNT }, (__, ord) => ({ id: `${ord}`, role: ord % 2 === 0 ? 'customer' : 'rep', text: `${SAID[ord]}（${name} ${place}）`, at: 1_700_000_000_000 + place * 60_000 + ord * 1000 }));
    const id = `${name}-${place}`;
    if (isWhole) return `${JSON.stringify({ id, customerId: `buyer-${place % 50}`, turns })}\n`;
    return turns.map((turn) => `${JSON.stringify({ conv_id: id, msg_id: turn.id, ts: turn.at, role: turn.role, text: turn.text, customer_id: `buyer-${place % 50}` })}\n`).join('');
  });
  writeFileSync(file, lines.join(''));
  return { path: file, recordCount: isWhole ? conversationCount : conversationCount * TURN_COUNT, messageCount: conversationCount * TURN_COUNT };
}

export function startImporting(client: () => Client, dir: string, conversationCount: number): ImportingClerk {
  const files: ImportedFile[] = [];
  let isStopped = false;
  const running = (async () => {
    while (!isStopped) {
      const file = writeConversations(path.join(dir, `import-${files.length}.jsonl`), conversationCount, files.length % 2 === 0);
      files.push(file);
      await importToEnd(client, file.path);
    }
  })();
  const stop = async () => {
    isStopped = true;
    await running;
  };
  onTestFinished(() => void stop());
  return { files, stop };
}

/** The done job of the file; started as often as it takes. @throws when a job fails for any other reason than a stop. */
export async function importToEnd(client: () => Client, file: string, kind: ImportKind = 'conversations'): Promise<Job> {
  const before = new Set((await listJobs(client))?.map(({ id }) => id));
  for (;;) {
    const job = (await listJobs(client))?.find(({ id, title }) => title === path.basename(file) && !before.has(id));
    if (job?.state === 'done') return job;
    if (job?.state === 'failed') throw new Error(`the import failed: ${job.error}`);
    if (job?.state !== 'running') await client().import.start({ path: file, kind }).catch(() => {});
    await sleep(60);
  }
}

async function listJobs(client: () => Client): Promise<Job[] | undefined> {
  for (;;) {
    try {
      return await client().job.list({});
    } catch {
      await sleep(60);
    }
  }
}
