import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import type { Unanswered } from '../../../shared/contract/knowledge.contract.ts';
import { callFailure } from '../../base/call-failure.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import type { Prefill } from './knowledge-state.ts';
import type { KnowledgeStore } from './knowledge.store.ts';

const TITLE_CHARS = 120;

/** A question nothing was found for, and the ways to deal with it. */
export function QuestionView({ knowledge, question, canWrite, onOpenConversation }: { knowledge: KnowledgeStore; question: Unanswered; canWrite: boolean; onOpenConversation: (id: ConversationId) => void }) {
  const { t, formats } = useTexts();
  const dismiss = useDismissal(knowledge, question);
  const prefill: Prefill = { title: question.question.replace(/\s+/g, ' ').slice(0, TITLE_CHARS), text: '', answers: question.messageIds };
  return (
    <section aria-label={t('question.title')} className="quiet-scroll min-h-0 flex-1 overflow-y-auto p-6">
      <div className="mx-auto flex max-w-[760px] flex-col gap-4">
        <h2 className="text-head font-semibold">{t('question.title')}</h2>
        <blockquote className="border-l-2 border-accent pl-3 text-talk break-words whitespace-pre-wrap">{question.question}</blockquote>
        <p className="text-meta text-ink-3">{t('question.asked', { count: question.count })} · {formats.dateTime(question.askedAt)} · {t('question.masked')}</p>
        <div className="flex flex-wrap gap-2">
          {canWrite && <Button tone="primary" onClick={() => knowledge.newArticle(prefill)}>{t('question.write')}</Button>}
          <Button tone={canWrite ? 'plain' : 'primary'} onClick={() => knowledge.newMacro(prefill)}>{t('question.writeMacro')}</Button>
          <Button onClick={() => onOpenConversation(question.conversationId)}>{t('question.open')}</Button>
          <Button onClick={dismiss}>{t('question.dismiss')}</Button>
        </div>
      </div>
    </section>
  );
}

function useDismissal(knowledge: KnowledgeStore, question: Unanswered): () => void {
  const { toasts } = useShell();
  const problem = (error: unknown): void => toasts.problem({ key: `error.${callFailure(error).code}` });
  const putBack = (): void => void knowledge.dismissQuestion(question, false).catch(problem);
  return () => void knowledge.dismissQuestion(question, true).then(() => toasts.show({ key: 'question.dismissed' }, { labelKey: 'action.undo', run: putBack }), problem);
}
