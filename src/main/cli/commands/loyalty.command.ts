import path from 'node:path';
import { parseDate } from '../../files/date-values.ts';
import { ORDER_FIELDS } from '../../importing/shop.fields.ts';
import { parseRow } from '../../importing/field-table.ts';
import { mappedRows } from '../../importing/table-source.ts';
import { rfmSegments, type PaidOrder } from '../../insight/loyalty/rfm.ts';
import { textOption, UsageError, writeJson, type CliDeps, type CliIo, type Command } from '../cli.types.ts';

const DEFAULT_ZONE_MINUTES = 480;
const SHOWN_PROBLEM_COUNT = 20;

export const loyaltyCommand: Command = {
  name: 'loyalty',
  usage: 'loyalty --orders FILE [--as-of DATE]',
  summary: 'Tags customers by recency, frequency and spending; reads a file, touches no store',
  details: `  --orders FILE  a table of orders: customer_id, order_id, paid_at, amount (docs/formats.md)
  --as-of DATE   the day to look back from (default: now)
Prints {"asOf","customers":[{"customerId","rfm":{"recency","frequency","monetary"},"segment","recencyDays","orderCount","netFen","reasons"}]} with --json.`,
  options: { orders: { type: 'string' }, 'as-of': { type: 'string' } },
  async run({ io, deps, values, isJson }) {
    const file = textOption(values, 'orders');
    if (file === undefined) throw new UsageError('Name the file of orders with --orders FILE.');
    const asOf = asOfDate(textOption(values, 'as-of'), deps.nowMs());
    const { orders, badCount } = await readOrders(path.resolve(file), deps, io);
    const customers = rfmSegments(orders, { asOf }).map(({ scores, ...rest }) => ({ ...rest, rfm: scores }));
    if (isJson) writeJson(io, { asOf: new Date(asOf).toISOString(), customers });
    else {
      for (const { customerId, rfm, segment, recencyDays, orderCount, netFen } of customers) {
        io.writeOut(`${customerId}\t${rfm.recency}${rfm.frequency}${rfm.monetary}\t${segment}\t${recencyDays} days\t${orderCount} orders\t${(netFen / 100).toFixed(2)}\n`);
      }
    }
    return badCount > 0 && orders.length === 0 ? 1 : 0;
  },
};

function asOfDate(text: string | undefined, nowMs: number): number {
  if (text === undefined) return nowMs;
  const date = parseDate(text, { zoneOffsetMinutes: DEFAULT_ZONE_MINUTES });
  if (!date.ok) throw new UsageError(`--as-of: ${date.sentence}`);
  return date.value;
}

async function readOrders(file: string, deps: CliDeps, io: CliIo): Promise<{ orders: PaidOrder[]; badCount: number }> {
  const orders: PaidOrder[] = [];
  let badCount = 0;
  const reject = (line: number | null, reason: string) => {
    badCount++;
    if (badCount <= SHOWN_PROBLEM_COUNT) io.writeErr(`${path.basename(file)}:${line ?? ''} ${reason}\n`);
  };
  for await (const item of mappedRows(await deps.openFile(file), { kind: 'orders' })) {
    const parsed = item.kind === 'rejected' ? item : parseRow(ORDER_FIELDS, item.cells, { zoneOffsetMinutes: DEFAULT_ZONE_MINUTES });
    if ('kind' in parsed) reject(parsed.line, parsed.reason);
    else if (!parsed.ok) reject(item.line, parsed.reason);
    else orders.push({ customerId: parsed.row.customer_id, orderId: parsed.row.order_id, paidAt: parsed.row.paid_at, amountFen: parsed.row.amount });
  }
  if (badCount > SHOWN_PROBLEM_COUNT) io.writeErr(`and ${badCount - SHOWN_PROBLEM_COUNT} more rows that cannot be read\n`);
  return { orders, badCount };
}
