import { useState } from 'react';
import type { Message } from '../../../shared/contract/conversation.contract.ts';
import { useTexts } from '../../base/texts.tsx';

const LONGEST_SPOKEN = 300;

/** Tells a screen reader, when it has a moment, what the customer wrote since the conversation was opened. The list itself is silent: scrolling it draws old messages anew. */
export function TranscriptLive({ messages }: { messages: readonly Message[] }) {
  const { t } = useTexts();
  const [openedAt] = useState(() => messages.at(-1)?.sentAt ?? 0);
  const newest = messages.findLast(({ role }) => role === 'customer');
  const isNew = newest !== undefined && newest.sentAt > openedAt;
  return (
    <div role="status" className="sr-only">
      {isNew && <p key={newest.id}>{t('role.customer')}{t('warning.colon')}<span lang={messageLang(newest)}>{newest.text.slice(0, LONGEST_SPOKEN)}</span></p>}
    </div>
  );
}

/** The language of a message for fonts, line breaks and voices; none where it was not recognised. Chinese follows the page's script. */
export function messageLang({ language }: Pick<Message, 'language'>): string | undefined {
  if (language === 'en') return 'en';
  const pageLang = document.documentElement.lang;
  return language === 'zh' ? (pageLang.startsWith('zh') ? pageLang : 'zh-Hans') : undefined;
}
