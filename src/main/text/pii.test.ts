import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPii, isIdCardNumber, isLuhnNumber, maskPii, maskPiiValue } from './pii.ts';

function quoted(text: string): string[] {
  return findPii(text).map(({ kind, start, end }) => `${kind}:${text.slice(start, end)}`);
}

describe('findPii', () => {
  test.each([
    ['电话13812345678，谢谢', ['mobile:13812345678']],
    ['我買了 2 13812345678', ['mobile:13812345678']],
    ['＋86 １３８-1234-5678', ['mobile:＋86 １３８-1234-5678']],
    ['138 1234 5678 139 1234 5678', ['mobile:138 1234 5678', 'mobile:139 1234 5678']],
    ['身份证 11010519491231002X', ['idCard:11010519491231002X']],
    ['身份证 110105194913310025', []],
    ['我的银行卡号 4111 1111 1111 1111', ['bankCard:4111 1111 1111 1111']],
    ['订单号 4111111111111111', []],
    ['银行退款那个订单 4111111111111111', []],
    ['4111111111111111', []],
    ['发到 Zhang.San+1@mail.example.com.cn。', ['email:Zhang.San+1@mail.example.com.cn']],
    ['座机（010）12345678 或 0571-87654321', ['landline:（010）12345678', 'landline:0571-87654321']],
    ['运单 SF1234567890123', ['waybill:SF1234567890123']],
    ['运单 SF 1234 5678 90123', ['waybill:SF 1234 5678 90123']],
    ['寄到浙江省杭州市西湖区文三路12号3栋501室 吧', ['address:浙江省杭州市西湖区文三路12号3栋501室']],
    ['地址改成臺北市大安區和平東路一段12號', ['address:臺北市大安區和平東路一段12號']],
    ['走路1号线去市区', []],
    ['加微信：zhang_san88', ['weChatId:zhang_san88']],
    ['vx abcdef123 电话13900001111', ['weChatId:abcdef123', 'mobile:13900001111']],
    ['微信支付可以吗', []],
    ['尺码 1 3 5 7 9 1 2 3 4 5 6', []],
    ['2026-11-22 14:55 下单 3 件，共 1299.00 元', []],
  ])('%j', (text, expected) => {
    expect(quoted(text)).toEqual(expected);
  });

  test('hostile repetition finishes: a quadratic pattern would run into the test timeout', () => {
    const units = ['a', '1 ', '省市区路', 'a.', '路a-', '1@a.', '(010)'];
    expect(units.flatMap((unit) => quoted(`${unit.repeat(20_000)}@1`))).toEqual([]);
  });
});

describe('checksums', () => {
  test('published examples', () => {
    expect([isIdCardNumber('11010519491231002X'), isIdCardNumber('110105194912310021'), isIdCardNumber('11010519490231002X')]).toEqual([true, false, false]);
    expect([isLuhnNumber('4111111111111111'), isLuhnNumber('4111111111111112'), isLuhnNumber('')]).toEqual([true, false, false]);
  });
});

describe('maskPii', () => {
  test.each([
    ['电话13812345678', '电话138****5678'],
    ['+86 138 1234 5678', '138****5678'],
    ['身份证11010519491231002X', '身份证110****2X'],
    ['卡号4111111111111111', '卡号****1111'],
    ['zhang@a.com', 'z****@a.com'],
    ['0571-87654321', '057****21'],
    ['SF1234567890123', 'SF****0123'],
    ['杭州市西湖区文三路12号501室', '杭州市****'],
    ['微信号abcdef123', '微信号a****'],
  ])('%j → %j', (text, expected) => {
    expect(maskPii(text, findPii(text))).toBe(expected);
  });

  test('a value alone', () => {
    expect(maskPiiValue('mobile', '13812345678')).toBe('138****5678');
  });
});

const filler = fc.string({ unit: fc.constantFrom('退', '款', ' ', 'a', '，', '号', '路'), maxLength: 8 });
const mobile = fc.tuple(fc.integer({ min: 3, max: 9 }), fc.stringMatching(/^\d{9}$/)).map(([second, rest]) => `1${second}${rest}`);
const separatedMobile = fc.tuple(mobile, fc.constantFrom('', ' ', '-')).map(([digits, separator]) => [digits.slice(0, 3), digits.slice(3, 7), digits.slice(7)].join(separator));

test('spans index the original, never overlap, and masking leaves no number whole', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(filler, separatedMobile), { minLength: 1, maxLength: 4 }), (parts) => {
      const text = parts.map(([before, number]) => `${before}，${number}。`).join('');
      const spans = findPii(text);
      expect(spans.every(({ start, end }, index) => start >= (spans[index - 1]?.end ?? 0) && start < end && end <= text.length)).toBe(true);
      const maskedDigits = maskPii(text, spans).replace(/[ -]/g, '');
      expect(parts.filter(([, number]) => maskedDigits.includes(number.replace(/[ -]/g, '')))).toEqual([]);
    }),
  );
});

test('any text: spans are valid and masked text holds no identifier of a masked kind', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...Array.from('13８9０ -@.avx微信路号市区SF：')), maxLength: 60 }), (text) => {
      const spans = findPii(text);
      expect(spans.every(({ start, end }, index) => start >= (spans[index - 1]?.end ?? 0) && end <= text.length && end > start)).toBe(true);
      const masked = maskPii(text, spans);
      const whole = spans.filter(({ kind, start, end }) => kind !== 'weChatId' && masked.includes(text.slice(start, end)));
      expect(whole).toEqual([]);
    }),
  );
});
