import { Menu } from '@base-ui/react/menu';
import { clsx } from 'clsx';
import { Check, ChevronDown } from 'lucide-react';
import { useStore } from 'zustand';
import type { FindFilters } from '../../../shared/contract/everywhere.contract.ts';
import { channelWords } from '../../base/code-words.ts';
import { useNow } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import type { SearchStore } from './search.store.ts';

type Choice = { key: string; label: string; isOn: boolean; change: Partial<FindFilters> };
type Chip = { key: string; label: string; choices: Choice[]; none: Partial<FindFilters> };

const DAY_MS = 86_400_000;
const PERIODS = [1, 7, 30, 365] as const;
const ITEM = 'flex h-7 items-center justify-between gap-4 rounded px-2 outline-none select-none data-[highlighted]:bg-accent-tint';

/** What narrows the results; each chip opens its choices with Enter or the arrow down, and says what is chosen. */
export function SearchFilters({ search }: { search: SearchStore }) {
  const { t } = useTexts();
  const chips = useChips(search);
  const isAny = useStore(search.store, ({ filters }) => Object.keys(filters).length > 0);
  return (
    <div role="group" aria-label={t('search.filters')} className="flex shrink-0 flex-wrap items-center gap-1.5 border-b border-line px-4 py-1.5">
      {chips.map((chip) => <FilterChip key={chip.key} chip={chip} onChange={search.setFilters} />)}
      {isAny && <Button size="compact" tone="ghost" onClick={search.clearFilters}>{t('search.clearFilters')}</Button>}
    </div>
  );
}

function FilterChip({ chip, onChange }: { chip: Chip; onChange: (change: Partial<FindFilters>) => void }) {
  const { t } = useTexts();
  const chosen = chip.choices.find(({ isOn }) => isOn);
  const words = chosen === undefined ? chip.label : t('search.filterIs', { name: chip.label, value: chosen.label });
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger aria-label={words} className={clsx('inline-flex h-6 max-w-48 items-center gap-1 rounded-full border px-2.5 text-meta', chosen === undefined ? 'border-control text-ink-2 hover:bg-raised' : 'border-accent bg-accent-tint font-semibold text-accent')}>
        <span className="truncate">{words}</span>
        <ChevronDown size={12} aria-hidden className="shrink-0" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="start" sideOffset={4} className="z-40">
          <Menu.Popup className="quiet-scroll max-h-[50vh] min-w-40 overflow-y-auto rounded border border-line bg-surface p-1 text-ui text-ink shadow-float outline-none">
            {chosen !== undefined && <Menu.Item className={ITEM} onClick={() => onChange(chip.none)}>{t('search.filterNone')}</Menu.Item>}
            {chip.choices.map((choice) => (
              <Menu.CheckboxItem key={choice.key} checked={choice.isOn} closeOnClick className={ITEM} onCheckedChange={() => onChange(choice.isOn ? chip.none : choice.change)}>
                <span className="min-w-0 truncate">{choice.label}</span>
                {choice.isOn && <Check size={14} aria-hidden />}
              </Menu.CheckboxItem>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** A chip without choices is not offered: a shop with one channel and no labels has nothing to narrow by. */
function useChips(search: SearchStore): Chip[] {
  const { t } = useTexts();
  const nowMs = useNow();
  const filters = useStore(search.store, (state) => state.filters);
  const { channelKinds, labels, reps } = useStore(search.store, (state) => state.choices);
  const since = (days: number): number => Math.floor((nowMs - days * DAY_MS) / DAY_MS) * DAY_MS;
  const chips: Chip[] = [
    { key: 'state', label: t('search.filter.state'), none: { state: undefined } as Partial<FindFilters>, choices: (['open', 'closed'] as const).map((state) => ({ key: state, label: t(`search.state.${state}`), isOn: filters.state === state, change: { state } })) },
    { key: 'from', label: t('search.filter.period'), none: { from: undefined } as Partial<FindFilters>, choices: PERIODS.map((days) => ({ key: String(days), label: t(`search.period.${days}`), isOn: filters.from === since(days), change: { from: since(days) } })) },
    { key: 'channel', label: t('queue.filter.channel'), none: { channelKind: undefined } as Partial<FindFilters>, choices: channelKinds.map((kind) => ({ key: kind, label: channelWords(t, kind), isOn: filters.channelKind === kind, change: { channelKind: kind } })) },
    { key: 'label', label: t('queue.filter.labels'), none: { labelId: undefined } as Partial<FindFilters>, choices: labels.map(({ id, name }) => ({ key: id, label: name, isOn: filters.labelId === id, change: { labelId: id } })) },
    {
      key: 'rep', label: t('search.filter.rep'), none: { repId: undefined } as Partial<FindFilters>,
      choices: [{ key: 'nobody', label: t('search.nobody'), isOn: filters.repId === 'nobody', change: { repId: 'nobody' } }, ...reps.map(({ id, name }): Choice => ({ key: id, label: name === '' ? t('search.unnamedRep') : name, isOn: filters.repId === id, change: { repId: id } }))],
    },
    { key: 'language', label: t('search.filter.language'), none: { language: undefined } as Partial<FindFilters>, choices: (['zh', 'en'] as const).map((language) => ({ key: language, label: t(`search.language.${language}`), isOn: filters.language === language, change: { language } })) },
  ];
  return chips.filter(({ choices }) => choices.length > 0);
}
