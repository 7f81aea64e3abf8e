import { Menu } from '@base-ui/react/menu';
import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import type { Rep } from '../../../shared/contract/access.contract.ts';
import type { Settings } from '../../../shared/contract/app.contract.ts';
import { useTexts } from '../../base/texts.tsx';
import { RepBadge } from '../../ui/rep-badge.tsx';

const MODES = ['full', 'rare', 'off'] as const;
const ITEM = 'flex h-7 items-center gap-2 rounded px-2 outline-none select-none data-[highlighted]:bg-accent-tint';

/** `canSwitch`: somebody else could sign in, or nobody gets in without a PIN. */
type RepMenuProps = { rep: Rep; canSwitch: boolean; quietMode: Settings['quietMode']; onQuiet: (mode: Settings['quietMode']) => void; onMine: () => void; onLock: () => void; onSwitch: () => void; className: string };

/** The rep's circle in the rail: how much is shown, lock, switch rep. */
export function RepMenu({ rep, canSwitch, quietMode, onQuiet, onMine, onLock, onSwitch, className }: RepMenuProps) {
  const { t } = useTexts();
  const name = rep.name === '' ? t('people.unnamed') : rep.name;
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger data-tour="rep" className={className}>
        <RepBadge rep={rep} />
        <span className="w-full truncate px-1 text-center">{name}</span>
        {quietMode !== 'full' && <span className="w-full truncate px-1 text-center text-ink-3">{t(`quiet.${quietMode}`)}</span>}
        <span className="sr-only">{t('repMenu.open')}</span>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner side="right" align="end" sideOffset={8} className="z-20">
          <Menu.Popup className="flex w-80 flex-col rounded border border-line bg-surface p-1 text-ui text-ink shadow-float outline-none">
            <div className="flex items-center gap-3 px-2 py-2">
              <RepBadge rep={rep} />
              <span className="min-w-0 flex-1 truncate font-semibold">{name}</span>
              <span className="text-meta text-ink-3">{t(`people.role.${rep.role}`)} · {t(`people.level.${rep.certificateLevel}`)}</span>
            </div>
            <Menu.Separator className="mx-1 my-1 h-px bg-line" />
            <Menu.Group>
              <Menu.GroupLabel className="px-2 py-1 text-meta text-ink-3">{t('quiet.title')}</Menu.GroupLabel>
              <Menu.RadioGroup value={quietMode} onValueChange={(mode: Settings['quietMode']) => onQuiet(mode)}>
                {MODES.map((mode) => (
                  <Menu.RadioItem key={mode} value={mode} closeOnClick className={clsx(ITEM, 'h-auto items-start py-1')}>
                    <span className="flex w-4 shrink-0 justify-center pt-0.5"><Menu.RadioItemIndicator><Check size={14} aria-hidden /></Menu.RadioItemIndicator></span>
                    <span className="min-w-0">{t(`quiet.${mode}`)}<span className="block text-meta text-ink-3">{t(`quiet.help.${mode}`)}</span></span>
                  </Menu.RadioItem>
                ))}
              </Menu.RadioGroup>
            </Menu.Group>
            <Menu.Separator className="mx-1 my-1 h-px bg-line" />
            <Menu.Item className={ITEM} onClick={onMine}>{t('repMenu.mine')}</Menu.Item>
            <Menu.Item className={ITEM} onClick={onLock}>{t('repMenu.lock')}</Menu.Item>
            {canSwitch && <Menu.Item className={ITEM} onClick={onSwitch}>{t('repMenu.switch')}</Menu.Item>}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
