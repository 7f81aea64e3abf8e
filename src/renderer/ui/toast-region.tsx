import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { useStore } from 'zustand';
import { useShell } from '../base/shell-context.tsx';
import { useTexts } from '../base/texts.tsx';
import { Button, IconButton } from './button.tsx';
import { CommandKey } from './command-key.tsx';

export function ToastRegion() {
  const { t } = useTexts();
  const { toasts } = useShell();
  const list = useStore(toasts.store, (state) => state.toasts);
  return (
    <section aria-label={t('toast.region')} aria-live="polite" className="pointer-events-none fixed top-11 left-1/2 z-50 flex -translate-x-1/2 flex-col gap-2">
      {list.map((toast) => (
        <div key={toast.id} className={clsx('pointer-events-auto flex min-h-9 max-w-[440px] items-center gap-3 rounded border border-line bg-surface py-1 pr-1 pl-3 shadow-float', toast.tone === 'problem' && 'text-high')}>
          <span className="min-w-0 flex-1 break-words">{t(toast.text.key, toast.text.values)}{toast.detail !== null && ` ${toast.detail}`}</span>
          {toast.action !== null && <Button size="compact" tone="ghost" onClick={() => { toast.action?.run(); toasts.dismiss(toast.id); }}>{t(toast.action.labelKey)}{toast.action.commandId !== undefined && <CommandKey commandId={toast.action.commandId} />}</Button>}
          <IconButton label={t('action.close')} onClick={() => toasts.dismiss(toast.id)}><X size={14} aria-hidden /></IconButton>
        </div>
      ))}
    </section>
  );
}
