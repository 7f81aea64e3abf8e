import { useEffect, useState } from 'react';
import type { CustomerId } from '../../shared/contract/ids.contract.ts';
import { callFailure } from '../base/call-failure.ts';
import { useTexts } from '../base/texts.tsx';
import type { Client } from '../connection/connection.ts';
import { Button } from './button.tsx';

/** Whether the shop's words may be learned from this customer; changed at once. */
export function LearnFromCustomer({ client, customerId, isAllowed }: { client: Pick<Client, 'adapt'>; customerId: CustomerId; isAllowed: boolean }) {
  const { t } = useTexts();
  const [isForgotten, setIsForgotten] = useState<boolean | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    client.adapt.isForgotten({ customerId }).then((answer) => setIsForgotten(answer.isForgotten), (error: unknown) => setProblem(t(`error.${callFailure(error).code}`)));
  }, [client, customerId, t]);
  const change = (next: boolean): void => {
    const work: Promise<unknown> = next ? client.adapt.forget({ customerId }) : client.adapt.remember({ customerId });
    const show = () => {
      setProblem(null);
      setIsForgotten(next);
    };
    work.then(show, (error: unknown) => setProblem(t(`error.${callFailure(error).code}`)));
  };
  return (
    <section aria-label={t('adapt.customer')} className="flex flex-col gap-2 border-t border-line pt-3">
      <h3 className="font-semibold">{t('adapt.customer')}</h3>
      <p role="status" className="text-ink-2">{t(isForgotten === true ? 'adapt.customer.forgotten' : 'adapt.customer.body')}</p>
      {isForgotten !== null && <div><Button disabled={!isAllowed} onClick={() => change(!isForgotten)}>{t(isForgotten ? 'adapt.customer.remember' : 'adapt.customer.forget')}</Button></div>}
      {problem !== null && <p role="alert" className="text-high">▲ {problem}</p>}
    </section>
  );
}
