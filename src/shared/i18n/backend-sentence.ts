import { UI_LANGUAGES, type UiLanguage } from './language.ts';
import { importFieldTexts } from './import-field.texts.ts';
import { PLAIN_SENTENCES, SENTENCE_PATTERNS } from './backend-sentences.texts.ts';
import type { TextRow } from './text-row.ts';

type Pattern = { shape: RegExp; row: TextRow };

const SLOT = /\{([a-z]+)\}/g;
/** A list of problems is many sentences; deeper nesting than a problem within a line does not occur. */
const DEEPEST = 3;

const plainRows = new Map(PLAIN_SENTENCES.map((row) => [row[2], row]));
const patterns: readonly Pattern[] = SENTENCE_PATTERNS.map((row) => ({ row, shape: new RegExp(`^${row[2].split(SLOT).map((part, index) => (index % 2 === 1 ? `(?<${part}>${part === 'field' ? String.raw`[\w.]+` : '.+?'})` : escaped(part))).join('')}$`, 's') }));

/** A sentence of the backend in the reader's language; null when there is none, so that the words of its error code stand instead. */
export function translateSentence(sentence: string, language: UiLanguage): string | null {
  return language === 'en' ? sentence : translated(sentence, UI_LANGUAGES.indexOf(language), DEEPEST);
}

function translated(sentence: string, column: number, depth: number): string | null {
  const plain = plainRows.get(sentence);
  if (plain !== undefined) return plain[column] ?? null;
  const parts = sentence.split(/(?<=\.) (?=\S)/);
  const several = parts.length > 1 && depth > 0 ? parts.map((part) => translated(part, column, depth - 1)) : [];
  if (several.length > 0 && several.every((part) => part !== null)) return several.join('');
  for (const { shape, row } of patterns) {
    const values = shape.exec(sentence)?.groups;
    if (values === undefined) continue;
    const words = filled(row[column] ?? '', values, (name, value) => (name === 'field' ? fieldWord(value, column) : depth > 0 ? translated(value, column, depth - 1) : null));
    if (words !== null) return words;
  }
  return null;
}

/** A field of an imported row by the name a rep knows; `at` of `turns[2].at` by its own. */
function fieldWord(name: string, column: number): string | null {
  const rows: Readonly<Record<string, TextRow>> = importFieldTexts;
  return rows[`field.${name}`]?.[column] ?? null;
}

/** Slots that carry a reason are sentences themselves: without their translation there is none of the whole. */
const SENTENCE_SLOTS = new Set(['reason', 'expected', 'what']);

function filled(template: string, values: Record<string, string>, translate: (name: string, value: string) => string | null): string | null {
  let isWhole = true;
  const text = template.replaceAll(SLOT, (_all, name: string) => {
    const value = values[name] ?? '';
    const words = translate(name, value);
    if (words === null && SENTENCE_SLOTS.has(name)) isWhole = false;
    return words ?? value;
  });
  return isWhole ? text : null;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
