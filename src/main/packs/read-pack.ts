import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { PackProblem } from '../../shared/contract/pack.contract.ts';
import { readArticle } from './read-article.ts';
import { mediaProblem } from './media-check.ts';
import { checkLists, type ListedPack } from './pack-checks.ts';
import { readPackFolder, type PackFile, type PackFolder } from './pack-folder.ts';
import { LIST_SCHEMAS, manifestSchema, type PackIntent, type PackLanguage, type PackMacro, type PackManifest, type PackRule } from './pack-schemas.ts';
import type { Listed, PackArticleRow, PackMacroRow, ReadPack } from './pack.types.ts';
import { checkYaml, parseYaml } from './yaml-file.ts';

export type ReadPackOptions = {
  /** Why a Liquid template cannot be filled in, or null. */
  templateProblem(template: string): string | null;
  /** The intents of these packs, or the first name of them that is not to be found. */
  intentsOf(requires: readonly string[]): Promise<{ ids: ReadonlySet<string> } | { missing: string }>;
};

/**
 * Reads and checks a whole pack: either the pack or every problem of it, by file and line. Nothing is stored.
 * @throws DeskmateError file_unreadable, file_refused
 */
export async function readPack(dir: string, options: ReadPackOptions): Promise<{ pack: ReadPack; problems: [] } | { pack: null; problems: PackProblem[] }> {
  const problems: PackProblem[] = [];
  const folder = await readPackFolder(dir, problems);
  const manifest = readManifest(folder.manifest, problems);
  const listed: ListedPack = {
    intents: readLists<PackIntent>(folder, 'intents', problems), macros: readLists<PackMacro>(folder, 'macros', problems), rules: readLists<PackRule>(folder, 'rules', problems),
    articles: folder.articles.flatMap((file) => readArticle(file, problems) ?? []),
  };
  for (const { path: file, bytes } of folder.media) {
    const problem = mediaProblem(file, bytes);
    if (problem !== null) problems.push({ file, ...problem });
  }
  if (manifest !== null) {
    const known = await options.intentsOf(manifest.requires);
    if ('missing' in known) problems.push({ file: 'pack.yaml', line: lineOf(folder.manifest, 'requires'), message: `requires: ${known.missing} is neither installed nor beside this pack; install it first` });
    const intentIds = 'ids' in known ? new Set([...known.ids, ...idsOf(folder)]) : null;
    checkLists(listed, { languages: manifest.languages, mediaPaths: new Set(folder.media.map((file) => file.path)), intentIds, templateProblem: options.templateProblem }, problems);
  }
  if (manifest === null || problems.length > 0) return { pack: null, problems: problems.toSorted((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1)) };
  return { pack: packOf(folder, manifest, listed), problems: [] };
}

function lineOf(file: PackFile | null, field: string): number {
  const at = (file?.bytes.toString('utf8') ?? '').split('\n').findIndex((line) => line.startsWith(`${field}:`));
  return at === -1 ? 1 : at + 1;
}

function readManifest(file: PackFile | null, problems: PackProblem[]): PackManifest | null {
  if (file === null) {
    problems.push({ file: 'pack.yaml', line: 1, message: 'there is no pack.yaml; add one with name, version, title, languages and licence' });
    return null;
  }
  const yaml = readYaml(file, problems);
  return yaml === null ? null : checkYaml(yaml, manifestSchema, file.path, problems);
}

/** Text must be UTF-8: a wrong encoding would come through as damaged words. */
function readYaml(file: PackFile, problems: PackProblem[]): ReturnType<typeof parseYaml> {
  const text = textOf(file, problems);
  return text === null ? null : parseYaml(text, file.path, problems);
}

function textOf({ path: file, bytes }: PackFile, problems: PackProblem[]): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    problems.push({ file, line: 1, message: 'the file is not UTF-8; save it as UTF-8' });
    return null;
  }
}

function readLists<Value>(folder: PackFolder, kind: keyof typeof LIST_SCHEMAS, problems: PackProblem[]): Listed<Value>[] {
  return folder[kind].flatMap((file) => {
    const yaml = readYaml(file, problems);
    if (yaml === null) return [];
    const values = checkYaml(yaml, LIST_SCHEMAS[kind], file.path, problems) as Value[] | null;
    return (values ?? []).map((value, index): Listed<Value> => ({ value, file: file.path, line: (...where) => yaml.lineAt([index, ...where]) }));
  });
}

/** What a folder's pack.yaml says; null when there is none that can be read. */
export async function readManifestOf(dir: string): Promise<PackManifest | null> {
  const bytes = await readFile(path.join(dir, 'pack.yaml')).catch(() => null);
  return bytes === null ? null : readManifest({ path: 'pack.yaml', bytes }, []);
}

/** The ids of a pack's intents without anything else of it; for packs that build on it. */
export async function readIntentIds(dir: string): Promise<string[]> {
  return idsOf(await readPackFolder(dir, []));
}

/** Also of files that have problems: an intent that is there is not reported as missing everywhere it is named. */
function idsOf({ intents }: PackFolder): string[] {
  return intents.flatMap((file) => {
    const value = readYaml(file, [])?.value;
    return Array.isArray(value) ? value.flatMap((entry: unknown) => idSchema.safeParse(entry).data?.id ?? []) : [];
  });
}

const idSchema = z.object({ id: z.string() });

function packOf(folder: PackFolder, manifest: PackManifest, listed: ListedPack): ReadPack {
  return {
    manifest, sha256: folder.sha256,
    articles: listed.articles.map(({ value }): PackArticleRow => value),
    macros: listed.macros.flatMap(({ value }) => manifest.languages.map((language, index) => macroRow(value, language, index === 0))),
    intents: listed.intents.map(({ value }) => value),
    rules: listed.rules.map(({ value }) => value),
    media: folder.media,
  };
}

function macroRow(macro: PackMacro, language: PackLanguage, isFirst: boolean): PackMacroRow {
  return {
    code: isFirst ? macro.code : `${macro.code}.${language}`, language, title: macro.title[language] ?? macro.code, text: macro.text[language] ?? '',
    intent: macro.intent ?? null, media: macro.media ?? null, tags: macro.tags,
  };
}
