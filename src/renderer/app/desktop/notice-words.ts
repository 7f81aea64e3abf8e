import type { NoticeSettings } from '../../../shared/contract/desktop.contract.ts';
import type { DesktopNotice } from '../../../shared/desktop-bridge.ts';
import type { Translate } from '../../base/formats.ts';
import type { DeskNews } from './desk-notices.ts';

const MOST_CHARACTERS = 120;
/** More at once are one notice. */
const MOST_AT_ONCE = 3;

/** The notices as the system shows them: in private no name and no word of a conversation. */
export function wordNotices(news: readonly DeskNews[], { isPrivate }: Pick<NoticeSettings, 'isPrivate'>, t: Translate): DesktopNotice[] {
  if (news.length > MOST_AT_ONCE) return [{ tag: 'many', title: t('notice.many', { count: news.length }), body: t('notice.body'), conversationId: null }];
  return news.map(({ kind, tag, conversationId, customerName, text }) => {
    if (isPrivate || customerName === '') return { tag, title: t(`notice.${kind}`), body: t('notice.body'), conversationId };
    return { tag, title: `${t(`notice.${kind}`)}${t('warning.colon')}${customerName}`.slice(0, MOST_CHARACTERS), body: shortened(text), conversationId };
  });
}

function shortened(text: string): string {
  const letters = [...text.replaceAll(/\s+/g, ' ').trim()];
  return letters.length > MOST_CHARACTERS ? `${letters.slice(0, MOST_CHARACTERS - 1).join('')}…` : letters.join('');
}
