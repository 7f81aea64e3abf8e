import { builtinModules } from 'node:module';
import path from 'node:path';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (...parts: string[]) => path.join(import.meta.dirname, ...parts);
const builtins = [...builtinModules, ...builtinModules.map((name) => `node:${name}`)];
/** Left as imports: they carry native code, or only exist inside Electron. */
const external = ['electron', 'better-sqlite3', '@huggingface/transformers', 'onnxruntime-node', 'sharp', 'usearch', ...builtins];

export default defineConfig({
  root: here('src/renderer'),
  base: '/',
  plugins: [react(), tailwind()],
  environments: {
    client: {
      build: { outDir: here('out/renderer'), emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false }, target: 'chrome140', chunkSizeWarningLimit: 1200 },
    },
    main: {
      consumer: 'server',
      resolve: { noExternal: true, external, conditions: ['node', 'import', 'module', 'default'] },
      build: {
        outDir: here('out/main'),
        emptyOutDir: true,
        target: 'node24',
        minify: false,
        sourcemap: true,
        rolldownOptions: {
          external,
          input: {
            'electron-main': here('src/main/hosts/electron/entry.ts'),
            'loopback-host': here('src/main/hosts/loopback/entry.ts'),
            backend: here('src/main/app/backend.process.ts'),
            engine: here('src/main/search/engine.process.ts'),
            parser: here('src/main/files/parser.process.ts'),
            adapter: here('src/main/search/adapter.process.ts'),
            measure: here('src/main/models/measure.process.ts'),
            cli: here('src/main/cli/entry.ts'),
          },
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
    },
    preload: {
      consumer: 'server',
      resolve: { noExternal: true, external },
      build: {
        outDir: here('out/preload'),
        emptyOutDir: true,
        target: 'node24',
        minify: false,
        rolldownOptions: {
          external,
          input: { preload: here('src/main/hosts/electron/preload.ts') },
          output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
        },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['client', 'main', 'preload']) await builder.build(builder.environments[name]!);
    },
  },
});
