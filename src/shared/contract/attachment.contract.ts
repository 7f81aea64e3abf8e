import { oc } from '@orpc/contract';
import { z } from 'zod';
import { atSchema, conversationIdSchema, customerIdSchema, messageIdSchema } from './ids.contract.ts';

export const attachmentIdSchema = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/).brand<'AttachmentId'>();
export type AttachmentId = z.infer<typeof attachmentIdSchema>;

/** The largest file a message may carry. */
export const MAX_ATTACHMENT_BYTES = 20 * 1024 * 1024;
/** Bytes of one `append` or `read`; a whole number of base64 groups. */
export const ATTACHMENT_CHUNK_BYTES = 192 * 1024;
export const MAX_ATTACHMENTS = 10;

/** What the bytes are, not what the name says. Only `image` is ever drawn: PNG, JPEG, WebP, GIF. */
export const attachmentKindSchema = z.enum(['image', 'video', 'audio', 'file']);
export type AttachmentKind = z.infer<typeof attachmentKindSchema>;

/** `remote`: the channel gave an address only, which is never fetched. `missing`: it was announced but could not be kept; `reason` says why. */
export const attachmentStateSchema = z.enum(['stored', 'remote', 'missing']);
export const attachmentReasonSchema = z.enum(['too_large', 'not_there', 'not_allowed', 'empty', 'broken', 'not_kept']);
export type AttachmentReason = z.infer<typeof attachmentReasonSchema>;

export const attachmentSchema = z.object({
  id: attachmentIdSchema,
  /** A plain file name: no folders, no control or direction marks. */
  name: z.string(),
  /** From the bytes; `application/octet-stream` for everything that must not be opened in the page (HTML, SVG, unknown). */
  mime: z.string(),
  kind: attachmentKindSchema,
  byteCount: z.int().nonnegative(),
  /** Pixels of an image, null where not known. */
  width: z.int().nullable(),
  height: z.int().nullable(),
  state: attachmentStateSchema,
  reason: attachmentReasonSchema.nullable(),
  /** The address of a `remote` one, as text. */
  url: z.string().nullable(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

/** The message a reply answers, as far as a line can show it. */
export const quoteSchema = z.object({ messageId: messageIdSchema, role: z.enum(['customer', 'rep', 'bot', 'system']), text: z.string() });
export type Quote = z.infer<typeof quoteSchema>;

const base64Schema = z.string().max(Math.ceil(ATTACHMENT_CHUNK_BYTES / 3) * 4).regex(/^[A-Za-z0-9+/]*={0,2}$/);

export const attachmentContract = {
  /** Announces a file of this conversation, or of no conversation (media of a macro). Refuses one that is too large. */
  begin: oc.input(z.object({ conversationId: conversationIdSchema.nullable(), name: z.string().max(1000), byteCount: z.int().positive().max(MAX_ATTACHMENT_BYTES) })).output(z.object({ id: attachmentIdSchema })),
  /** Brings the bytes from `ord × ATTACHMENT_CHUNK_BYTES` on; the same `ord` twice is one. */
  append: oc.input(z.object({ id: attachmentIdSchema, ord: z.int().min(0).max(Math.ceil(MAX_ATTACHMENT_BYTES / ATTACHMENT_CHUNK_BYTES)), base64: base64Schema })).output(z.object({})),
  /** Looks at the bytes and keeps the file, in the draft of its conversation where it has one; a program is refused and dropped. Twice is once. */
  finish: oc.input(z.object({ id: attachmentIdSchema })).output(attachmentSchema),
  /** Some bytes of a stored file. */
  read: oc.input(z.object({ id: attachmentIdSchema, ord: z.int().nonnegative() })).output(z.object({ base64: z.string(), isLast: z.boolean() })),
  get: oc.input(z.object({ id: attachmentIdSchema })).output(attachmentSchema),
  /** What the draft of this conversation carries, in order. */
  ofDraft: oc.input(z.object({ conversationId: conversationIdSchema })).output(z.array(attachmentSchema)),
  /** Puts a stored file into the draft: media of a macro, or one taken out before. */
  attach: oc.input(z.object({ conversationId: conversationIdSchema, id: attachmentIdSchema })).output(z.array(attachmentSchema)),
  /** Takes it out of the draft; `attach` brings it back for a day. */
  detach: oc.input(z.object({ conversationId: conversationIdSchema, id: attachmentIdSchema })).output(z.array(attachmentSchema)),
};

/** What an image shows: the wash or parcel label, the damage, or something else. */
export const evidenceKindSchema = z.enum(['label', 'damage', 'other']);
export type EvidenceKind = z.infer<typeof evidenceKindSchema>;

export const evidenceSchema = z.object({
  id: z.string(),
  afterSaleExternalId: z.string(),
  kind: evidenceKindSchema,
  attachment: attachmentSchema,
  addedAt: atSchema,
});
export type Evidence = z.infer<typeof evidenceSchema>;

export const evidenceContract = {
  /** Evidence of every after-sale case of one customer, oldest first. */
  list: oc.input(z.object({ customerId: customerIdSchema })).output(z.array(evidenceSchema)),
  /** Marks a stored file as evidence of a case of the same customer; marking again changes the kind. */
  add: oc.input(z.object({ customerId: customerIdSchema, afterSaleExternalId: z.string(), attachmentId: attachmentIdSchema, kind: evidenceKindSchema })).output(z.array(evidenceSchema)),
  remove: oc.input(z.object({ customerId: customerIdSchema, id: z.string() })).output(z.array(evidenceSchema)),
};
