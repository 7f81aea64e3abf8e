import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBoolean, parseInteger, parseMoney, plainCell } from './values.ts';

const valueOf = <T>(parsed: { ok: true; value: T } | { ok: false }) => (parsed.ok ? parsed.value : 'refused');

describe('parseMoney', () => {
  it('reads the usual ways of writing yuan, exactly', () => {
    const cells = ['¥1,234.50', '￥99', '1234.5', '1,234', '12元', '12.30 元', '-3.20', '¥-3.2', '-¥3.2', '0.29', '１２．５', 'CNY 8', '="19.90"', '-0', '90071992547409.91'];
    expect(cells.map((cell) => valueOf(parseMoney(cell)))).toEqual([123450, 9900, 123450, 123400, 1200, 1230, -320, -320, -320, 29, 1250, 800, 1990, 0, 9007199254740991]);
  });

  it('refuses what is not exact or not an amount', () => {
    const cells = ['', 'NaN', '1.234', '1,23', '1.234,50', '1e3', '12 34', '--3', '-¥-3', 'Infinity', '1,2345', '90071992547409.92', '.5', '5.'];
    expect(cells.map((cell) => valueOf(parseMoney(cell)))).toEqual(cells.map(() => 'refused'));
  });

  it('gives back any number of fen, with and without grouping', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.boolean(), fc.constantFrom('', '¥', '￥'), (fen, isGrouped, sign) => {
        const digits = String(Math.abs(fen)).padStart(3, '0');
        const whole = isGrouped ? digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',') : digits.slice(0, -2);
        expect(parseMoney(`${fen < 0 ? '-' : ''}${sign}${whole}.${digits.slice(-2)}`)).toEqual({ ok: true, value: fen });
      }),
    );
  });
});

describe('parseInteger, parseBoolean, plainCell', () => {
  it('reads whole numbers only', () => {
    expect(['12', '-3', '+4', '1,234', '１２', '0012', '-0', '1.0', '1e3', '', '9007199254740993', '1,2'].map((cell) => valueOf(parseInteger(cell)))).toEqual([12, -3, 4, 1234, 12, 12, 0, 'refused', 'refused', 'refused', 'refused', 'refused']);
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(valueOf(parseInteger(String(value)))).toBe(value);
      }),
    );
  });

  it('reads yes and no', () => {
    expect(['TRUE', 'y', '1', '是', 'False', 'no', '0', '否', 'maybe', ''].map((cell) => valueOf(parseBoolean(cell)))).toEqual([true, true, true, true, false, false, false, false, 'refused', 'refused']);
  });

  it('unwraps spreadsheet text', () => {
    expect(['="00123"', "'00123", '\t00123 ', '００１２３'].map(plainCell)).toEqual(['00123', '00123', '00123', '00123']);
  });
});
