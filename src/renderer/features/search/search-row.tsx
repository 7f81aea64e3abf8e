import { clsx } from 'clsx';
import { BookOpen, ListPlus, MessageSquare, Package, ReceiptText, Search, StickyNote, User, Zap, type LucideIcon } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import type { FindHit, FindKind } from '../../../shared/contract/everywhere.contract.ts';
import { useNow } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { excerptOf } from './excerpt.ts';
import { hitFacts } from './hit-facts.ts';
import { MarkedLine } from './marked-line.tsx';
import type { SearchEntry } from './search-entries.ts';

const ICONS: Record<FindKind, LucideIcon> = { customer: User, order: ReceiptText, conversation: MessageSquare, note: StickyNote, article: BookOpen, product: Package, macro: Zap };
const EXCERPT_UNITS = 96;

export type SearchRowProps = { id: string; entry: SearchEntry; isActive: boolean; onPoint: () => void; onRun: () => void };

/** One result. The search box keeps the focus and takes the keys. */
export function SearchRow({ id, entry, isActive, onPoint, onRun }: SearchRowProps) {
  const rowRef = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) rowRef.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- options take clicks; the field that owns the list takes the keys
    <div ref={rowRef} id={id} role="option" aria-selected={isActive} onPointerDown={(event) => event.preventDefault()} onPointerMove={isActive ? undefined : onPoint} onClick={onRun} className={clsx('flex min-h-7 items-center gap-2.5 rounded px-3 py-1', isActive ? 'bg-accent-tint [&_mark]:bg-surface' : 'hover:bg-raised')}>
      <EntryWords entry={entry} />
    </div>
  );
}

function EntryWords({ entry }: { entry: SearchEntry }) {
  const { t } = useTexts();
  switch (entry.kind) {
    case 'hit':
      return <HitWords hit={entry.hit} isJump={entry.isJump} />;
    case 'more':
      return <Plain Icon={ListPlus}><span className="text-accent">{t(entry.isAtLeast ? 'search.moreAtLeast' : 'search.more', { count: entry.total })}</span></Plain>;
    case 'search':
      return <Plain Icon={Search}><span className="min-w-0 truncate">{entry.text}</span></Plain>;
    case 'opened':
      return (
        <Plain Icon={ICONS[entry.thing.kind]}>
          <span className="shrink-0 max-w-[50%] truncate">{entry.thing.title}</span>
          <span className="min-w-0 flex-1 truncate text-meta text-ink-2">{entry.thing.detail}</span>
          <span className="shrink-0 text-meta text-ink-2">{t(`search.kind.${entry.thing.kind}`)}</span>
        </Plain>
      );
  }
}

function Plain({ Icon, children }: { Icon: LucideIcon; children: ReactNode }) {
  return (
    <>
      <Icon size={16} aria-hidden className="shrink-0 text-ink-3" />
      {children}
    </>
  );
}

function HitWords({ hit, isJump }: { hit: FindHit; isJump: boolean }) {
  const texts = useTexts();
  const { t, formats } = texts;
  const nowMs = useNow();
  const Icon = ICONS[hit.kind];
  return (
    <>
      <Icon size={16} aria-hidden className="mt-0.5 shrink-0 self-start text-ink-3" />
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2">
          <span className="max-w-[60%] min-w-0 shrink-0 truncate font-semibold"><MarkedLine {...excerptOf(hit.title, EXCERPT_UNITS)} /></span>
          {isJump && <span className="shrink-0 rounded bg-accent px-1.5 text-meta text-on-accent">{t('search.jump')}</span>}
          {'number' in hit && <span className="max-w-[40%] min-w-0 shrink-0 truncate text-meta text-ink-2"><MarkedLine {...hit.number} /></span>}
          <span className="min-w-0 flex-1 truncate text-meta text-ink-2">{hitFacts(hit, texts).join(' · ')}</span>
          {hit.at !== null && <span className="shrink-0 text-meta text-ink-2" title={formats.dateTime(hit.at)}>{formats.relative(hit.at, nowMs)}</span>}
        </p>
        {'body' in hit && hit.body.text !== '' && <p className="truncate text-ink-2"><MarkedLine {...excerptOf(hit.body, EXCERPT_UNITS)} /></p>}
        {hit.kind === 'order' && hit.waybill !== null && hit.waybill.spans.length > 0 && <p className="truncate text-meta text-ink-2">{t('search.waybill')} <MarkedLine {...hit.waybill} /></p>}
      </div>
    </>
  );
}

