import { Menu } from '@base-ui/react/menu';
import { Ellipsis } from 'lucide-react';
import type { Message } from '../../../shared/contract/conversation.contract.ts';
import { useTexts } from '../../base/texts.tsx';
import { useCopy } from '../../base/use-copy.ts';
import { IconButton } from '../../ui/button.tsx';
import { useDesk } from './desk-context.tsx';
import { quoteOf } from './message-commands.ts';

const ITEM = 'flex h-7 items-center rounded px-2 outline-none select-none data-[highlighted]:bg-accent-tint';

/** Quote and copy, for the pointer. By keyboard `q` quotes; a stop of the Tab key at each message would be in the way. */
export function MessageMenu({ message }: { message: Message }) {
  const { t } = useTexts();
  const desk = useDesk();
  const copy = useCopy();
  const quote = (): void => {
    desk.composer.quote(quoteOf(message));
    // after the menu has handed the focus back
    setTimeout(desk.focusField, 0);
  };
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger render={<IconButton label={t('message.actions')} tabIndex={-1} className="size-5 opacity-0 group-hover/message:opacity-100 focus-visible:opacity-100 data-[popup-open]:opacity-100"><Ellipsis size={14} aria-hidden /></IconButton>} />
      <Menu.Portal>
        <Menu.Positioner align="start" sideOffset={4} className="z-20">
          <Menu.Popup className="min-w-32 rounded border border-line bg-surface p-1 text-ui shadow-float outline-none">
            <Menu.Item className={ITEM} onClick={quote}>{t('quote.reply')}</Menu.Item>
            {message.text !== '' && <Menu.Item className={ITEM} onClick={() => copy(message.text)}>{t('action.copy')}</Menu.Item>}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
