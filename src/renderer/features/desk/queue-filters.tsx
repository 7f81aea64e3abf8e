import { Menu } from '@base-ui/react/menu';
import { clsx } from 'clsx';
import { Check, Filter, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Label } from '../../../shared/contract/work.contract.ts';
import { channelWords } from '../../base/code-words.ts';
import { useTexts } from '../../base/texts.tsx';
import { useDesk, useQueue, useWork } from './desk-context.tsx';
import { LabelMark } from './label-mark.tsx';
import type { QueueFilters } from './queue.store.ts';

const BANDS = ['warn', 'alert'] as const;
const NO_LABELS: readonly Label[] = [];
const NO_KINDS: readonly string[] = [];
const ITEM = 'flex h-7 items-center gap-2 rounded px-2 outline-none select-none data-[highlighted]:bg-accent-tint';

const countOf = (filters: QueueFilters): number => Object.values(filters).filter((value) => value !== undefined).length;

/** What is left out of the list: by label, risk, channel. Each choice is taken back by choosing it again. */
export function FilterMenu() {
  const { t } = useTexts();
  const count = useQueue((state) => countOf(state.filters));
  const label = count === 0 ? t('queue.filter') : t('queue.filterOn', { count });
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger id="queue-filter" aria-label={label} title={label} className={clsx('inline-flex size-7 shrink-0 items-center justify-center rounded hover:bg-raised', count > 0 ? 'bg-accent-tint text-accent' : 'text-ink-2')}>
        <Filter size={15} aria-hidden fill={count > 0 ? 'currentColor' : 'none'} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4} className="z-20">
          <Menu.Popup className="quiet-scroll max-h-[70vh] min-w-52 overflow-y-auto rounded border border-line bg-surface p-1 text-ui shadow-float outline-none"><FilterChoices /></Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function FilterChoices() {
  const { t } = useTexts();
  const desk = useDesk();
  const filters = useQueue((state) => state.filters);
  const labels = useWork((state) => state.setup?.labels ?? NO_LABELS);
  const channelKinds = useWork((state) => state.setup?.channelKinds ?? NO_KINDS);
  const toggle = <Name extends keyof QueueFilters>(name: Name, value: QueueFilters[Name]): void => desk.queue.setFilters({ [name]: filters[name] === value ? undefined : value });
  return (
    <>
      <Group label={t('queue.filter.risk')}>
        {BANDS.map((band) => <Item key={band} isOn={filters.band === band} onToggle={() => toggle('band', band)}>{t(`queue.filter.${band}`)}</Item>)}
      </Group>
      <Group label={t('queue.filter.labels')}>
        {labels.map((one) => <Item key={one.id} isOn={filters.labelId === one.id} onToggle={() => toggle('labelId', one.id)}><LabelMark label={one} /></Item>)}
        {labels.length === 0 && <p className="px-2 py-1 text-meta text-ink-3">{t('queue.filter.noLabels')}</p>}
      </Group>
      {channelKinds.length > 1 && (
        <Group label={t('queue.filter.channel')}>
          {channelKinds.map((kind) => <Item key={kind} isOn={filters.channelKind === kind} onToggle={() => toggle('channelKind', kind)}>{channelWords(t, kind)}</Item>)}
        </Group>
      )}
      {countOf(filters) > 0 && <Menu.Item className={ITEM} onClick={() => desk.queue.setFilters({ labelId: undefined, band: undefined, channelKind: undefined })}><X size={14} aria-hidden />{t('queue.filter.clear')}</Menu.Item>}
    </>
  );
}

function Group({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Menu.Group>
      <Menu.GroupLabel className="px-2 pt-1.5 pb-0.5 text-meta text-ink-3">{label}</Menu.GroupLabel>
      {children}
    </Menu.Group>
  );
}

function Item({ isOn, onToggle, children }: { isOn: boolean; onToggle: () => void; children: ReactNode }) {
  return (
    <Menu.CheckboxItem checked={isOn} onCheckedChange={onToggle} closeOnClick className={ITEM}>
      <span className="min-w-0 flex-1 truncate">{children}</span>
      <Menu.CheckboxItemIndicator><Check size={14} aria-hidden /></Menu.CheckboxItemIndicator>
    </Menu.CheckboxItem>
  );
}

/** The filters that are on, each with a way to take it off. */
export function FilterChips() {
  const { t } = useTexts();
  const desk = useDesk();
  const filters = useQueue((state) => state.filters);
  const labels = useWork((state) => state.setup?.labels);
  if (countOf(filters) === 0) return null;
  const label = labels?.find(({ id }) => id === filters.labelId);
  return (
    <div className="flex flex-wrap gap-1 max-md:hidden">
      {filters.labelId !== undefined && <Chip name={label?.name ?? t('queue.filter.labels')} onRemove={() => desk.queue.setFilters({ labelId: undefined })} />}
      {filters.band !== undefined && <Chip name={t(`queue.filter.${filters.band}`)} onRemove={() => desk.queue.setFilters({ band: undefined })} />}
      {filters.channelKind !== undefined && <Chip name={channelWords(t, filters.channelKind)} onRemove={() => desk.queue.setFilters({ channelKind: undefined })} />}
    </div>
  );
}

function Chip({ name, onRemove }: { name: string; onRemove: () => void }) {
  const { t } = useTexts();
  return (
    <button type="button" aria-label={t('queue.filter.remove', { name })} title={t('queue.filter.remove', { name })} onClick={onRemove} className="ring-inside inline-flex h-6 max-w-full items-center gap-1 rounded bg-accent-tint px-1.5 text-meta text-accent">
      <span className="truncate">{name}</span><X size={12} aria-hidden className="shrink-0" />
    </button>
  );
}
