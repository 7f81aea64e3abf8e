import { oc } from '@orpc/contract';
import { z } from 'zod';
import { atSchema, repIdSchema } from './ids.contract.ts';

export const repRoleSchema = z.enum(['rep', 'lead', 'trainer', 'admin']);
export type RepRole = z.infer<typeof repRoleSchema>;
export const certificateLevelSchema = z.enum(['trainee', 'junior', 'intermediate', 'senior']);
export type CertificateLevel = z.infer<typeof certificateLevelSchema>;
/** Colours of the circle that stands for a rep; none of those that mean something elsewhere on the page. */
export const repColourSchema = z.enum(['teal', 'blue', 'plum', 'brown', 'slate', 'olive']);
export type RepColour = z.infer<typeof repColourSchema>;

/** What not every role may do. */
export const guardedActionSchema = z.enum([
  'shop.settings', 'reps.manage', 'audit.read', 'customer.erase', 'macros.team', 'knowledge.change', 'rules.change', 'store.protect', 'store.backup', 'store.restore',
]);
export type GuardedAction = z.infer<typeof guardedActionSchema>;

const ADMIN: readonly RepRole[] = ['admin'];
const LEADS: readonly RepRole[] = ['lead', 'admin'];
const WRITERS: readonly RepRole[] = ['lead', 'trainer', 'admin'];

/** The policy table: enforced by the backend at the door, told by the page. Everything that is not named here every signed-in rep may do. */
export const POLICY: Readonly<Record<GuardedAction, readonly RepRole[]>> = {
  'shop.settings': ADMIN,
  'reps.manage': ADMIN,
  'audit.read': LEADS,
  'customer.erase': LEADS,
  'macros.team': WRITERS,
  'knowledge.change': WRITERS,
  'rules.change': LEADS,
  'store.protect': ADMIN,
  'store.backup': LEADS,
  'store.restore': ADMIN,
};

export const repSchema = z.object({
  id: repIdSchema,
  /** Empty while nobody has given one. */
  name: z.string(),
  role: repRoleSchema,
  certificateLevel: certificateLevelSchema,
  colour: repColourSchema,
  /** At most two letters for the circle; made from the name when left empty. */
  initials: z.string(),
  isActive: z.boolean(),
  hasPin: z.boolean(),
  createdAt: atSchema,
});
export type Rep = z.infer<typeof repSchema>;

/** Who is at the desk. `locked`: the screen is covered, the store stays open and messages are still stored; `signed_out`: nobody is there. */
export const sessionSchema = z.object({
  state: z.enum(['open', 'locked', 'signed_out']),
  /** The rep at the desk, also behind the lock; null when signed out. */
  rep: repSchema.nullable(),
  /** Active reps, oldest first. */
  reps: z.array(repSchema),
  /** Guarded actions that this rep may do. */
  allowed: z.array(guardedActionSchema),
  /** Whether the store's passphrase opens the lock, too. */
  canUsePassphrase: z.boolean(),
});
export type Session = z.infer<typeof sessionSchema>;

/** Digits only, so that it can be typed with one hand on a number pad. */
export const pinSchema = z.string().regex(/^\d{4,12}$/);
/** What came of a try; after several wrong ones nothing is tried before `retryAt`. */
export const entrySchema = z.object({ outcome: z.enum(['open', 'wrong', 'wait']), retryAt: atSchema.nullable(), session: sessionSchema });
export type Entry = z.infer<typeof entrySchema>;

export const sessionContract = {
  get: oc.input(z.object({})).output(sessionSchema),
  /** A rep without a PIN signs in with null. */
  signIn: oc.input(z.object({ repId: repIdSchema, pin: z.string().max(40).nullable() })).output(entrySchema),
  signOut: oc.input(z.object({})).output(sessionSchema),
  lock: oc.input(z.object({})).output(sessionSchema),
  /** Both null when the rep has no PIN and the store no passphrase. */
  unlock: oc.input(z.object({ pin: z.string().max(40).nullable(), passphrase: z.string().max(200).nullable() })).output(entrySchema),
  /** The rep did something; told at most every few seconds. Without it the desk locks after the shop's idle time. */
  active: oc.input(z.object({})).output(z.object({})),
};

export const repChangeSchema = z.object({
  /** A rep without id is new. */
  id: repIdSchema.optional(),
  name: z.string().trim().min(1).max(40),
  role: repRoleSchema,
  certificateLevel: certificateLevelSchema,
  colour: repColourSchema,
  initials: z.string().trim().max(4),
  isActive: z.boolean(),
});
export type RepChange = z.infer<typeof repChangeSchema>;

export const repContract = {
  /** Also inactive ones, oldest first. */
  list: oc.input(z.object({})).output(z.array(repSchema)),
  save: oc.input(repChangeSchema).output(repSchema),
  /** Null removes it. A rep gives the present PIN; who may manage reps resets another's without it. Answers `wrong` or `wait` as signing in does. */
  setPin: oc.input(z.object({ repId: repIdSchema, currentPin: z.string().max(40).nullable(), pin: pinSchema.nullable() })).output(z.object({ outcome: z.enum(['done', 'wrong', 'wait']), retryAt: atSchema.nullable() })),
};

/** From (inclusive) to (exclusive), epoch ms. */
export const auditFilterSchema = z.object({ repId: repIdSchema.optional(), action: z.string().max(80).optional(), fromAt: atSchema.optional(), toAt: atSchema.optional() });
export type AuditFilter = z.infer<typeof auditFilterSchema>;
export const auditLineSchema = z.object({ seq: z.int(), at: atSchema, repId: z.string().nullable(), repName: z.string(), action: z.string(), entity: z.string(), entityId: z.string() });
export type AuditLine = z.infer<typeof auditLineSchema>;

export const auditContract = {
  /** Newest first; `before` is the smallest `seq` of the page before. */
  list: oc.input(auditFilterSchema.extend({ before: z.int().optional(), limit: z.int().min(1).max(500).default(100) })).output(z.object({ lines: z.array(auditLineSchema), hasMore: z.boolean() })),
  /** Every action code that the audit holds, in alphabetical order. */
  actions: oc.input(z.object({})).output(z.array(z.string())),
  /** Comma-separated, with a head line, safe to open in a spreadsheet; the newest 50,000 lines at most. Reading it out is audited, too. */
  exportCsv: oc.input(auditFilterSchema).output(z.object({ fileName: z.string(), text: z.string(), lineCount: z.int() })),
};
