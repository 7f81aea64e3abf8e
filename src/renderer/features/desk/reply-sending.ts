import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import type { GuardViolation } from '../../../shared/contract/suggestion.contract.ts';
import { callFailure } from '../../base/call-failure.ts';
import { draftOf, type ComposerApi, type ComposerState } from './composer-state.ts';
import type { DraftFile, DraftFiles } from './draft-files.store.ts';
import { placeholdersIn } from './draft-marks.ts';
import type { DraftSaver } from './draft-saver.ts';
import type { MacroUses } from './macro-uses.ts';
import type { ReplySender, ReplyToSend } from './reply-sender.ts';

const CHECK_PATIENCE_MS = 800;

export type SendParts = {
  saver: DraftSaver;
  sender: ReplySender;
  files: DraftFiles;
  macroUses: MacroUses;
  check: () => Promise<readonly GuardViolation[]>;
  /** What stands in the field of a conversation, or stood when it was left. */
  textOf: (conversationId: ConversationId) => string | undefined;
};

/** Sends what stands in the field: once the guard has nothing against it, or the rep says so all the same. */
export async function sendReply(store: ComposerApi, parts: SendParts): Promise<void> {
  const { conversationId, isSending, isReady } = store.getState();
  if (conversationId === null || isSending || !isReady) return;
  const files = parts.files.of(conversationId);
  const reply = replyOf(store.getState(), files, parts.macroUses.heldBy(conversationId, store.getState().text));
  if (reply === null) return;
  if (files.some(({ state }) => state !== 'ready')) return store.setState({ isHeldByFiles: true });
  store.setState({ isSending: true, isHeldByFiles: false, sendFailure: null, macros: null });
  try {
    if (await isCleared(store, conversationId, reply, parts)) await parts.sender.send(conversationId, reply, () => parts.saver.hold(conversationId));
  } catch (error) {
    keepUnsent(store, conversationId, reply, parts);
    if (isShown(store, conversationId)) store.setState({ sendFailure: callFailure(error) });
  } finally {
    parts.saver.release(conversationId);
    if (store.getState().conversationId === conversationId) store.setState({ isSending: false });
  }
}

function isShown(store: ComposerApi, conversationId: ConversationId): boolean {
  return store.getState().conversationId === conversationId && store.getState().isReady;
}

/** False when the text was changed while it was checked (that is not what the rep sent), or when the rep has to be asked first. */
async function isCleared(store: ComposerApi, conversationId: ConversationId, { draft }: ReplyToSend, { check, textOf }: SendParts): Promise<boolean> {
  const isAsking = await needsAsking(store, draft.text, check);
  if (textOf(conversationId) !== draft.text) return false;
  if (isAsking && store.getState().conversationId === conversationId) store.setState({ askedText: draft.text });
  return !isAsking;
}

/** A refused reply is a draft again. One of an unknown fate is not saved: its words could come back although they went out. */
function keepUnsent(store: ComposerApi, conversationId: ConversationId, reply: ReplyToSend, { sender, saver }: SendParts): void {
  if (sender.heldDraft(conversationId) !== null || saver.unsaved(conversationId) !== null) return;
  saver.schedule(isShown(store, conversationId) ? draftOf(store.getState()) : reply.draft);
}

function replyOf(state: ComposerState, files: readonly DraftFile[], macroIds: readonly string[]): ReplyToSend | null {
  const draft = draftOf(state);
  const attachmentIds = files.flatMap((file) => (file.state === 'ready' ? [file.attachment.id] : []));
  if (draft === null || (draft.text.trim() === '' && files.length === 0)) return null;
  return { draft, attachmentIds, suggestionIds: state.usedIds, macroIds };
}

async function needsAsking(store: ComposerApi, text: string, check: () => Promise<readonly GuardViolation[]>): Promise<boolean> {
  if (store.getState().askedText === text) return false;
  const patience = new Promise<readonly GuardViolation[]>((done) => setTimeout(() => done([]), CHECK_PATIENCE_MS));
  const violations = await Promise.race([check().catch(() => []), patience]);
  return violations.some(({ severity }) => severity === 'block') || placeholdersIn(text).length > 0;
}
