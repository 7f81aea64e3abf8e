import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import type { FindHit, MarkedText } from '../../../shared/contract/everywhere.contract.ts';
import type { CustomerId, MessageId } from '../../../shared/contract/ids.contract.ts';
import { useTexts } from '../../base/texts.tsx';
import type { Client } from '../../connection/connection.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { CustomerFacts } from './customer-sheet.tsx';
import { hitFacts } from './hit-facts.ts';
import { MarkedLine } from './marked-line.tsx';
import type { SearchEntry } from './search-entries.ts';
import { useLoaded, type Loaded } from './use-loaded.ts';

const MOST_SKUS = 12;

/** From 1280 px on: the line under the pointer at length. What can be done is on the line itself, so this is only read. */
export function SearchPreview({ client, entry }: { client: Client; entry: SearchEntry | undefined }) {
  const { t } = useTexts();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <section tabIndex={0} aria-label={t('search.preview')} className="quiet-scroll ring-inside hidden w-[440px] shrink-0 overflow-y-auto border-l border-line bg-bg p-4 min-[1280px]:block">
      {entry?.kind === 'hit' ? <HitPreview key={entry.key} client={client} hit={entry.hit} /> : <p className="text-ink-3">{t('search.previewEmpty')}</p>}
    </section>
  );
}

function HitPreview({ client, hit }: { client: Client; hit: FindHit }) {
  const texts = useTexts();
  return (
    <div className="flex flex-col gap-3">
      <div>
        <h2 className="text-title font-semibold break-words"><MarkedLine {...hit.title} /></h2>
        <p className="text-meta text-ink-2">{hitFacts(hit, texts).join(' · ')}</p>
      </div>
      <HitBody client={client} hit={hit} />
    </div>
  );
}

function HitBody({ client, hit }: { client: Client; hit: FindHit }) {
  switch (hit.kind) {
    case 'customer':
      return <CustomerPreview client={client} customerId={hit.id} orderId={null} />;
    case 'order':
      return <CustomerPreview client={client} customerId={hit.customerId} orderId={hit.id} />;
    case 'conversation':
      return hit.messageId === null ? <Words {...hit.body} /> : <Turns client={client} messageId={hit.messageId} body={hit.body} />;
    case 'product':
      return <ProductPreview client={client} productId={hit.id} />;
    case 'note':
    case 'article':
    case 'macro':
      return <Words {...hit.body} />;
  }
}

function Words(body: MarkedText) {
  return <p className="text-talk break-words whitespace-pre-wrap"><MarkedLine {...body} /></p>;
}

function Read<Value>({ loaded, children }: { loaded: Loaded<Value>; children: (value: Value) => ReactNode }) {
  const { t } = useTexts();
  if (loaded.kind === 'loading') return <LoadingLines />;
  if (loaded.kind === 'failed') return <FailureNotice text={t('search.previewFailed')} failure={loaded.failure} />;
  return children(loaded.value);
}

function CustomerPreview({ client, customerId, orderId }: { client: Client; customerId: CustomerId; orderId: string | null }) {
  const loaded = useLoaded(`${customerId} ${orderId ?? ''}`, () => client.search.customer({ customerId, ...(orderId === null ? {} : { orderId }) }));
  return <Read loaded={loaded}>{(found) => <CustomerFacts found={found} />}</Read>;
}

function Turns({ client, messageId, body }: { client: Client; messageId: MessageId; body: MarkedText }) {
  const { t, formats } = useTexts();
  const loaded = useLoaded(messageId, () => client.search.around({ messageId }));
  return (
    <Read loaded={loaded}>
      {({ messages }) => (
        <ol className="flex flex-col gap-2">
          {messages.map((message) => (
            <li key={message.id} className={clsx('rounded border p-2', message.id === messageId ? 'border-accent bg-surface' : 'border-line')}>
              <p className="flex gap-2 text-meta text-ink-2"><span>{t(`role.${message.role}`)}</span><span>{formats.dateTime(message.sentAt)}</span></p>
              <p className="break-words whitespace-pre-wrap">{message.id === messageId && message.text === body.text ? <MarkedLine {...body} /> : message.text}</p>
            </li>
          ))}
        </ol>
      )}
    </Read>
  );
}

function ProductPreview({ client, productId }: { client: Client; productId: string }) {
  const { t, formats } = useTexts();
  const loaded = useLoaded(productId, () => client.catalogue.product({ id: productId }));
  return (
    <Read loaded={loaded}>
      {(product) => (
        <>
          {product.description !== null && <p className="break-words whitespace-pre-wrap">{product.description}</p>}
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
            {product.specs.slice(0, MOST_SKUS).map(({ name, value }) => (
              <div key={name} className="contents"><dt className="text-ink-2">{name}</dt><dd className="break-words">{value}</dd></div>
            ))}
          </dl>
          <ul>
            {product.skus.slice(0, MOST_SKUS).map((sku) => (
              <li key={sku.externalId} className="flex min-h-7 items-center gap-3">
                <span className="min-w-0 flex-1 truncate">{[sku.colour, sku.size].filter(Boolean).join(' · ') || sku.externalId}</span>
                <span className="shrink-0 text-meta text-ink-2">{sku.externalId}</span>
                <span className="w-24 shrink-0 text-right">{sku.stockCount === null ? t('products.unknown') : sku.stockCount === 0 ? t('products.outOfStock') : t('products.inStock', { count: formats.number(sku.stockCount) })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Read>
  );
}
