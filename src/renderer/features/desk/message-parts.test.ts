import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkAddress, unicodeHost } from './link-address.ts';
import { messageParts } from './message-parts.ts';

const shown = (text: string, known?: Parameters<typeof messageParts>[1]): string[] => messageParts(text, known).map((part) => (part.kind === 'text' ? part.text : `[${part.kind} ${part.text}]`));

describe('messageParts', () => {
  test.each([
    ['看这个 https://example.com/a?b=1。谢谢', ['看这个 ', '[link https://example.com/a?b=1]', '。谢谢']],
    ['(see http://example.com/x).', ['(see ', '[link http://example.com/x]', ').']],
    ['https://例子.中国/页 和 https://xn--fiqs8s/', ['https://例子.中国/页 和 ', '[link https://xn--fiqs8s/]']],
    ['javascript:alert(1) data:text/html,x file:///etc/passwd', ['javascript:alert(1) data:text/html,x file:///etc/passwd']],
    ['https://taobao.com@evil.example/', ['https://taobao.com@evil.example/']],
    ['运单SF1338821077001，订单 2026111882003100012。', ['运单', '[waybill SF1338821077001]', '，订单 ', '[order 2026111882003100012]', '。']],
    ['电话 13812345678', ['电话 13812345678']],
    ['EA123456789CN', ['[waybill EA123456789CN]']],
  ])('%s', (text, expected) => {
    expect(shown(text)).toEqual(expected);
  });

  test('numbers of this customer are found whatever they look like, as whole numbers only', () => {
    expect(shown('单号A-77x和A-77 xA-77', { orders: ['A-77', 'A1'], waybills: [] })).toEqual(['单号A-77x和', '[order A-77]', ' xA-77']);
  });

  test('the parts join to the text (property)', () => {
    const text = fc.array(fc.constantFrom('https://a.example', 'http://', ' ', '。', 'SF123456789012', '2026111882003100012', '订单', ')', 'javascript:', '@', '%', 'xn--', '\n'), { maxLength: 12 }).map((parts) => parts.join(''));
    const holds = fc.property(text, (whole) => {
      const parts = messageParts(whole, { orders: ['订单'], waybills: ['2026'] });
      return parts.map((part) => part.text).join('') === whole && parts.every((part) => part.kind !== 'link' || /^https?:$/.test(new URL(part.link.href).protocol));
    });
    expect(() => fc.assert(holds, { numRuns: 300 })).not.toThrow();
  });
});

describe('linkAddress', () => {
  test('shows an international name in its letters, and as it is asked for', () => {
    expect(linkAddress('https://xn--fsqu00a.xn--fiqs8s/a')).toEqual({ href: 'https://xn--fsqu00a.xn--fiqs8s/a', host: '例子.中国', asciiHost: 'xn--fsqu00a.xn--fiqs8s', address: 'https://例子.中国/a' });
    expect(linkAddress('https://аррӏе.com/')?.asciiHost).toBe('xn--80ak6aa92e.com');
  });

  test.each(['javascript:alert(1)', 'data:text/html,1', 'file:///a', 'ftp://a.example', 'https://', 'https://u@a.example', 'https://:p@a.example', `https://a.example/${'a'.repeat(3000)}`, 'nonsense', 'https://a b/'])('%s opens nothing', (text) => {
    expect(linkAddress(text)).toBeNull();
  });

  test('names come back from Punycode as they went in (property)', () => {
    const label = fc.string({ unit: fc.constantFrom('a', 'z', '9', '例', '子', '中', 'é', 'ü', 'я'), minLength: 1, maxLength: 12 });
    const holds = fc.property(label, (name) => {
      const address = `https://${name}.com`;
      return !URL.canParse(address) || unicodeHost(new URL(address).hostname) === `${name}.com`;
    });
    expect(() => fc.assert(holds, { numRuns: 500 })).not.toThrow();
  });

  test('what is no Punycode stays as it is', () => {
    expect([unicodeHost('xn--.com'), unicodeHost('xn--\u0000.com'), unicodeHost('xn--99999999999.com'), unicodeHost('shop.example')]).toEqual(['.com', 'xn--\u0000.com', 'xn--99999999999.com', 'shop.example']);
  });
});
