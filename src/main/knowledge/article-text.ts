import { markdownBlocks } from '../files/markdown-blocks.ts';
import { passagesOf } from '../files/passages.ts';
import { detectLanguage } from '../text/language.ts';
import type { NewPassage } from './article.repository.ts';

/** Between the headings above a passage, as importers write them: `Returns › Shoes`. */
const PATH = ' › ';

/** The passages a text is cut into; a heading above them becomes their heading. */
export function passagesOfMarkdown(markdown: string): NewPassage[] {
  return passagesOf(markdownBlocks(markdown)).map(({ headingPath, text }) => ({ heading: headingPath.join(PATH), text, language: detectLanguage(text) }));
}

const MARKUP_AT_START = /^(\s*)([#>+*=~|-]|\d+[.)])/;

/** A line of plain words that Markdown would read as markup gets a backslash in front of it. */
function plainLine(line: string): string {
  const escaped = line.replace(/[\\`*_[\]<~&]/g, String.raw`\$&`);
  return escaped.replace(MARKUP_AT_START, (_all, space: string, sign: string) => `${space}${/^\d/.test(sign) ? `${sign.slice(0, -1)}\\${sign.at(-1) ?? ''}` : `\\${sign}`}`);
}

/** An imported article as text to edit: headings and paragraphs. Cut again it gives the same words under the same headings. */
export function markdownOfPassages(passages: readonly { heading: string; text: string }[]): string {
  const lines: string[] = [];
  let above: readonly string[] = [];
  for (const { heading, text } of passages) {
    const path = heading === '' ? [] : heading.split(PATH);
    const isSame = path.length === above.length && path.every((part, level) => part === above[level]);
    if (!isSame) {
      const shared = path.findIndex((part, level) => part !== above[level]);
      // under a part of the headings above: the last one is said again, or the passage would hang below another
      const from = shared === -1 ? Math.max(0, path.length - 1) : shared;
      for (const [level, part] of path.entries()) if (level >= from) lines.push(`${'#'.repeat(Math.min(6, level + 1))} ${plainLine(part.replace(/\s+/g, ' '))}`, '');
      above = path;
    }
    lines.push(text.split('\n').map((line) => plainLine(line.trim())).filter((line) => line !== '').join('\n\n'), '');
  }
  return lines.join('\n').trim();
}
