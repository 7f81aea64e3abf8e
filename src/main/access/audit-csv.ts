import type { AuditLine } from '../../shared/contract/access.contract.ts';

const HEAD = ['time_utc', 'rep', 'rep_id', 'action', 'entity', 'entity_id'];
/** A spreadsheet runs a cell that begins with one of these (OWASP, CSV injection); full-width forms count in some locales. */
const FORMULA_START = /^[\s\u200b\ufeff]*[=+\-@＝＋－＠\t\r]/u;

/** One cell: never a formula, quoted when it must be. */
export function csvCell(value: string): string {
  const safe = FORMULA_START.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** RFC 4180 lines with a byte order mark, which spreadsheets need to read Chinese. */
export function auditCsv(lines: readonly AuditLine[]): string {
  const rows = lines.map((line) => [new Date(line.at).toISOString(), line.repName, line.repId ?? '', line.action, line.entity, line.entityId]);
  return `\ufeff${[HEAD, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}
