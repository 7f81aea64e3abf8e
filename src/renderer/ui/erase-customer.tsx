import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { z } from 'zod';
import type { erasePreviewSchema } from '../../shared/contract/customer.contract.ts';
import { callFailure, type CallFailure } from '../base/call-failure.ts';
import { createCompositionGuard } from '../base/composition.ts';
import { useShell } from '../base/shell-context.tsx';
import { useTexts } from '../base/texts.tsx';
import type { Client } from '../connection/connection.ts';
import { Button } from './button.tsx';
import { FailureNotice } from './failure-notice.tsx';
import { TextField } from './fields.tsx';
import { LearnFromCustomer } from './learn-from-customer.tsx';
import { LoadingLines } from './loading-lines.tsx';
import { Overlay } from './overlay.tsx';
import { useRowCounts } from './use-row-counts.ts';

type Preview = z.infer<typeof erasePreviewSchema>;
/** `client` in part, so that a feature hands over no more than this. */
type EraseProps = { client: Pick<Client, 'adapt' | 'customer' | 'session'>; customer: string; onClose: () => void; onErased: () => void };

/** What goes and what stays, the name typed once more, then the end of it. `customer` is our id or the shop's number. */
export function EraseCustomer({ client, customer, onClose, onErased }: EraseProps) {
  const { t } = useTexts();
  const { toasts } = useShell();
  const [found, setFound] = useState<Preview | null>(null);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [isAllowed, setIsAllowed] = useState(false);
  useEffect(() => {
    client.session.get({}).then(({ allowed }) => setIsAllowed(allowed.includes('customer.erase')), () => {});
    client.customer.erasePreview({ customer }).then(setFound, (error: unknown) => setFailure(callFailure(error)));
  }, [client, customer]);
  const erase = async (preview: Preview): Promise<void> => {
    setIsBusy(true);
    try {
      await client.customer.erase({ customerId: preview.customerId });
      toasts.show({ key: 'erase.done', values: { name: preview.name } });
      onErased();
      onClose();
    } catch (error) {
      setFailure(callFailure(error));
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Overlay title={t('erase.title')} onClose={onClose}>
      <div className="flex flex-col gap-3 overflow-y-auto p-4">
        {found === null && failure === null && <LoadingLines count={3} />}
        {failure !== null && <FailureNotice text={t('trust.failed')} failure={failure} />}
        {found !== null && <Question key={found.customerId} preview={found} isBusy={isBusy} isAllowed={isAllowed} onErase={() => void erase(found)} onClose={onClose} />}
        {found !== null && <LearnFromCustomer client={client} customerId={found.customerId} isAllowed={isAllowed} />}
      </div>
    </Overlay>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-1">
      <h3 className="font-semibold">{title}</h3>
      <div className="text-ink-2">{children}</div>
    </section>
  );
}

function Question({ preview, isBusy, isAllowed, onErase, onClose }: { preview: Preview; isBusy: boolean; isAllowed: boolean; onErase: () => void; onClose: () => void }) {
  const { t } = useTexts();
  const rowCounts = useRowCounts();
  const [typed, setTyped] = useState('');
  const isRight = isAllowed && typed.trim() === preview.name.trim();
  const guard = useMemo(() => createCompositionGuard(), []);
  return (
    <form className="flex flex-col gap-3" onSubmit={(event) => { event.preventDefault(); if (isRight && !isBusy) onErase(); }}>
      <p className="text-title font-semibold">{preview.name} <span className="text-meta font-normal text-ink-3">{preview.externalId}</span></p>
      <Part title={t('erase.goes')}><p>{rowCounts(preview.counts) || t('erase.goesNothing')}</p><p>{t('erase.goesToo')}</p></Part>
      <Part title={t('erase.stays')}>{t('erase.staysList')}</Part>
      <TextField label={t('erase.confirm', { name: preview.name })} value={typed} autoComplete="off" onChange={(event) => setTyped(event.target.value)} disabled={!isAllowed} onCompositionStart={guard.start} onCompositionEnd={(event) => guard.end(event.timeStamp)} onKeyDown={(event) => { if (event.key === 'Enter' && guard.owns(event.nativeEvent)) event.preventDefault(); }} />
      {!isAllowed && <p role="note" className="text-ink-2">{t('erase.notAllowed')}</p>}
      <div className="flex gap-2">
        <Button type="submit" tone="danger" disabled={!isRight || isBusy}>{t(isBusy ? 'erase.running' : 'erase.now')}</Button>
        <Button onClick={onClose}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}
