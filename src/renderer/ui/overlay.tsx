import { Dialog } from '@base-ui/react/dialog';
import { clsx } from 'clsx';
import { X } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { useTexts } from '../base/texts.tsx';
import { IconButton } from './button.tsx';

type OverlayProps = { title: string; isTitleHidden?: boolean; onClose: () => void; initialFocus?: RefObject<HTMLElement | null>; className?: string; children: ReactNode };

/** A dialog near the top of the window; Escape and a click outside close it, focus returns to where it was. */
export function Overlay({ title, isTitleHidden = false, onClose, initialFocus, className, children }: OverlayProps) {
  const { t } = useTexts();
  return (
    <Dialog.Root open onOpenChange={(isOpen) => { if (!isOpen) onClose(); }}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Popup {...(initialFocus ? { initialFocus } : {})} className={clsx('fixed top-[10vh] left-1/2 z-30 flex max-h-[76vh] w-[min(640px,calc(100vw-32px))] -translate-x-1/2 flex-col overflow-hidden rounded border border-line bg-surface text-ui text-ink shadow-float outline-none', className)}>
          <div className={isTitleHidden ? 'sr-only' : 'flex h-11 shrink-0 items-center justify-between border-b border-line pr-2 pl-4'}>
            <Dialog.Title className="text-title font-semibold">{title}</Dialog.Title>
            {!isTitleHidden && <Dialog.Close render={<IconButton label={t('action.close')}><X size={16} aria-hidden /></IconButton>} />}
          </div>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
