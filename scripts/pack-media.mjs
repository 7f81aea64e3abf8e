// Draws media/*.svg of a shipped pack as .png beside it, twice as large: chats show pictures, not drawings. node scripts/pack-media.mjs [PACK_DIR…]
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { chromiumPath } from './chromium.mjs';

const root = path.join(import.meta.dirname, '..');
const packs = process.argv.length > 2 ? process.argv.slice(2) : [path.join(root, 'resources/demo-shop')];
const browser = await chromium.launch({ executablePath: chromiumPath() ?? undefined, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
const page = await browser.newPage({ deviceScaleFactor: 2 });
for (const pack of packs) {
  const media = path.join(pack, 'media');
  for (const name of readdirSync(media).filter((file) => file.endsWith('.svg'))) {
    await page.setContent(`<body style="margin:0">${readFileSync(path.join(media, name), 'utf8')}</body>`);
    await page.locator('svg').screenshot({ path: path.join(media, name.replace(/\.svg$/, '.png')) });
  }
}
await browser.close();
