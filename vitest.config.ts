import path from 'node:path';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumPath } from './scripts/chromium.mjs';

const isLong = process.env['DESKMATE_LONG'] === '1';
/** They put a fake in the place of the module `electron`, so they cannot share loaded modules with the others. */
const FAKING_ELECTRON = ['tests/hosts/{electron-shell,electron-desktop,desktop,real-app,hosts}.test.ts'];
/** Children of tests compile and strip the same sources again and again; Node keeps what came of it here. */
const env = { NODE_COMPILE_CACHE: path.join(import.meta.dirname, 'node_modules/.cache/compiled') };
const PRODUCTION = { 'process.env.NODE_ENV': '"production"' };
const launchOptions = { executablePath: chromiumPath() ?? '', args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] };

export default defineConfig({
  test: {
    // a figure is taken with nothing beside it
    maxWorkers: isLong ? 1 : 2,
    projects: [
      {
        test: {
          name: 'node',
          isolate: false,
          environment: 'node',
          include: isLong ? ['{src,tests,bench}/**/*.long.test.ts'] : ['{src,tests,bench}/**/*.test.ts'],
          exclude: isLong ? [] : ['**/*.long.test.ts', ...FAKING_ELECTRON],
          env,
          testTimeout: isLong ? 900_000 : 30_000,
          hookTimeout: isLong ? 900_000 : 60_000,
        },
      },
      { test: { name: 'electron', environment: 'node', include: isLong ? [] : FAKING_ELECTRON, env, testTimeout: 30_000, hookTimeout: 60_000 } },
      { plugins: [react()], test: { name: 'dom', isolate: false, environment: 'happy-dom', include: isLong ? [] : ['src/renderer/**/*.test.tsx'], exclude: ['**/*.browser.test.tsx'], setupFiles: ['src/renderer/testing/dom-setup.ts'], testTimeout: 30_000, expect: { poll: { timeout: 10_000 } } } },
      {
        plugins: [react(), tailwind()],
        // the page under test cannot read the environment; its React is the one that ships, a fifth cheaper than the development build
        define: { IS_LONG_RUN: JSON.stringify(isLong), ...PRODUCTION },
        oxc: { jsx: { development: false, runtime: 'automatic' } },
        optimizeDeps: {
          rolldownOptions: { transform: { define: PRODUCTION } },
          include: ['react', 'react-dom', 'react-dom/client', 'react/jsx-runtime', 'zod', 'zustand', 'zustand/vanilla', 'vitest-browser-react', 'clsx', 'i18next', 'react-i18next', 'lucide-react', 'marked', 'recharts', 'ulid', '@tanstack/react-virtual', '@orpc/server', '@orpc/contract', '@orpc/client', '@orpc/client/websocket', '@orpc/client/message-port', '@base-ui/react/checkbox', '@base-ui/react/csp-provider', '@base-ui/react/dialog', '@base-ui/react/menu', '@base-ui/react/popover', '@base-ui/react/select'],
        },
        test: {
          name: 'browser',
          isolate: false,
          sequence: { groupOrder: isLong ? 1 : 0 },
          include: isLong ? ['src/renderer/**/{looks,search-look}.browser.test.tsx'] : ['src/renderer/**/*.browser.test.tsx'],
          testTimeout: isLong ? 300_000 : 60_000,
          expect: { poll: { timeout: 10_000 } },
          browser: { enabled: true, headless: true, screenshotFailures: false, provider: playwright({ launchOptions }), instances: [{ browser: 'chromium' }] },
        },
      },
    ],
  },
});
