/** What one ban matches, what the linter says, and an import that breaks it. */
export type Ban = { regex: string; message: string; sample: string };
export const ROOMS: readonly (readonly string[])[];
export const FEATURES: readonly string[];
export function placesWithBans(): { place: string; bans: Ban[] }[];
export function oxlintConfig(): { options: { typeAware: boolean }; rules: Record<string, unknown>; overrides: { files: string[]; rules: Record<string, unknown> }[] };
