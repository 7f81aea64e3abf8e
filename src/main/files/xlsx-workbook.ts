import path from 'node:path';
import { readXml } from './xml-stream.ts';
import type { ZipArchive } from './zip.ts';

/** How a number format shows a number. */
export type NumberLook = 'number' | 'date' | 'time' | 'date-time';

export type Workbook = {
  /** Sheets in the order of their tabs; `part` is the entry inside the archive. */
  sheets: readonly { name: string; part: string; isHidden: boolean }[];
  /** Cell style index → look. */
  looks: readonly NumberLook[];
  sharedStrings: readonly string[];
  is1904: boolean;
};

const WORKBOOK_PART = 'xl/workbook.xml';

/** Sheets only; cheap, for a preview or to choose one. Null when the archive is no workbook. */
export async function readSheets(zip: ZipArchive, signal?: AbortSignal): Promise<Pick<Workbook, 'sheets' | 'is1904'> | null> {
  const source = await zip.open(WORKBOOK_PART);
  if (source === null) return null;
  const targets = await readTargets(zip, signal);
  const sheets: { name: string; part: string; isHidden: boolean }[] = [];
  let is1904 = false;
  await readXml(source, {
    onOpen(name, attributes) {
      if (name === 'workbookPr') is1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const relation = Object.entries(attributes).find(([key]) => key === 'id' || key.endsWith(':id'))?.[1] ?? '';
      const part = targets.get(relation);
      if (part !== undefined) sheets.push({ name: attributes['name'] ?? '', part, isHidden: (attributes['state'] ?? 'visible') !== 'visible' });
    },
  }, signal);
  return { sheets, is1904 };
}

async function readTargets(zip: ZipArchive, signal?: AbortSignal): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  const source = await zip.open('xl/_rels/workbook.xml.rels');
  if (source === null) return targets;
  await readXml(source, {
    onOpen(name, attributes) {
      if (name !== 'Relationship' || attributes['Type']?.endsWith('/worksheet') !== true || attributes['TargetMode'] === 'External') return;
      const target = attributes['Target'] ?? '';
      targets.set(attributes['Id'] ?? '', target.startsWith('/') ? target.slice(1) : path.posix.join('xl', target));
    },
  }, signal);
  return targets;
}

/** Everything needed to read any sheet. Shared strings are held in memory: the process that reads them has a cap. */
export async function readWorkbook(zip: ZipArchive, signal?: AbortSignal): Promise<Workbook | null> {
  const base = await readSheets(zip, signal);
  if (base === null) return null;
  return { ...base, looks: await readLooks(zip, signal), sharedStrings: await readSharedStrings(zip, signal) };
}

async function readSharedStrings(zip: ZipArchive, signal?: AbortSignal): Promise<string[]> {
  const strings: string[] = [];
  const source = await zip.open('xl/sharedStrings.xml');
  if (source === null) return strings;
  const gather = createTextGather('si', (text) => strings.push(text));
  await readXml(source, gather, signal);
  return strings;
}

/** Gathers the `<t>` texts inside one `container`, leaving out phonetic guides (`rPh`). */
export function createTextGather(container: string, onEnd: (text: string) => void): { onOpen(name: string): void; onText(text: string): void; onClose(name: string): void } {
  let text = '';
  let isText = false;
  let isPhonetic = false;
  return {
    onOpen(name) {
      if (name === container) text = '';
      else if (name === 'rPh') isPhonetic = true;
      else if (name === 't') isText = !isPhonetic;
    },
    onText(piece) {
      if (isText) text += piece;
    },
    onClose(name) {
      if (name === 't') isText = false;
      else if (name === 'rPh') isPhonetic = false;
      else if (name === container) onEnd(unescapeText(text));
    },
  };
}

/** Characters that XML cannot hold are written as `_x000D_` (ECMA-376 22.9.2.19). */
export function unescapeText(text: string): string {
  return text.includes('_x') ? text.replace(/_x([0-9a-fA-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))) : text;
}

async function readLooks(zip: ZipArchive, signal?: AbortSignal): Promise<NumberLook[]> {
  const looks: NumberLook[] = [];
  const source = await zip.open('xl/styles.xml');
  if (source === null) return looks;
  const formats = new Map<number, string>();
  let isInCellFormats = false;
  await readXml(source, {
    onOpen(name, attributes) {
      if (name === 'numFmt') formats.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      if (name === 'cellXfs') isInCellFormats = true;
      if (name === 'xf' && isInCellFormats) looks.push(lookOf(Number(attributes['numFmtId'] ?? 0), formats));
    },
    onClose(name) {
      if (name === 'cellXfs') isInCellFormats = false;
    },
  }, signal);
  return looks;
}

function lookOf(formatId: number, formats: ReadonlyMap<number, string>): NumberLook {
  const code = formats.get(formatId);
  return code === undefined ? builtInLook(formatId) : lookOfFormat(code);
}

/** Built-in formats (ECMA-376 18.8.30), with the ones reserved for East Asian dates and times. */
function builtInLook(formatId: number): NumberLook {
  if (formatId === 22) return 'date-time';
  if ((formatId >= 14 && formatId <= 17) || [27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].includes(formatId)) return 'date';
  if ((formatId >= 18 && formatId <= 21) || (formatId >= 32 && formatId <= 35) || [45, 46, 47, 55, 56].includes(formatId)) return 'time';
  return 'number';
}

/** The look of a format code, by its first section without literals, colours and conditions. */
export function lookOfFormat(code: string): NumberLook {
  if (/^general$/i.test(code)) return 'number';
  const bare = code.replace(/"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]/gi, '').split(';')[0] ?? '';
  const hasTime = /[hs]|am\/pm|上午\/下午/i.test(bare);
  const hasDate = /[yde]/i.test(bare.replace(/e[+-]/gi, '')) || (!hasTime && /m/i.test(bare));
  if (hasDate) return hasTime ? 'date-time' : 'date';
  return hasTime ? 'time' : 'number';
}
