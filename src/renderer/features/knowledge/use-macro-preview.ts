import { useEffect, useState } from 'react';
import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import type { MacroIssue } from '../../../shared/contract/macro.contract.ts';
import type { KnowledgeStore } from './knowledge.store.ts';

export type PreviewState = { text: string; missingVariables: readonly string[]; issues: readonly MacroIssue[]; conversationId: ConversationId | null; choose: (conversationId: ConversationId | null) => void };

const DELAY_MS = 250;
const EMPTY = { text: '', missingVariables: [], issues: [] };

/** The text as it would be inserted into the chosen conversation, shortly after the last change. */
export function useMacroPreview(knowledge: KnowledgeStore, text: string): PreviewState {
  const [conversationId, choose] = useState<ConversationId | null>(null);
  const [preview, setPreview] = useState<Omit<PreviewState, 'conversationId' | 'choose'>>(EMPTY);
  useEffect(() => {
    void knowledge.readConversations().then(() => choose((chosen) => chosen ?? knowledge.store.getState().conversations[0]?.id ?? null));
  }, [knowledge]);
  useEffect(() => {
    let isGone = false;
    const ask = async (): Promise<void> => {
      const next = text.trim() === '' ? EMPTY : await knowledge.client.knowledge.previewMacro({ text, conversationId });
      if (!isGone) setPreview(next);
    };
    // without an answer the last preview stays; saving checks the text again
    const timer = setTimeout(() => void ask().catch(() => {}), DELAY_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [knowledge, text, conversationId]);
  return { ...preview, conversationId, choose };
}
