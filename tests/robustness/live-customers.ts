// The customers' side of a file channel: lines that keep arriving, now and then torn in two as a slow writer tears them.
import { appendFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { drawIndex, type SeededRandom } from '../../bench/seeded-random.ts';

export type LiveLine = { conversation: string; id: string; text: string };
export type LiveCustomers = { written: readonly LiveLine[]; stop(): Promise<void> };

const CONVERSATION_COUNT = 8;
const ASKED = ['衣服破損可以維修嗎', '退货的运费谁出', '什么时候发货', '再不处理我就投诉你们', '有没有 M 码', '好的谢谢'];

export function startCustomers(file: string, random: SeededRandom, pauseMs: () => number): LiveCustomers {
  const written: LiveLine[] = [];
  let isStopped = false;
  writeFileSync(file, '');
  const write = async () => {
    const line: LiveLine = { conversation: `live-${drawIndex(random, CONVERSATION_COUNT)}`, id: `m${written.length}`, text: `${ASKED[drawIndex(random, ASKED.length)]}（${written.length}）` };
    const { conversation, id, text } = line;
    const bytes = Buffer.from(`${JSON.stringify({ conv_id: conversation, msg_id: id, ts: Date.now(), role: 'customer', author: `buyer of ${conversation}`, text })}\n`);
    written.push(line);
    const cut = random() < 0.15 ? drawIndex(random, bytes.length) : 0;
    if (cut > 0) {
      appendFileSync(file, bytes.subarray(0, cut));
      await sleep(30);
    }
    appendFileSync(file, bytes.subarray(cut));
  };
  const running = (async () => {
    while (!isStopped) {
      await write();
      await sleep(pauseMs());
    }
  })();
  const stop = async () => {
    isStopped = true;
    await running;
  };
  onTestFinished(stop);
  return { written, stop };
}
