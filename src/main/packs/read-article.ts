import type { PackProblem } from '../../shared/contract/pack.contract.ts';
import { markdownBlocks } from '../files/markdown-blocks.ts';
import { passagesOf } from '../files/passages.ts';
import type { PackFile } from './pack-folder.ts';
import { frontMatterSchema, type PackLanguage } from './pack-schemas.ts';
import type { Listed, PackArticleRow } from './pack.types.ts';
import { checkYaml, parseYaml } from './yaml-file.ts';

const FRONT_MATTER = /^\ufeff?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/;
const DAY_MS = 86_400_000;

/** One article: a YAML front matter, then Markdown of which only the words are kept. Problems go to `problems`, and the answer is null then. */
export function readArticle({ path, bytes }: PackFile, problems: PackProblem[]): Listed<PackArticleRow> | null {
  const text = bytes.toString('utf8');
  const front = FRONT_MATTER.exec(text);
  if (front === null) {
    problems.push({ file: path, line: 1, message: 'the article does not begin with --- and its title; write ---, title: …, --- above the text' });
    return null;
  }
  const yaml = parseYaml(front[1] ?? '', path, problems, 1);
  const meta = yaml === null ? null : checkYaml(yaml, frontMatterSchema, path, problems);
  if (yaml === null || meta === null) return null;
  const bodyLine = front[0].split('\n').length;
  const passages = passagesOf(markdownBlocks(text.slice(front[0].length))).map(({ headingPath, text: words }) => ({ heading: headingOf(meta.title, headingPath), text: words }));
  if (passages.length === 0) {
    problems.push({ file: path, line: bodyLine, message: 'the article has no text; write it below the ---' });
    return null;
  }
  const value = {
    key: path, language: path.split('/')[1] as PackLanguage, title: meta.title, intent: meta.intent ?? null, validFrom: startOfDay(meta.valid_from),
    validTo: meta.valid_to === undefined ? null : startOfDay(meta.valid_to)! + DAY_MS - 1, products: meta.products, passages,
  };
  if (value.validFrom !== null && value.validTo !== null && value.validTo < value.validFrom) problems.push({ file: path, line: yaml.lineAt(['valid_to']), message: 'valid_to is before valid_from; correct one of them' });
  return { value, file: path, line: (...where) => yaml.lineAt(where) };
}

/** The title stands above every passage: sections are called "How it works", and are asked for by what the article is about. */
function headingOf(title: string, path: readonly string[]): string {
  return (path[0] === title ? path : [title, ...path]).join(' › ');
}

/** Days of packs are days in China, as times without a zone are everywhere in imports. */
function startOfDay(day: string | undefined): number | null {
  return day === undefined ? null : Date.parse(`${day}T00:00:00+08:00`);
}
