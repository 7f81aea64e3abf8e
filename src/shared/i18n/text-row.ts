/** One text in the three languages: 简体中文, 繁體中文, English. Values are named in double braces; `enOne` is the English for a `count` of one where that differs. */
export type TextRow = readonly [zhHans: string, zhHant: string, en: string] | readonly [zhHans: string, zhHant: string, en: string, enOne: string];
export type TextTable = Readonly<Record<string, TextRow>>;
