import { Menu } from '@base-ui/react/menu';
import { useMemo } from 'react';
import { useTexts } from '../../base/texts.tsx';
import { useCopy } from '../../base/use-copy.ts';
import { useDesk, useOpen } from './desk-context.tsx';
import type { LinkAddress } from './link-address.ts';
import { messageParts, type KnownNumbers } from './message-parts.ts';
import { useSearchFor } from './message-media-context.tsx';

const NONE: KnownNumbers = { orders: [], waybills: [] };

/** The words of a message: text nodes only; links ask before they open, order and waybill numbers are copied or searched for. */
export function MessageText({ text }: { text: string }) {
  const card = useOpen((open) => (open.card.kind === 'ready' ? open.card.card : null));
  const known = useMemo<KnownNumbers>(
    () => (card === null ? NONE : { orders: [...card.orders.map(({ externalId }) => externalId), ...card.afterSales.map(({ externalId }) => externalId)], waybills: card.orders.flatMap(({ waybill }) => waybill ?? []) }),
    [card],
  );
  const parts = useMemo(() => messageParts(text, known), [text, known]);
  return parts.map((part) => {
    if (part.kind === 'text') return <span key={part.start}>{part.text}</span>;
    return part.kind === 'link' ? <LinkWords key={part.start} text={part.text} link={part.link} /> : <NumberChip key={part.start} kind={part.kind} number={part.text} />;
  });
}

/** A link is a button: it goes nowhere before the rep has seen the whole address. */
export function LinkWords({ text, link }: { text: string; link: LinkAddress }) {
  const { media } = useDesk();
  const [before, after] = splitAtHost(text);
  return (
    <button type="button" role="link" title={link.address} onClick={() => media.askLink(link)} className="inline text-left break-all text-accent underline decoration-1 underline-offset-2 hover:decoration-2">
      {before}<strong className="font-semibold">{link.host}</strong>{after}
    </button>
  );
}

function splitAtHost(text: string): [before: string, after: string] {
  const start = text.indexOf('//') + 2;
  const end = text.slice(start).search(/[/?#]/);
  const hostText = end === -1 ? text.slice(start) : text.slice(start, start + end);
  const port = /:\d+$/.exec(hostText)?.[0] ?? '';
  return [text.slice(0, start), `${port}${end === -1 ? '' : text.slice(start + end)}`];
}

const ITEM = 'flex h-7 items-center rounded px-2 outline-none select-none data-[highlighted]:bg-accent-tint';

function NumberChip({ kind, number }: { kind: 'order' | 'waybill'; number: string }) {
  const { t } = useTexts();
  const copy = useCopy();
  const searchFor = useSearchFor();
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger className="mx-0.5 inline rounded border border-control bg-surface px-1 leading-none break-all text-ink hover:bg-raised" aria-label={t(`number.${kind}`, { number })}>{number}</Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="start" sideOffset={4} className="z-20">
          <Menu.Popup className="min-w-32 rounded border border-line bg-surface p-1 text-ui shadow-float outline-none">
            <Menu.Item className={ITEM} onClick={() => copy(number)}>{t('action.copy')}</Menu.Item>
            <Menu.Item className={ITEM} onClick={() => searchFor(number)}>{t('number.search')}</Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
