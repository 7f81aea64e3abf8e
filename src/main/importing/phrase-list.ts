import type { Phrase } from '../../shared/contract/macro.contract.ts';
import { macroIssues } from '../assist/macro-check.ts';
import type { OpenedFile } from '../files/open-file.ts';
import { rejectedRow, type ReadItem, type TableRow } from '../files/read-item.ts';
import { DeskmateError } from '../platform/errors.ts';
import { createCellNamer, suggestMapping, type ColumnMapping } from './column-mapping.ts';
import { parseRow } from './field-table.ts';
import { PHRASE_FIELDS } from './phrase.fields.ts';

/** One phrase as its file has it; `text` is trimmed, `code` null where the file gives none that can be typed. */
export type ListedPhrase = { line: number; code: string | null; title: string; text: string };
export type PhraseList = { columns: Record<string, string> | null; phrases: ListedPhrase[]; rejected: { line: number; reason: string }[] };

const MOST_PHRASES = 5000;
const MOST_TEXT_UNITS = 5000;
const MOST_TITLE_UNITS = 120;
const CODE = /^[\p{L}\p{N}._-]{1,40}$/u;
/** What our own export, and others, put before a cell that a spreadsheet would take for a formula. */
const FORMULA_GUARD = /^'(?=[\s\u200b\ufeff]*[=+\-@＝＋－＠])/u;

/**
 * Reads a rep's phrase list: a table with `code, title, text` or 千牛's group and phrase columns under any of their names, a single column, or
 * plain text with one phrase a line. @throws DeskmateError file_refused for a document or too long a list, bad_request when no column holds phrases
 */
export async function readPhraseList(file: OpenedFile): Promise<PhraseList> {
  if (!file.hasRows || file.format === 'jsonl') throw new DeskmateError('file_refused', `${file.name} is not a list of phrases. Use CSV, XLSX, or plain text with one phrase a line.`);
  const list: PhraseList = { columns: null, phrases: [], rejected: [] };
  let mapping: ColumnMapping | null = null;
  const onHeaders = (headers: readonly string[]): void => {
    const read = mappingOf(file.name, headers);
    mapping = read.mapping;
    list.columns = Object.fromEntries(Object.entries(mapping).map(([column, field]) => [field, column]));
    if (read.first !== null) list.phrases.push(read.first);
  };
  for await (const item of file.rows({ onHeaders })) {
    const read = readPhrase(item as ReadItem<TableRow>, mapping);
    if (read.kind === 'rejected') list.rejected.push({ line: read.line, reason: read.reason });
    else list.phrases.push(read.phrase);
    if (list.phrases.length + list.rejected.length > MOST_PHRASES) throw new DeskmateError('file_refused', `${file.name} has more than ${MOST_PHRASES} lines; split it.`);
  }
  return list;
}

/** A list of one column may have no header: then its first line is a phrase too. */
function mappingOf(fileName: string, headers: readonly string[]): { mapping: ColumnMapping; first: ListedPhrase | null } {
  const mapping = suggestMapping(PHRASE_FIELDS, headers);
  if (Object.values(mapping).includes('text')) return { mapping, first: null };
  const [only, ...others] = headers;
  if (only !== undefined && others.length === 0) return { mapping: { [only]: 'text' }, first: { line: 1, code: null, title: '', text: only.trim() } };
  throw new DeskmateError('bad_request', `${fileName} has no column of phrases (text, content, 内容, 快捷短语, 话术 …). Its columns are ${headers.slice(0, 12).map((header) => header.slice(0, 40)).join(', ')}. Rename one.`);
}

type Read = { kind: 'phrase'; phrase: ListedPhrase } | { kind: 'rejected'; line: number; reason: string };

function readPhrase(item: ReadItem<TableRow>, mapping: ColumnMapping | null): Read {
  if (item.kind === 'rejected') return { kind: 'rejected', line: item.line, reason: item.sentence };
  const cells = mapping === null ? { text: { cell: item.value['text'] ?? '', column: 'text' } } : createCellNamer(PHRASE_FIELDS, mapping)(item.value);
  const parsed = parseRow(PHRASE_FIELDS, cells, { zoneOffsetMinutes: 0 });
  if (!parsed.ok) return { kind: 'rejected', line: item.line, reason: parsed.reason };
  const { code, title, group, text: raw } = parsed.row;
  const text = raw.replace(FORMULA_GUARD, '').trim();
  if (text.length > MOST_TEXT_UNITS) return { kind: 'rejected', line: item.line, reason: rejectedRow(item.line, 'line-too-long', `The phrase is longer than ${MOST_TEXT_UNITS} characters.`).sentence };
  const heading = [group, title].filter((part) => part !== null && part !== '').join(' · ');
  return { kind: 'phrase', phrase: { line: item.line, code: code !== null && CODE.test(code) ? code : null, title: heading.slice(0, MOST_TITLE_UNITS), text } };
}

/** A phrase as a template: braces that are no working template stay the characters they are. */
export function phraseTemplate(text: string): string {
  if (!/\{[{%]/.test(text) || macroIssues(text).length === 0) return text;
  return text.replace(/\{(?=[{%])/g, '{{ "{" }}');
}

type Own = { code: string; title: string; text: string };

/**
 * What the list would make of a rep's own macros: a text they have already stays as it is, a code they have takes the new words, everything else is
 * new. Phrases without a code get one from their title or first words. Planning what was imported before gives `same` throughout.
 */
export function planPhrases(listed: readonly ListedPhrase[], own: readonly Own[]): Phrase[] {
  const byCode = new Map(own.map((macro) => [macro.code, macro]));
  const byText = new Map(own.map((macro) => [macro.text, macro]));
  return listed.map((phrase) => {
    const text = phraseTemplate(phrase.text);
    const known = byText.get(text);
    const code = phrase.code ?? known?.code ?? freeCode(phrase, byCode);
    const before = byCode.get(code);
    const title = phrase.title === '' && before !== undefined ? before.title : phrase.title;
    const planned: Own = { code, title, text };
    byCode.set(code, planned);
    byText.set(text, planned);
    const state = before === undefined ? 'new' : before.text === text && before.title === title ? 'same' : 'changed';
    return { line: phrase.line, ...planned, state };
  });
}

const DERIVED_UNITS = 12;

function freeCode({ title, text }: ListedPhrase, taken: ReadonlyMap<string, unknown>): string {
  const letters = (from: string): string => [...from.replace(/[^\p{L}\p{N}]+/gu, '')].slice(0, DERIVED_UNITS).join('');
  const base = letters((title.split(' · ').at(-1) ?? '')) || letters(text) || 'phrase';
  for (let number = 1; ; number += 1) {
    const code = number === 1 ? base : `${base}.${number}`;
    if (!taken.has(code)) return code;
  }
}
