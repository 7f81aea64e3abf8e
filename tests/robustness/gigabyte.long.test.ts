/** A gigabyte of orders through the built command line with a heap of 256 MB. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { copyBuild } from './built-host.ts';
import { tellFigures } from './long-figures.ts';

const FILE_BYTES = 1024 ** 3;
const HEAP_MB = 256;
const MAX_RSS_MB = 400;
const LINES_AT_ONCE = 1000;
const WATCH_EVERY_MS = 100;

let dir: string;
beforeAll(() => void (dir = mkdtempSync(path.join(os.tmpdir(), 'deskmate-gigabyte-'))));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function orderLine(place: number): string {
  return `${JSON.stringify({
    order_id: `E2025${String(place).padStart(12, '0')}`, customer_id: `buyer-${place % 20_000}`, customer_name: '林女士', paid_at: 1_700_000_000_000 + place, amount: `${(place % 900) + 1}.50`, status: '交易成功', promo: '满300减50',
    waybill: `SF${place}`, carrier: '顺丰', address: '浙江省杭州市西湖区文三路 1 号', item_title: '轻量冲锋衣 男款 防水', item_sku: `JK-${place % 500}`, item_size: 'L', item_colour: '蓝', item_price: '899.00', item_quantity: 1, note: '请尽快发货，谢谢。'.repeat(32),
  })}\n`;
}

/** Writes whole lines until the file is as large as asked for; answers how many. */
async function writeOrders(file: string, bytes: number): Promise<number> {
  let count = 0;
  function* blocks() {
    for (let written = 0; written < bytes; ) {
      const block = Buffer.from(Array.from({ length: LINES_AT_ONCE }, (_, at) => orderLine(count + at)).join(''));
      count += LINES_AT_ONCE;
      written += block.length;
      yield block;
    }
  }
  await pipeline(Readable.from(blocks()), createWriteStream(file));
  return count;
}

/** Highest resident memory of a running process so far (Linux), or 0 when it has ended. */
function peakRssMb(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

it.skipIf(process.platform !== 'linux')('imports within bounded memory, every row', async () => {
  const buildDir = copyBuild(path.join(dir, 'build'));
  const file = path.join(dir, 'orders.jsonl');
  const orderCount = await writeOrders(file, FILE_BYTES);
  const startedAt = performance.now();
  const child = spawn(process.execPath, [path.join(buildDir, 'out/main/cli.js'), 'import', 'orders', file, '--data', path.join(dir, 'store'), '--no-wait', '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}` },
  });
  let peakMb = 0;
  const watch = setInterval(() => (peakMb = Math.max(peakMb, peakRssMb(child.pid ?? 0))), WATCH_EVERY_MS);
  const exited = once(child, 'exit');
  const printed = await text(child.stdout);
  const [code] = (await exited) as [number | null];
  clearInterval(watch);
  const seconds = (performance.now() - startedAt) / 1000;
  tellFigures([
    { name: 'gigabyte import: orders', value: orderCount },
    { name: 'gigabyte import: time', value: Math.round(seconds), unit: 's' },
    { name: 'gigabyte import: orders a second', value: Math.round(orderCount / seconds) },
    { name: 'gigabyte import: peak memory', value: Math.round(peakMb), unit: 'MB', target: `< ${MAX_RSS_MB} MB, heap ${HEAP_MB} MB` },
  ]);
  expect(code).toBe(0);
  expect(JSON.parse(printed)).toEqual({ added: orderCount, updated: 0, unchanged: 0, rejected: [], rejectedCount: 0 });
  expect(peakMb).toBeGreaterThan(0);
  expect(peakMb).toBeLessThan(MAX_RSS_MB);
});
