import { describe, expect, it } from 'vitest';
import { composeSuggestions, type CandidateRow } from './compose.ts';

const NOW = Date.UTC(2026, 0, 1);
const QUESTION = '运费险什么时候赔付';
const scope = { customer: { name: '林女士' }, order: { waybill: 'SF1234567890123', id: null } };

function row(change: Partial<CandidateRow>): CandidateRow {
  return { kind: 'passage', id: 'p', title: () => '运费险', matchedOn: QUESTION, body: () => '运费险在签收后七十二小时内赔付。', language: 'zh', updatedAt: NOW, cosine: 0.7, matchedWords: ['运费'], trust: 1, shownCount: 0, sentCount: 0, ...change };
}
const compose = (rows: CandidateRow[], threshold = 0.2) => composeSuggestions({ question: QUESTION, rows, scope, nowMs: NOW, threshold });

describe('composeSuggestions', () => {
  it('offers at most three, best first, each with kind, matched sentence, source, age and score; none under the threshold', () => {
    const rows = [
      row({ id: 'weak', cosine: 0.3, matchedOn: '别的', body: () => '别的事情一概不知道' }), row({ id: 'a', cosine: 0.65, body: () => '赔付由保险公司直接打到支付账户里' }), row({ id: 'b' }),
      row({ id: 'c', cosine: 0.67, body: () => '退货签收以后系统会自己发起理赔' }), row({ id: 'd', cosine: 0.4, body: () => '没有买运费险的订单需要自己承担来回邮费' }),
    ];
    const found = compose(rows);
    expect(found.map(({ sources }) => sources[0]?.id)).toEqual(['b', 'c', 'a']);
    expect(found[0]).toEqual({
      kind: 'article', text: '运费险在签收后七十二小时内赔付。', score: expect.closeTo(found[0]!.score, 9) as number, fit: 'likely',
      sources: [{ kind: 'passage', id: 'b', title: '运费险', matchedText: '运费险在签收后七十二小时内赔付。', updatedAt: NOW }],
      why: { words: expect.any(Number) as number, meaning: 1, recency: 1, acceptance: 0.25, matchedWords: ['运费'] }, missingVariables: [], warnings: [],
    });
    expect(compose(rows, 0.99)).toEqual([]);
  });

  it('fills macros from this customer, shows what is missing, and leaves a broken one out', () => {
    const macro = (id: string, body: string) => row({ kind: 'macro', id, body: () => body });
    const [filled, ...rest] = compose([macro('ok', '{{ customer.name }}，单号 {{ order.waybill }}，订单 {{ order.id }}'), macro('broken', '{{ customer.name | nofilter }}')]);
    expect([filled?.text, filled?.missingVariables, filled?.warnings, rest]).toEqual(['林女士，单号 SF1234567890123，订单 ⟨order.id⟩', ['order.id'], [], []]);
  });

  it.each([
    ['digits of another order', '您的订单 7788123 已经安排赔付了'],
    ['full-width digits', '您的订单 ７７８８１２３ 已经安排赔付了'],
    ['an address', '已经寄到中山路88号3栋502室了，请查收'],
    ['an e-mail address', '赔付单已经发到 someone@example.com 了'],
    ['only courtesies', '亲，您好，请稍等一下哦'],
    ['too little', '会赔的'],
    ['a promise the guard blocks', '加我微信 abc12345 私下给您赔付'],
  ])('never offers a past answer with %s', (_, body) => expect(compose([row({ kind: 'message', body: () => body })])).toEqual([]));

  it.each(['……', '没', '👌', '嗯'])('takes no past answer from a message that says nothing: %s', (matchedOn) =>
    expect(compose([row({ kind: 'message', matchedOn, cosine: 0.9, body: () => '签收后三天内保险公司会赔到支付宝' })])).toEqual([]));

  it('offers a clean past answer once', () => {
    const body = '签收后三天内保险公司会赔到支付宝';
    expect(compose([row({ kind: 'message', id: 'm1', body: () => body }), row({ kind: 'message', id: 'm2', body: () => body })]).map(({ kind, text, sources }) => [kind, text, sources[0]?.matchedText])).toEqual([['reply', body, QUESTION]]);
  });
});
