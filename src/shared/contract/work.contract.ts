import { oc } from '@orpc/contract';
import { z } from 'zod';
import { repRoleSchema } from './access.contract.ts';
import { atSchema, conversationIdSchema, labelIdSchema, messageIdSchema, noteIdSchema, repIdSchema, workActionIdSchema } from './ids.contract.ts';

/** Labels are told apart by shape and word; the tone only helps. Red and amber are not offered: they mean risk. */
export const labelShapeSchema = z.enum(['circle', 'square', 'diamond', 'star', 'flag', 'hexagon']);
export type LabelShape = z.infer<typeof labelShapeSchema>;
export const labelToneSchema = z.enum(['plain', 'info', 'ok', 'gold']);
export const labelSchema = z.object({ id: labelIdSchema, name: z.string(), shape: labelShapeSchema, tone: labelToneSchema });
export type Label = z.infer<typeof labelSchema>;
const labelNameSchema = z.string().trim().min(1).max(24);

/** Another rep a conversation can be given to; `name` may be empty while nobody has filled it in. */
export const deskRepSchema = z.object({ id: repIdSchema, name: z.string(), role: repRoleSchema });
export type DeskRep = z.infer<typeof deskRepSchema>;

/** One reason to close a conversation. Titles are null for the built-in codes that the shop has not renamed: the page words them. */
export const dispositionSchema = z.object({ code: z.string(), titleZh: z.string().nullable(), titleEn: z.string().nullable(), isActive: z.boolean() });
export type Disposition = z.infer<typeof dispositionSchema>;
const dispositionTitleSchema = z.string().trim().min(1).max(40);

export const handoverLineSchema = z.object({
  kind: z.enum(['intent', 'slot', 'promise', 'ask', 'risk']),
  /** Which slot, or which reason of risk (`demand`); null for the other kinds. */
  code: z.string().nullable(),
  /** What the words of a risk reason need: `{group, waitMs}`. */
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  text: z.string().trim().min(1).max(500),
  /** The turn it stands in and its words; both null only for a risk that rests on no single turn (a long wait). */
  messageId: messageIdSchema.nullable(),
  quote: z.string().max(500).nullable(),
  at: atSchema.nullable(),
  /** For promises: when it falls due, if the words say so. */
  dueAt: atSchema.nullable(),
});
export type HandoverLine = z.infer<typeof handoverLineSchema>;

/** Something a rep wrote for colleagues; the customer never sees it. `repId` wrote it. */
export const noteSchema = z.object({
  id: noteIdSchema,
  conversationId: conversationIdSchema,
  repId: repIdSchema.nullable(),
  repName: z.string(),
  kind: z.enum(['note', 'handover']),
  text: z.string(),
  lines: z.array(handoverLineSchema),
  createdAt: atSchema,
  editedAt: atSchema.nullable(),
  isMine: z.boolean(),
});
export type Note = z.infer<typeof noteSchema>;
const noteTextSchema = z.string().trim().min(1).max(5000);

export const workKindSchema = z.enum(['snoozed', 'unsnoozed', 'woken', 'closed', 'reopened', 'assigned', 'handed_over', 'labelled', 'marked', 'noted', 'note_edited', 'note_deleted']);
export type WorkKind = z.infer<typeof workKindSchema>;
/** What was done to a conversation, for the line in the transcript. `values` are codes, names and times, never a customer's words. */
export const workEventSchema = z.object({ id: workActionIdSchema, conversationId: conversationIdSchema, kind: workKindSchema, repName: z.string(), at: atSchema, values: z.record(z.string(), z.union([z.string(), z.number(), z.null()])) });
export type WorkEvent = z.infer<typeof workEventSchema>;

/** A sentence of a rep that names a time, in a conversation that is still open. */
export const promiseSchema = z.object({ conversationId: conversationIdSchema, customerName: z.string(), messageId: messageIdSchema, quote: z.string(), saidAt: atSchema, dueAt: atSchema });
export type Promised = z.infer<typeof promiseSchema>;

const someIds = z.array(conversationIdSchema).min(1).max(500);
/** One action per changed conversation; those already as wanted have none. */
const doneSchema = z.object({ actionIds: z.array(workActionIdSchema) });
export type WorkDone = z.infer<typeof doneSchema>;

export const viewCountsSchema = z.object({ mine: z.int(), unassigned: z.int(), all: z.int(), snoozed: z.int() });
export type ViewCounts = z.infer<typeof viewCountsSchema>;

/** What reps do with conversations beside answering. Every change names its actions, and `undo` takes them back. */
export const workContract = {
  /** Who works here, the labels and the reasons to close. */
  setup: oc.input(z.object({})).output(z.object({ meId: repIdSchema, reps: z.array(deskRepSchema), labels: z.array(labelSchema), dispositions: z.array(dispositionSchema), channelKinds: z.array(z.string()) })),
  counts: oc.input(z.object({})).output(viewCountsSchema),
  /** Until a time in the future; a message of the customer ends it sooner. */
  snooze: oc.input(z.object({ conversationIds: someIds, until: atSchema })).output(doneSchema),
  unsnooze: oc.input(z.object({ conversationIds: someIds })).output(doneSchema),
  close: oc.input(z.object({ conversationIds: someIds, disposition: z.string().max(60).nullable(), note: z.string().trim().max(500).nullable() })).output(doneSchema),
  reopen: oc.input(z.object({ conversationIds: someIds })).output(doneSchema),
  assign: oc.input(z.object({ conversationIds: someIds, repId: repIdSchema.nullable() })).output(doneSchema),
  label: oc.input(z.object({ conversationIds: someIds, labelId: labelIdSchema, isOn: z.boolean() })).output(doneSchema),
  markUnread: oc.input(z.object({ conversationIds: someIds, isUnread: z.boolean() })).output(doneSchema),
  /** Takes actions back, as far as nothing was changed since: `keptCount` are those that were left alone. */
  undo: oc.input(z.object({ actionIds: z.array(workActionIdSchema).min(1).max(500) })).output(z.object({ undoneCount: z.int(), keptCount: z.int() })),
  /** By its name, ignoring case; made when there is none. */
  createLabel: oc.input(z.object({ name: labelNameSchema, shape: labelShapeSchema.optional(), tone: labelToneSchema.optional() })).output(labelSchema),
  saveLabel: oc.input(labelSchema.extend({ name: labelNameSchema })).output(labelSchema),
  /** Takes it off every conversation; `restoreLabel` brings both back. */
  deleteLabel: oc.input(z.object({ id: labelIdSchema })).output(z.object({ conversationCount: z.int() })),
  restoreLabel: oc.input(z.object({ id: labelIdSchema })).output(labelSchema),
  /** A new reason (no code), a renamed one, or one put out of use. */
  saveDisposition: oc.input(z.object({ code: z.string().max(60).nullable(), titleZh: dispositionTitleSchema.nullable(), titleEn: dispositionTitleSchema.nullable(), isActive: z.boolean() })).output(z.array(dispositionSchema)),
  history: oc.input(z.object({ conversationId: conversationIdSchema })).output(z.object({ notes: z.array(noteSchema), events: z.array(workEventSchema) })),
  addNote: oc.input(z.object({ conversationId: conversationIdSchema, text: noteTextSchema })).output(doneSchema),
  editNote: oc.input(z.object({ id: noteIdSchema, text: noteTextSchema })).output(doneSchema),
  deleteNote: oc.input(z.object({ id: noteIdSchema })).output(doneSchema),
  /** What the conversation itself says that a lead should know; nothing is written, every line is quoted. */
  handoverDraft: oc.input(z.object({ conversationId: conversationIdSchema })).output(z.object({ lines: z.array(handoverLineSchema), suggestedRepId: repIdSchema.nullable() })),
  /** `repId` null leaves it to whichever lead takes it first. */
  handOver: oc.input(z.object({ conversationId: conversationIdSchema, repId: repIdSchema.nullable(), lines: z.array(handoverLineSchema).max(60), comment: z.string().trim().max(2000) })).output(doneSchema),
  /** For an empty queue: promises that fall due soon or have, and conversations that come back soon. */
  agenda: oc.input(z.object({})).output(z.object({ promises: z.array(promiseSchema), snoozed: z.array(z.object({ conversationId: conversationIdSchema, customerName: z.string(), until: atSchema })) })),
  settlePromise: oc.input(z.object({ messageId: messageIdSchema, quote: z.string().max(500), isSettled: z.boolean() })).output(z.object({})),
};
