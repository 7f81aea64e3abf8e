import { useRef } from 'react';
import { useTexts } from '../../base/texts.tsx';
import { useCopy } from '../../base/use-copy.ts';
import { Button } from '../../ui/button.tsx';
import { Overlay } from '../../ui/overlay.tsx';
import { useDesk } from './desk-context.tsx';
import { useMessageMedia } from './message-media-context.tsx';

/** Shows the whole address of a link, in the reader's letters and as it is really asked for, before it opens outside. */
export function LinkDialog() {
  const { t } = useTexts();
  const { media } = useDesk();
  const copy = useCopy();
  const openRef = useRef<HTMLButtonElement>(null);
  const link = useMessageMedia((state) => state.link);
  if (link === null) return null;
  const open = (): void => {
    // the host decides whether and where: Electron hands it to the system's browser, a browser opens a tab without any tie to this page
    window.open(link.href, '_blank', 'noopener,noreferrer');
    media.dropLink();
  };
  return (
    <Overlay title={t('link.title')} onClose={media.dropLink} initialFocus={openRef}>
      <div className="flex min-h-0 flex-col gap-3 p-4">
        <p>{t('link.asked')}</p>
        <p className="quiet-scroll max-h-40 overflow-y-auto rounded border border-line bg-raised px-3 py-2 break-all select-text">{link.address}</p>
        <p className="font-semibold break-all">{t('link.host', { host: link.host })}</p>
        {link.host !== link.asciiHost && <p className="break-all text-mid">△ {t('link.letters', { host: link.asciiHost })}</p>}
        {link.href.startsWith('http:') && <p className="text-mid">△ {t('link.plain')}</p>}
        <div className="flex justify-end gap-2">
          <Button tone="ghost" onClick={() => copy(link.href)}>{t('link.copy')}</Button>
          <Button onClick={media.dropLink}>{t('action.cancel')}</Button>
          <Button ref={openRef} tone="primary" onClick={open}>{t('link.open')}</Button>
        </div>
      </div>
    </Overlay>
  );
}
