import { z } from 'zod';

export const PACK_LANGUAGES = ['zh', 'en'] as const;
export type PackLanguage = (typeof PACK_LANGUAGES)[number];

const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const kebab = z.string().max(60).regex(KEBAB, 'this is not a kebab-case name; use small letters, digits and single dashes, such as size-advice');
/** Rule ids may have parts: `banned.do-not-know`. */
const ruleId = z.string().max(80).regex(/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/, 'this is not a rule id; use small letters, digits, dots and dashes, such as banned.do-not-know');
const words = (max: number) => z.string().trim().min(1).max(max);
const day = z.string().refine(isDay, 'this is not a date; write it as 2026-06-01');

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;
}

/** A text by language; which languages are needed is what `languages` of pack.yaml says. */
const localised = (max: number) => z.strictObject({ zh: words(max).optional(), en: words(max).optional() });
const localisedList = (max: number, maxCount: number) => z.strictObject({ zh: z.array(words(max)).max(maxCount).optional(), en: z.array(words(max)).max(maxCount).optional() });

export const manifestSchema = z.strictObject({
  name: kebab,
  version: z.string().regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}(?:-[0-9a-z.-]{1,40})?$/, 'this is not a version; write it as 1.0.0'),
  title: localised(80),
  languages: z.array(z.enum(PACK_LANGUAGES)).min(1).refine((list) => new Set(list).size === list.length, 'a language stands here twice; name each once'),
  licence: words(80),
  requires: z.array(kebab).max(20).default([]),
  permissions: z.array(z.string()).max(0, 'packs are given no permissions yet; leave the list empty').default([]),
  reference_date: day.optional(),
});
export type PackManifest = z.output<typeof manifestSchema>;

const SLOT_TYPES = ['order', 'item', 'size', 'date', 'reason', 'photo', 'amount', 'address', 'text', 'choice'] as const;
export const intentSchema = z.strictObject({
  id: kebab,
  title: localised(80),
  slots: z.array(z.strictObject({ name: z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/, 'this is not a slot name; use small letters, digits, - and _'), type: z.enum(SLOT_TYPES), ask: localised(300) })).max(20),
  examples: localisedList(300, 500),
  policy: localised(2000),
});
export type PackIntent = z.output<typeof intentSchema>;

export const macroSchema = z.strictObject({
  // room for the suffix of a twin within the 40 characters of a code
  code: z.string().regex(/^[\p{L}\p{N}._-]{1,37}$/u, 'this is not a code; use at most 37 letters, digits, dots, dashes or underscores'),
  title: localised(120),
  text: localised(5000),
  intent: kebab.optional(),
  media: z.string().max(200).optional(),
  tags: z.array(words(40)).max(20).default([]),
});
export type PackMacro = z.output<typeof macroSchema>;

export const frontMatterSchema = z.strictObject({
  title: words(200),
  intent: kebab.optional(),
  valid_from: day.optional(),
  valid_to: day.optional(),
  products: z.array(words(200)).max(200).default([]),
});

export const RULE_KINDS = ['guard', 'risk', 'plan'] as const;
export const ruleSchema = z.strictObject({
  id: ruleId,
  kind: z.enum(RULE_KINDS),
  severity: z.enum(['block', 'warn', 'info']),
  patterns: localisedList(1000, 100),
  except: z.array(words(1000)).max(100).default([]),
  rewrite: localised(300).optional(),
  note: words(1000).optional(),
});
export type PackRule = z.output<typeof ruleSchema>;

export const LIST_SCHEMAS = { intents: z.array(intentSchema), macros: z.array(macroSchema), rules: z.array(ruleSchema) } as const;
