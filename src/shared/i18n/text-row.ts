/** One text in the three languages: 简体中文, 繁體中文, English. Values are named in double braces. */
export type TextRow = readonly [zhHans: string, zhHant: string, en: string];
export type TextTable = Readonly<Record<string, TextRow>>;
