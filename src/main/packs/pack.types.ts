import type { PackIntent, PackLanguage, PackManifest, PackRule } from './pack-schemas.ts';

/** One passage of an article as it will be found. */
export type PackPassage = { heading: string; text: string };

/** `key` is the file below the pack; dates are epoch ms as written, `validTo` the last moment of its day. */
export type PackArticleRow = {
  key: string; language: PackLanguage; title: string; intent: string | null; validFrom: number | null; validTo: number | null;
  products: string[]; passages: PackPassage[];
};

/** One language of a macro: the pack's first language has the plain code, another one `code.en`. */
export type PackMacroRow = { code: string; language: PackLanguage; title: string; text: string; intent: string | null; media: string | null; tags: string[] };

export type PackMedia = { path: string; bytes: Buffer };

/** A pack that was read and found right. */
export type ReadPack = {
  manifest: PackManifest; sha256: string;
  articles: PackArticleRow[]; macros: PackMacroRow[]; intents: PackIntent[]; rules: PackRule[]; media: PackMedia[];
};

/** One entry of a file and where it stands: `line` of a field of it, or of the entry itself. */
export type Listed<Value> = { value: Value; file: string; line(...path: PropertyKey[]): number };
