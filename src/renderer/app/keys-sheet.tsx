import type { Command } from '../base/command.ts';
import { useTexts } from '../base/texts.tsx';
import type { TextKey } from '../../shared/i18n/texts.ts';
import { Kbd } from '../ui/kbd.tsx';
import { Overlay } from '../ui/overlay.tsx';

const GROUPS = ['queue', 'reply', 'go', 'app'] as const;
/** Keys that act inside a field or list, not as commands. */
const FIELD_KEYS: readonly { labelKey: TextKey; shortcut: string }[] = [
  { labelKey: 'keys.send', shortcut: 'Enter' },
  { labelKey: 'keys.newline', shortcut: 'Shift+Enter' },
  { labelKey: 'keys.typeAhead', shortcut: ';' },
  { labelKey: 'keys.openSuggestion', shortcut: 'Space' },
  { labelKey: 'keys.dismiss', shortcut: 'Delete' },
];

export function shortcutWords(shortcut: string): string {
  const isApple = /Mac|iPhone|iPad/.test(navigator.platform);
  return shortcut.replace('Mod', isApple ? '⌘' : 'Ctrl').replace(/\+([a-z])$/, (_all, key: string) => `+${key.toUpperCase()}`).replace(' ', '+');
}

/** All keys, from the same list that runs them. */
export function KeysSheet({ commands, onClose }: { commands: readonly Command[]; onClose: () => void }) {
  const { t } = useTexts();
  return (
    <Overlay title={t('keys.title')} onClose={onClose}>
      <div className="quiet-scroll grid grid-cols-2 gap-x-8 gap-y-4 overflow-y-auto p-4 max-md:grid-cols-1">
        {GROUPS.map((group) => (
          <section key={group} aria-label={t(`keys.group.${group}`)}>
            <h3 className="pb-1 text-meta text-ink-3">{t(`keys.group.${group}`)}</h3>
            <dl>
              {[...commands.filter((command) => command.group === group && command.shortcut !== null), ...(group === 'reply' ? FIELD_KEYS : [])].map(({ labelKey, shortcut }) => (
                <div key={`${labelKey}${shortcut}`} className="flex h-7 items-center justify-between gap-4">
                  <dt>{t(labelKey)}</dt>
                  <dd><Kbd shortcut={shortcutWords(shortcut ?? '')} /></dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="border-t border-line px-4 py-2 text-meta text-ink-3">{t('keys.note')}</p>
    </Overlay>
  );
}
