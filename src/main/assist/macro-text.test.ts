import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillMacro, macroProblem, macroWords } from './macro-text.ts';

describe('fillMacro', () => {
  const scope = { customer: { name: '林女士' }, order: { waybill: null, id: 'A1', items: 2 } };

  it('fills what is known and names what is missing', () => {
    expect(fillMacro('{{ customer.name }}您好，订单 {{order.id}} 的运单号是 {{ order.waybill }}，{{ rep.name }}', scope)).toEqual({
      text: '林女士您好，订单 A1 的运单号是 ⟨order.waybill⟩，⟨rep.name⟩',
      missingVariables: ['order.waybill', 'rep.name'],
    });
  });

  it('keeps filters, conditions and defaults', () => {
    expect(fillMacro('{% if order.waybill %}有单号{% else %}未发货{% endif %} {{ order.waybill | default: "稍后" }} {{ order.items | plus: 1 }}', scope)).toEqual({ text: '未发货 稍后 3', missingVariables: [] });
  });

  it('never reads a customer value as template', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const hostile = `{{ order.id }}${name}{% raw %}`;
        expect(fillMacro('<{{ customer.name }}>', { customer: { name: hostile } }).text).toBe(`<${hostile}>`);
      }),
    );
  });

  it('says what is wrong with a broken template and cannot read files or loop for ever', () => {
    expect(macroProblem('{{ customer.name')).toMatch(/not closed/);
    expect(macroProblem('{% include "/etc/passwd" %}')).toMatch(/ENOENT|not found|Failed/i);
    expect(macroProblem('{% for a in (1..100000000) %}x{% endfor %}')).toMatch(/limit/);
    expect(macroProblem('您好 {{ customer.name }}')).toBeNull();
  });
});

it('macroWords leaves the words only', () => {
  expect(macroWords('您好{{ customer.name }}，{% if a %}请拍照{% endif %}')).toBe('您好 ， 请拍照');
});
