import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import { useStore } from 'zustand';
import { useTexts } from '../../base/texts.tsx';
import { MarkdownView } from '../../features/knowledge/markdown-view.tsx';
import type { Printed, PrintStore } from './print.store.ts';

/** On screen nothing; on paper the conversation or the article alone, in black on white. */
export function PrintPage({ print }: { print: PrintStore }) {
  const printed = useStore(print.store, (state) => state.printed);
  useEffect(() => {
    if (printed === null) return;
    window.addEventListener('afterprint', print.done, { once: true });
    window.print();
    return () => window.removeEventListener('afterprint', print.done);
  }, [printed, print]);
  return printed === null ? null : createPortal(<PrintedPage printed={printed} />, document.body);
}

/** What goes on paper. */
function PrintedPage({ printed }: { printed: Printed }) {
  const { t, formats } = useTexts();
  return (
    <div className="print-page" data-testid="print-page">
      {printed.kind === 'article' ? <PrintedArticle printed={printed} /> : <PrintedConversation printed={printed} />}
      <p className="mt-6 border-t border-line pt-2 text-meta">{t('print.foot', { at: formats.dateTime(printed.printedAt) })}</p>
    </div>
  );
}

function PrintedArticle({ printed: { article } }: { printed: Extract<Printed, { kind: 'article' }> }) {
  const { t, formats } = useTexts();
  return (
    <article>
      <h1 className="text-head font-semibold">{article.title}</h1>
      <p className="mb-4 text-meta">{article.source} · {t('print.version', { version: article.version, at: formats.dateTime(article.updatedAt) })}</p>
      <MarkdownView markdown={article.markdown} />
    </article>
  );
}

function PrintedConversation({ printed: { summary, messages, notes, isCut } }: { printed: Extract<Printed, { kind: 'conversation' }> }) {
  const { t, formats } = useTexts();
  return (
    <article>
      <h1 className="text-head font-semibold">{summary.customerName}</h1>
      <p className="mb-4 text-meta">{t('print.conversation', { id: summary.id, count: messages.length })}{isCut && ` · ${t('print.cut')}`}</p>
      {messages.map((message) => (
        <section key={message.id} className="print-line">
          <p className="text-meta"><strong className="font-semibold">{message.role === 'customer' ? summary.customerName : t(`role.${message.role}`)}</strong> · {formats.dateTime(message.sentAt)}</p>
          {message.replyTo !== undefined && <p className="border-l-2 border-line pl-2 text-meta">{message.replyTo.text}</p>}
          {message.text !== '' && <p className="break-words whitespace-pre-wrap">{message.text}</p>}
          {message.attachments?.map(({ id, name }) => <p key={id} className="text-meta">{t('print.file', { name })}</p>)}
        </section>
      ))}
      {notes.length > 0 && <h2 className="mt-4 text-title font-semibold">{t('print.notes')}</h2>}
      {notes.map((note) => (
        <section key={note.id} className="print-line">
          <p className="text-meta"><strong className="font-semibold">{note.repName}</strong> · {formats.dateTime(note.createdAt)}</p>
          <p className="break-words whitespace-pre-wrap">{[note.text, ...note.lines.map(({ text }) => text)].filter((text) => text !== '').join('\n')}</p>
        </section>
      ))}
    </article>
  );
}
