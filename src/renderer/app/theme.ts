import type { Settings } from '../../shared/contract/app.contract.ts';

type Drawn = 'light' | 'dark' | 'contrast' | 'contrast-dark';

/** What a setting means on a system that prefers dark or more contrast. High contrast comes light and dark; the setting says only that it is wanted. */
export function drawnTheme(theme: Settings['theme'], prefers: { isDark: boolean; isContrast: boolean }): Drawn {
  if (theme === 'light' || theme === 'dark') return theme;
  const isContrast = theme === 'contrast' || prefers.isContrast;
  if (isContrast) return prefers.isDark ? 'contrast-dark' : 'contrast';
  return prefers.isDark ? 'dark' : 'light';
}

/** Sets `data-theme` on the document and follows the system as far as the setting leaves it open; returns how to stop. */
export function applyTheme(theme: Settings['theme']): () => void {
  const [dark, contrast] = [window.matchMedia('(prefers-color-scheme: dark)'), window.matchMedia('(prefers-contrast: more)')];
  const apply = (): void => {
    document.documentElement.dataset['theme'] = drawnTheme(theme, { isDark: dark.matches, isContrast: contrast.matches });
  };
  apply();
  for (const media of [dark, contrast]) media.addEventListener('change', apply);
  return () => {
    for (const media of [dark, contrast]) media.removeEventListener('change', apply);
  };
}
