import { expect, test } from 'vitest';
import { detectLanguage } from './language.ts';

test.each([
  ['这件外套能退吗', 'zh'],
  ['這件外套 iPhone 15 Pro 能退嗎', 'zh'],
  ['hello 你好', 'zh'],
  ['Where is my order? 订单', 'en'],
  ['refund', 'en'],
  ['これはいつ届きますか', 'other'],
  ['Где мой заказ', 'other'],
  ['Où est ma commande, elle a été expédiée', 'other'],
  ['12345 👍', 'other'],
  ['', 'other'],
])('%j is %s', (text, expected) => {
  expect(detectLanguage(text)).toBe(expected);
});
