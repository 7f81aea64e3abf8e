// Reads generated rows of 128 bytes with a real reader and reports what it took. Arguments: csv|jsonl and the number of megabytes.
import { readCsv } from './read-csv.ts';
import { readJsonLines } from './read-json-lines.ts';

const [format, megabytes] = process.argv.slice(2);
const words = 'x'.repeat(80);
const row = format === 'csv' ? `1234567890,"${words}",2025-03-04 05:06:07,a` : `{"id":1234567890,"text":"${words}","at":1741064767000}`;
const block = Buffer.from(`${row.padEnd(127, format === 'csv' ? 'a' : ' ')}\n`.repeat(8 * 64));
let rowCount = 0;
let maxRssMb = 0;

async function* source(): AsyncGenerator<Uint8Array> {
  if (format === 'csv') yield Buffer.from('id,text,at,tail\n');
  for (let count = 0; count < Number(megabytes) * 16; count++) {
    maxRssMb = Math.max(maxRssMb, process.memoryUsage.rss() / 1024 / 1024);
    yield block;
  }
}

const items = format === 'csv' ? readCsv(source(), { encoding: 'utf-8' }) : readJsonLines(source(), { encoding: 'utf-8' });
for await (const item of items) if (item.kind === 'row') rowCount++;
process.send?.({ rowCount, maxRssMb });
