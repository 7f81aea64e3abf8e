import { expect, test } from 'vitest';
import { drawnTheme } from './theme.ts';

test.each([
  ['light', true, true, 'light'], ['dark', false, true, 'dark'], ['contrast', false, false, 'contrast'], ['contrast', true, false, 'contrast-dark'],
  ['system', false, false, 'light'], ['system', true, false, 'dark'], ['system', false, true, 'contrast'], ['system', true, true, 'contrast-dark'],
] as const)('%s with dark %s and more contrast %s is drawn %s', (theme, isDark, isContrast, expected) => {
  expect(drawnTheme(theme, { isDark, isContrast })).toBe(expected);
});
