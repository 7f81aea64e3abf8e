import path from 'node:path';
import { importKindSchema, type ImportKind, type ImportOptions } from '../../../shared/contract/import.contract.ts';
import type { ImportReport } from '../../../shared/contract/job.contract.ts';
import { textOption, UsageError, writeJson, type CliIo, type Command, type OptionValues } from '../cli.types.ts';
import { createProgressLines } from '../progress-lines.ts';

const KINDS = importKindSchema.options;
/** Kinds whose texts are searched. */
const SEARCHED_KINDS: ReadonlySet<ImportKind> = new Set(['conversations', 'knowledge', 'macros']);

export const importCommand: Command = {
  name: 'import',
  usage: `import ${KINDS.join('|')} PATH`,
  summary: 'Imports a file, or a folder with all its files; importing again changes nothing',
  details: `  --sheet NAME          the sheet of a workbook (default: the first visible one)
  --map COLUMN=FIELD    which column is which field; may be repeated, then only those columns count
  --date-order ORDER    day-first or month-first, for dates such as 03/04/2025
  --zone MINUTES        minutes east of UTC of times without a zone (default 480, China)
  --no-wait             do not wait until the new texts can be found by meaning
Formats and fields: docs/formats.md. Prints {"added","updated","unchanged","rejected","rejectedCount"} with --json.
Exit code 1 when nothing could be imported.`,
  options: { sheet: { type: 'string' }, map: { type: 'string', multiple: true }, 'date-order': { type: 'string' }, zone: { type: 'string' }, 'no-wait': { type: 'boolean' } },
  async run(context) {
    const { io, deps, values, isJson, store, signal } = context;
    const { kind, target } = targetOf(context.positionals);
    const options = optionsOf(values);
    const services = await deps.openServices(store);
    try {
      const report = await services.importFiles(target, kind, options, signal, createProgressLines(io, 'imported', deps.nowMs));
      if (values['no-wait'] !== true && hasNewTexts(kind, report) && !signal.aborted) {
        io.writeErr('indexing the new texts by meaning\n');
        await services.embedded();
      }
      if (isJson) writeJson(io, report);
      else printReport(io, kind, report);
      if (signal.aborted) io.writeErr('Stopped; what was stored before stays, and importing again goes on.\n');
      return signal.aborted || hasFailed(report) ? 1 : 0;
    } finally {
      await services.close();
    }
  },
};

function targetOf([kindText, target, ...rest]: readonly string[]): { kind: ImportKind; target: string } {
  const kind = importKindSchema.safeParse(kindText);
  if (!kind.success) throw new UsageError(`The first word must be one of ${KINDS.join(', ')}.`);
  if (target === undefined || rest.length > 0) throw new UsageError('Name one file or folder.');
  return { kind: kind.data, target: path.resolve(target) };
}

function hasNewTexts(kind: ImportKind, { added, updated }: ImportReport): boolean {
  return SEARCHED_KINDS.has(kind) && added + updated > 0;
}

function hasFailed({ added, updated, unchanged, rejectedCount }: ImportReport): boolean {
  return rejectedCount > 0 && added + updated + unchanged === 0;
}

function optionsOf(values: OptionValues): Partial<ImportOptions> {
  const dateOrder = textOption(values, 'date-order');
  if (dateOrder !== undefined && dateOrder !== 'day-first' && dateOrder !== 'month-first') throw new UsageError('--date-order must be day-first or month-first.');
  const sheet = textOption(values, 'sheet');
  const zone = textOption(values, 'zone');
  const zoneOffsetMinutes = zone === undefined ? undefined : Number(zone);
  if (zoneOffsetMinutes !== undefined && !(Number.isInteger(zoneOffsetMinutes) && Math.abs(zoneOffsetMinutes) <= 840)) throw new UsageError('--zone must be a whole number of minutes from -840 to 840.');
  const mapping = mappingOf(values['map']);
  return {
    ...(sheet === undefined ? {} : { sheet }),
    ...(dateOrder === undefined ? {} : { dateOrder }),
    ...(zoneOffsetMinutes === undefined ? {} : { zoneOffsetMinutes }),
    ...(mapping === undefined ? {} : { mapping }),
  };
}

function mappingOf(value: OptionValues[string]): Record<string, string> | undefined {
  if (!Array.isArray(value)) return undefined;
  return Object.fromEntries(value.map((each): [string, string] => {
    const at = `${each}`.lastIndexOf('=');
    if (at < 1) throw new UsageError('--map must look like COLUMN=FIELD.');
    return [`${each}`.slice(0, at), `${each}`.slice(at + 1)];
  }));
}

const LISTED_COUNT = 20;

function printReport(io: CliIo, kind: ImportKind, report: ImportReport): void {
  io.writeOut(`${kind}: ${report.added} added, ${report.updated} updated, ${report.unchanged} unchanged, ${report.rejectedCount} rejected\n`);
  for (const { file, line, reason } of report.rejected.slice(0, LISTED_COUNT)) io.writeOut(`  ${file}${line === null ? '' : `:${line}`}  ${reason}\n`);
  if (report.rejectedCount > LISTED_COUNT) io.writeOut(`  and ${report.rejectedCount - LISTED_COUNT} more; --json lists up to 1000\n`);
}
