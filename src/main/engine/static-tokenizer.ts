import { z } from 'zod';
import { StaticFormError } from './static-form.ts';
import { createUnigram } from './unigram.ts';

/** Token ids of a text, the marks at its ends included, at most as many as the model takes. */
export type TokenIds = (text: string) => Int32Array;

const addedTokenSchema = z.object({ id: z.int(), content: z.string().min(1), single_word: z.literal(false), lstrip: z.literal(false), rstrip: z.literal(false), normalized: z.literal(false) });

/** What `models/training/unigram.py` writes; anything else is another tokenizer. */
const tokenizerSchema = z.object({
  truncation: z.null(),
  padding: z.null(),
  added_tokens: z.array(addedTokenSchema),
  normalizer: z.object({
    type: z.literal('Sequence'),
    normalizers: z.tuple([
      z.strictObject({ type: z.literal('NFKC') }),
      z.strictObject({ type: z.literal('BertNormalizer'), clean_text: z.literal(true), handle_chinese_chars: z.literal(false), strip_accents: z.literal(true), lowercase: z.literal(true) }),
    ]),
  }),
  pre_tokenizer: z.strictObject({ type: z.literal('BertPreTokenizer') }),
  post_processor: z.object({
    type: z.literal('TemplateProcessing'),
    single: z.tuple([z.object({ SpecialToken: z.object({ id: z.string() }) }), z.object({ Sequence: z.object({ id: z.literal('A') }) })]),
  }),
  model: z.object({ type: z.literal('Unigram'), unk_id: z.int().min(0), byte_fallback: z.literal(false), vocab: z.array(z.tuple([z.string(), z.number()])).min(1) }),
});

/** Switches of `tokenizer_config.json` that would change the ids. */
const configSchema = z.object({
  tokenizer_class: z.literal(['PreTrainedTokenizerFast', 'PreTrainedTokenizer']),
  model_max_length: z.int().min(1),
  remove_space: z.literal(false).optional(),
  do_lowercase_and_remove_accent: z.literal(false).optional(),
  additional_special_tokens: z.array(z.never()).optional(),
});

/**
 * The tokenizer of `tokenizer.json` and `tokenizer_config.json`, both already parsed. Its ids are those of transformers.js 4.3 for every text, well formed or not.
 * @throws StaticFormError when the files ask for something else.
 */
export function createStaticTokenizer(tokenizerJson: unknown, configJson: unknown): TokenIds {
  const [file, config] = [tokenizerSchema.safeParse(tokenizerJson), configSchema.safeParse(configJson)];
  if (!file.success) throw new StaticFormError(`tokenizer.json: ${z.prettifyError(file.error)}`);
  if (!config.success) throw new StaticFormError(`tokenizer_config.json: ${z.prettifyError(config.error)}`);
  const { added_tokens: added, model, post_processor: template } = file.data;
  if (model.unk_id >= model.vocab.length) throw new StaticFormError('tokenizer.json: unk_id is no token');
  const known = new Map([...model.vocab.map(([token], id) => [token, id] as const), ...added.map(({ content, id }) => [content, id] as const)]);
  const first = known.get(template.single[0].SpecialToken.id);
  if (first === undefined) throw new StaticFormError('tokenizer.json: the mark at the beginning is no token');
  const maxTokens = config.data.model_max_length;
  const unigram = createUnigram({ vocab: model.vocab, unkId: model.unk_id });
  const addedIds = new Map(added.map(({ content, id }) => [content, id]));
  const splitAdded = splitterOf([...addedIds.keys()]);
  const sections = createSectionReader();

  return (text) => {
    const ids: number[] = [first];
    for (const part of splitAdded(text)) {
      if (ids.length > maxTokens) break;
      const raw = addedIds.get(part);
      const clean = raw === undefined ? cleanText(part) : '';
      const id = raw ?? addedIds.get(clean);
      if (id !== undefined) ids.push(id);
      else appendSection(clean, ids);
    }
    return Int32Array.from(ids.length > maxTokens ? ids.slice(0, maxTokens) : ids);
  };

  function appendSection(clean: string, ids: number[]): void {
    const { codePoints, count } = sections.read(clean);
    let unknown = '';
    const onToken = (id: number, from: number, to: number) => {
      if (id !== model.unk_id) {
        unknown = '';
        ids.push(id);
        return;
      }
      // unknown tokens side by side become one, across words too, which can happen to be a token itself
      const characters = String.fromCodePoint(...codePoints.subarray(from, to));
      if (unknown === '') ids.push(model.unk_id);
      else ids[ids.length - 1] = known.get(unknown + characters) ?? model.unk_id;
      unknown += characters;
    };
    // one token more than needed: a run of unknown ones is known to have ended
    for (let at = 0; at < count && ids.length <= maxTokens; ) {
      const end = sections.endOfWord(at);
      if (end > at) unigram.split(codePoints, at, end, onToken);
      at = Math.max(end, at + 1);
    }
  }
}

/** Cuts a text at marks such as [SEP] written out in it, the longest first; the marks are parts of their own. */
function splitterOf(marks: readonly string[]): (text: string) => string[] {
  if (marks.length === 0) return (text) => [text];
  const spelled = marks.toSorted((a, b) => b.length - a.length).map((mark) => mark.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`));
  const pattern = new RegExp(`(${spelled.join('|')})`);
  return (text) => text.split(pattern).filter((part) => part !== '');
}

/** Characters that no step below changes unless they are capital letters. */
const PLAIN = /^[\t\n\r\x20-\x7e\u3001\u3002\u4e00-\u9fff]*$/;
// the tokenizer drops controls, formats, private use, lone surrogates and U+FFFD, and takes any other white space for a space
const DROPPED = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\uFFFD]/gu;

/** NFKC, then BertNormalizer: clean, lower case, accents off. */
function cleanText(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  const cleaned = text.normalize('NFKC').replace(DROPPED, '').replace(/\s/g, ' ');
  return cleaned.toLowerCase().normalize('NFD').replace(/\p{Mn}/gu, '');
}

const PUNCTUATION = /[\p{P}\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e]/u;
const [UNSEEN, LETTER, SPACE, MARK] = [0, 1, 2, 3] as const;

type SectionReader = {
  /** The section's code points; the array is used again by the next call. */
  read(section: string): { codePoints: Int32Array; count: number };
  /** Where the word that begins at `at` ends: a run of letters, or one punctuation mark; `at` itself for white space. */
  endOfWord(at: number): number;
};

/** BertPreTokenizer over code points; the sort of each character is asked of Unicode once. */
function createSectionReader(): SectionReader {
  const sorts = new Uint8Array(0x10000);
  let codePoints = new Int32Array(1024);
  let count = 0;
  const sortOf = (codePoint: number): number => {
    const seen = codePoint < sorts.length ? (sorts[codePoint] as number) : UNSEEN;
    if (seen !== UNSEEN) return seen;
    const char = String.fromCodePoint(codePoint);
    const sort = /\s/u.test(char) ? SPACE : PUNCTUATION.test(char) ? MARK : LETTER;
    if (codePoint < sorts.length) sorts[codePoint] = sort;
    return sort;
  };
  return {
    read(section) {
      if (section.length > codePoints.length) codePoints = new Int32Array(section.length * 2);
      count = 0;
      for (let at = 0; at < section.length; at++) {
        const codePoint = section.codePointAt(at) as number;
        if (codePoint > 0xffff) at += 1;
        codePoints[count++] = codePoint;
      }
      return { codePoints, count };
    },
    endOfWord(at) {
      const sort = sortOf(codePoints[at] as number);
      if (sort !== LETTER) return sort === MARK ? at + 1 : at;
      let end = at + 1;
      while (end < count && sortOf(codePoints[end] as number) === LETTER) end += 1;
      return end;
    },
  };
}
