import { Reply, X } from 'lucide-react';
import type { Quote } from '../../../shared/contract/attachment.contract.ts';
import { useTexts } from '../../base/texts.tsx';
import { IconButton } from '../../ui/button.tsx';
import { useComposer, useDesk, useOpen } from './desk-context.tsx';

/** Who said the quoted words, and the first of them. */
function useQuoteWords(quote: Quote): { name: string; text: string } {
  const { t } = useTexts();
  const customerName = useOpen((open) => open.summary.customerName) ?? '';
  const text = quote.text.replace(/\s+/g, ' ').trim();
  return { name: quote.role === 'customer' ? customerName : t(`role.${quote.role}`), text: text === '' ? t('quote.noText') : text };
}

/** What a message answers; pressing it brings that message into view. */
export function QuoteLink({ quote }: { quote: Quote }) {
  const { t } = useTexts();
  const { media } = useDesk();
  const { name, text } = useQuoteWords(quote);
  return (
    <button type="button" onClick={() => media.jumpTo(quote.messageId)} aria-label={t('quote.jump', { text })} className="mb-0.5 flex max-w-full items-center gap-1.5 rounded border-l-2 border-control bg-raised px-2 py-0.5 text-left text-meta text-ink-2 hover:text-ink">
      <span className="shrink-0 font-semibold">{name}</span><span className="min-w-0 truncate">{text}</span>
    </button>
  );
}

/** Above the reply: what it will answer. */
export function ComposerQuote() {
  const replyTo = useComposer((state) => state.replyTo);
  return replyTo === null ? null : <ComposerQuoteLine quote={replyTo} />;
}

function ComposerQuoteLine({ quote }: { quote: Quote }) {
  const { t } = useTexts();
  const desk = useDesk();
  const { name, text } = useQuoteWords(quote);
  const remove = (): void => {
    desk.composer.quote(null);
    desk.focusField();
  };
  return (
    <div className="mb-1.5 flex h-7 items-center gap-2 rounded border-l-2 border-accent bg-raised pr-0.5 pl-2 text-meta">
      <Reply size={14} aria-hidden className="shrink-0 text-ink-2" />
      <span className="shrink-0 font-semibold text-ink-2">{t('quote.of', { name })}</span>
      <button type="button" onClick={() => desk.media.jumpTo(quote.messageId)} aria-label={t('quote.jump', { text })} className="min-w-0 flex-1 truncate rounded text-left text-ink-2 hover:text-ink">{text}</button>
      <IconButton label={t('quote.remove')} onClick={remove} className="size-6"><X size={14} aria-hidden /></IconButton>
    </div>
  );
}
