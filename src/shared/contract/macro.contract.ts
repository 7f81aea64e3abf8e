import { oc } from '@orpc/contract';
import { z } from 'zod';
import { attachmentIdSchema, attachmentSchema } from './attachment.contract.ts';
import { atSchema, conversationIdSchema, languageSchema } from './ids.contract.ts';

/** `isFavourite`, `ownUseCount`, `lastUsedAt` and `shortcut` are the signed-in rep's own; `useCount` is everybody's. */
export const macroSchema = z.object({
  id: z.string(),
  code: z.string(),
  title: z.string(),
  text: z.string(),
  language: languageSchema,
  /** `personal`: only its rep sees it, in lists, search and suggestions alike. */
  scope: z.enum(['team', 'personal']),
  repId: z.string().nullable(),
  /** A personal macro its rep offered to the team; leads see it too, until they decide. */
  proposedAt: atSchema.nullable(),
  canEdit: z.boolean(),
  isFavourite: z.boolean(),
  shortcut: z.string().nullable(),
  useCount: z.int(),
  ownUseCount: z.int(),
  lastUsedAt: atSchema.nullable(),
  /** A picture or file that goes with it: a size chart, a QR card. */
  media: attachmentSchema.nullable(),
  updatedAt: atSchema,
});
export type Macro = z.infer<typeof macroSchema>;

/** What is wrong with a macro's text. Offsets count UTF-16 units, `line` and `column` from 1. `nearest` is the known variable most alike. */
export const macroIssueSchema = z.object({
  kind: z.enum(['syntax', 'unknown_variable']),
  line: z.int(),
  column: z.int(),
  start: z.int(),
  end: z.int(),
  /** The variable's name, or what the template reader says. */
  detail: z.string(),
  nearest: z.string().nullable(),
});
export type MacroIssue = z.infer<typeof macroIssueSchema>;

export const macroPreviewSchema = z.object({
  /** Empty when the template cannot be read. Holes stand in it as `⟨order.waybill⟩`. */
  text: z.string(),
  missingVariables: z.array(z.string()),
  issues: z.array(macroIssueSchema),
});
export type MacroPreview = z.infer<typeof macroPreviewSchema>;

const phraseStateSchema = z.enum(['new', 'changed', 'same']);
/** One phrase of a list to be imported; `text` is plain words: braces in it are kept as they are. */
export const phraseSchema = z.object({ line: z.int(), code: z.string(), title: z.string(), text: z.string(), state: phraseStateSchema });
export type Phrase = z.infer<typeof phraseSchema>;
export const phrasePreviewSchema = z.object({
  path: z.string(),
  /** How the list was read, column by column: our field → the file's column; null for one phrase a line. */
  columns: z.record(z.string(), z.string()).nullable(),
  phrases: z.array(phraseSchema),
  phraseCount: z.int(),
  rejected: z.array(z.object({ line: z.int(), reason: z.string() })),
});
export type PhrasePreview = z.infer<typeof phrasePreviewSchema>;

const codeSchema = z.string().regex(/^[\p{L}\p{N}._-]{1,40}$/u);
const idInput = z.object({ id: z.string() });
const nothing = z.object({});

export const macroContract = {
  /** The team's, the rep's own and, for those who may decide, what was proposed; by code. */
  macros: oc.input(z.object({})).output(z.array(macroSchema)),
  /** A macro without id is new; `text` is a Liquid template over the variables of macro-variables.ts. */
  saveMacro: oc
    .input(z.object({ id: z.string().optional(), code: codeSchema, title: z.string().max(120), text: z.string().trim().min(1).max(5000), scope: z.enum(['team', 'personal']).default('team') }))
    .output(macroSchema),
  deleteMacro: oc.input(idInput).output(nothing),
  /** Brings a deleted macro back with its uses, keys and picture. */
  restoreMacro: oc.input(idInput).output(macroSchema),
  favouriteMacro: oc.input(z.object({ id: z.string(), isFavourite: z.boolean() })).output(macroSchema),
  /** Keys of the signed-in rep for this macro; null frees them. Refused when another macro of theirs has them. */
  bindMacro: oc.input(z.object({ id: z.string(), shortcut: z.string().max(40).nullable() })).output(macroSchema),
  /** Offers a personal macro to the team, or takes the offer back. */
  proposeMacro: oc.input(z.object({ id: z.string(), isProposed: z.boolean() })).output(macroSchema),
  /** A lead takes a proposed macro into the team or hands it back. */
  decideMacro: oc.input(z.object({ id: z.string(), isAccepted: z.boolean() })).output(nothing),
  /** The text as it would be inserted; without a conversation every variable is a hole. */
  previewMacro: oc.input(z.object({ text: z.string().max(5000), conversationId: conversationIdSchema.nullable() })).output(macroPreviewSchema),
  /** `attachmentId` names a file brought by `attachment.begin` without a conversation; null removes it. */
  setMacroMedia: oc.input(z.object({ id: z.string(), attachmentId: attachmentIdSchema.nullable() })).output(macroSchema),
  /** CSV of the visible macros of one scope, safe to open in a spreadsheet. */
  exportMacros: oc.input(z.object({ scope: z.enum(['team', 'personal']) })).output(z.object({ name: z.string(), csv: z.string(), count: z.int() })),
  /** Reads a rep's phrase list (CSV, XLSX, TXT) and says what each line would become. */
  previewPhrases: oc.input(z.object({ path: z.string().min(1) })).output(phrasePreviewSchema),
  /** Stores the list among the signed-in rep's own macros. */
  importPhrases: oc.input(z.object({ path: z.string().min(1) })).output(z.object({ added: z.int(), updated: z.int(), unchanged: z.int(), rejectedCount: z.int() })),
};
