import { expect, it } from 'vitest';
import { namesPerson } from './person-name.ts';

it.each([
  ['王小明您好，已经退款', '王小明', true],
  ['王先生，已经退款', '王小明', true],
  ['王先生，已经退款', '王女士', true],
  ['小明您好，已经退款', '王小明', true],
  ['陳先生您好', '陈大文', true],
  ['Hi Anna, your refund is on its way', 'Anna Smith', true],
  ['hi ANNA SMITH, done', 'Anna Smith', true],
  ['先生您好，可以退', '王先生', false],
  ['We will refund it', 'Will An', false],
  ['An article can be returned', 'An Li', false],
  ['可以七天无理由退货', '王小明', false],
])('%s of %s: %s', (text, name, expected) => expect(namesPerson(text, name)).toBe(expected));
