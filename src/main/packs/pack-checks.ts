import type { PackProblem } from '../../shared/contract/pack.contract.ts';
import type { PackIntent, PackLanguage, PackMacro, PackRule } from './pack-schemas.ts';
import type { Listed, PackArticleRow } from './pack.types.ts';
import { patternProblem } from './pattern-check.ts';

/** Everything of a pack that was read, with its places. */
export type ListedPack = { intents: Listed<PackIntent>[]; macros: Listed<PackMacro>[]; rules: Listed<PackRule>[]; articles: Listed<PackArticleRow>[] };

type CheckContext = {
  languages: readonly PackLanguage[];
  mediaPaths: ReadonlySet<string>;
  /** Intents that may be named, this pack's own too; null when a required pack is missing, which was said already. */
  intentIds: ReadonlySet<string> | null;
  templateProblem(template: string): string | null;
};

/** What no single entry can tell: names used twice, twins that are missing, references that lead nowhere, patterns and templates that do not work. */
export function checkLists(pack: ListedPack, context: CheckContext, problems: PackProblem[]): void {
  const tell = (entry: Listed<unknown>, path: PropertyKey[], message: string): void => void problems.push({ file: entry.file, line: entry.line(...path), message });
  checkNames(pack, context.languages, tell);
  for (const entry of pack.intents) checkIntent(entry, context, tell);
  for (const entry of pack.macros) checkMacro(entry, context, tell);
  for (const entry of pack.rules) checkRule(entry, tell);
  checkArticles(pack.articles, context, tell);
}

type Tell = (entry: Listed<unknown>, path: PropertyKey[], message: string) => void;

function checkNames({ intents, macros, rules }: ListedPack, languages: readonly PackLanguage[], tell: Tell): void {
  const once = <Value>(entries: readonly Listed<Value>[], field: string, namesOf: (value: Value) => string[]): void => {
    const seen = new Map<string, string>();
    for (const entry of entries) {
      for (const name of namesOf(entry.value)) {
        const first = seen.get(name);
        if (first !== undefined) tell(entry, [field], `${field}: ${name} is used in ${first} already; give this one another`);
        else seen.set(name, `${entry.file}:${entry.line(field)}`);
      }
    }
  };
  once(intents, 'id', ({ id }) => [id]);
  once(rules, 'id', ({ id }) => [id]);
  once(macros, 'code', ({ code }) => languages.map((language, index) => (index === 0 ? code : `${code}.${language}`)));
}

function checkLanguages(entry: Listed<unknown>, field: PropertyKey[], text: Partial<Record<PackLanguage, unknown>>, languages: readonly PackLanguage[], tell: Tell): void {
  const name = field.filter((step) => typeof step === 'string').join('.');
  for (const language of languages) {
    const value = text[language];
    if (value === undefined || (Array.isArray(value) && value.length === 0)) tell(entry, field, `${name}.${language}: it is missing; write it, or take ${language} out of languages in pack.yaml`);
  }
}

function checkIntent(entry: Listed<PackIntent>, { languages }: CheckContext, tell: Tell): void {
  const { title, examples, policy, slots } = entry.value;
  checkLanguages(entry, ['title'], title, languages, tell);
  checkLanguages(entry, ['examples'], examples, languages, tell);
  checkLanguages(entry, ['policy'], policy, languages, tell);
  slots.forEach(({ name, ask }, index) => {
    checkLanguages(entry, ['slots', index, 'ask'], ask, languages, tell);
    if (slots.findIndex((slot) => slot.name === name) < index) tell(entry, ['slots', index, 'name'], `slots.name: ${name} is asked for twice; keep one of them`);
  });
}

function checkMacro(entry: Listed<PackMacro>, { languages, mediaPaths, intentIds, templateProblem }: CheckContext, tell: Tell): void {
  const { title, text, intent, media } = entry.value;
  checkLanguages(entry, ['title'], title, languages, tell);
  checkLanguages(entry, ['text'], text, languages, tell);
  for (const language of languages) {
    const problem = text[language] === undefined ? null : templateProblem(text[language]);
    if (problem !== null) tell(entry, ['text', language], `text.${language}: this is not a template that can be filled in (${problem}); correct the braces`);
  }
  if (media !== undefined && !mediaPaths.has(media)) tell(entry, ['media'], `media: there is no ${media} in this pack; add it or correct the path`);
  checkIntentName(entry, intent, intentIds, tell);
}

function checkIntentName(entry: Listed<unknown>, intent: string | null | undefined, known: ReadonlySet<string> | null, tell: Tell): void {
  if (intent === undefined || intent === null || known === null || known.has(intent)) return;
  tell(entry, ['intent'], `intent: there is no intent ${intent}; correct it, or add the pack that brings it to requires`);
}

function checkRule(entry: Listed<PackRule>, tell: Tell): void {
  const { patterns, except } = entry.value;
  const lists = [...(['zh', 'en'] as const).map((language) => ({ path: ['patterns', language], sources: patterns[language] ?? [] })), { path: ['except'], sources: except }];
  if (lists.slice(0, 2).every(({ sources }) => sources.length === 0)) tell(entry, ['patterns'], 'patterns: there is none; write at least one');
  for (const { path, sources } of lists) {
    sources.forEach((source, index) => {
      const problem = patternProblem(source);
      if (problem !== null) tell(entry, [...path, index], `${path.join('.')}: ${problem}`);
    });
  }
}

/** The same name in zh and en is one article in two languages. */
function checkArticles(articles: readonly Listed<PackArticleRow>[], { languages, intentIds }: CheckContext, tell: Tell): void {
  const paths = new Set(articles.map(({ file }) => file));
  for (const entry of articles) {
    const { language, intent } = entry.value;
    checkIntentName(entry, intent, intentIds, tell);
    if (!languages.includes(language)) tell(entry, [], `pack.yaml does not name the language ${language}; add it to languages or move the article`);
    for (const other of languages) {
      const twin = entry.file.replace(/^articles\/\w+\//, `articles/${other}/`);
      if (!paths.has(twin)) tell(entry, [], `its twin ${twin} is missing; write it, or take ${other} out of languages in pack.yaml`);
    }
  }
}
