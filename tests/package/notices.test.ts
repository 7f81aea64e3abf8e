import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { notices } from '../../scripts/notices.mjs';

it('the committed notices name what is bundled and shipped today (npm run notices)', () => {
  expect(readFileSync(path.join(import.meta.dirname, '../../THIRD-PARTY-NOTICES.md'), 'utf8') === notices()).toBe(true);
});
