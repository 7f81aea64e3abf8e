import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GUARD_RULES, applyRewrites, checkReply } from './guard.ts';

function ruleIds(reply: string): string[] {
  return checkReply(reply).map(({ ruleId }) => ruleId);
}

/** Per rule: a reply that breaks it and one beside it that does not. */
const EXAMPLES: Record<string, [bad: string, good: string]> = {
  'banned.do-not-know.zh': ['这个我不知道', '不知道您平时穿多大码呢'],
  'banned.impossible.zh': ['这不可能的', '可能需要两天'],
  'banned.no-way.zh': ['沒辦法，只能等', '我看看有没有办法'],
  'banned.not-my-business.zh': ['不关我事', '这件事我来跟'],
  'banned.look-yourself.zh': ['您自己看吧', '您看看这张图'],
  'banned.take-it-or-leave-it.zh': ['爱买不买', '随时欢迎您再来'],
  'banned.do-you-understand.zh': ['听不懂吗', '我再说明一下'],
  'banned.already-said.zh': ['我都说过了', '如之前所说，明天到'],
  'banned.rules-are-rules.zh': ['规定就这样', '规定是七天内可退'],
  'banned.system-broken.zh': ['系统坏了', '系统正在维护'],
  'banned.go-complain.zh': ['你去投诉吧', '您的投诉我已登记'],
  'banned.insult.zh': ['你有病吧', '请问宝贝有哪里破损'],
  'banned.threat.zh': ['你给我等着', '请您等我两分钟'],
  'promise.guarantee.zh': ['我們保證明天处理', '活动保证金不用付'],
  'promise.absolute.zh': ['绝对没问题', '相对来说偏大'],
  'promise.surely-arrives.zh': ['明天一定会到货', '不一定能到货'],
  'promise.hundred-percent.zh': ['百分百满意', '面料 100%棉'],
  'promise.paid-already.zh': ['已经给您打款了', '打款需要三天'],
  'superlative.law.zh': ['国家级品质', '请在最佳穿着温度内使用'],
  'superlative.most.zh': ['这是最便宜的', '最近最晚明天发，您最好先拍照，最后一步点确认'],
  'superlative.first.zh': ['销量第一', '第一时间为您处理'],
  'superlative.only.zh': ['全网唯一的款式', '每件有唯一编码'],
  'superlative.top.zh': ['顶级面料', '顶部有一个口袋'],
  'superlative.lowest-price.zh': ['全网最低价', '价格低于上周'],
  'off-platform.wechat.zh': ['加 我 微 信', '我们不会要求您加微信'],
  'off-platform.contact.zh': ['微信上聊吧', '支持微信支付'],
  'off-platform.payment.zh': ['直接转账给我', '请勿私下转账'],
  'internal.note.zh': ['仅供内部使用', '内部有夹层'],
  'internal.cost.zh': ['成本价才五十', '价格已经很优惠'],
  'review.cashback.zh': ['五星好评返现5元', '感谢您的好评'],
  'review.delete.zh': ['麻烦删除差评', '看到您的差评，很抱歉'],
  'blame.courier.zh': ['是快递的问题', '我联系快递核实'],
  'blame.customer.zh': ['是您自己弄坏的', '您自己测量的胸围是多少'],
  'banned.do-not-know.en': ['I don’t know', 'I know that one'],
  'banned.impossible.en': ["That's impossible", 'It is possible'],
  'banned.not-my-problem.en': ['Not my problem', 'My problem is solved'],
  'banned.take-it-or-leave-it.en': ['Take it or leave it', 'You can leave it at the door'],
  'banned.already-said.en': ['I already told you', 'They already shipped it'],
  'banned.policy.en': ["That's our policy", 'Our policy gives you 7 days'],
  'banned.go-complain.en': ['Go ahead and complain', 'Your complaint is with my lead'],
  'banned.insult.en': ['Shut up', 'A foolproof zip'],
  'promise.guarantee.en': ['I guarantee it', "I can't guarantee the date"],
  'promise.definitely.en': ['It will definitely arrive', 'It will arrive around Friday'],
  'promise.hundred-percent.en': ['I am 100% sure', 'It is 100% cotton'],
  'promise.paid-already.en': ['The money has already been sent', 'The money takes 3 days'],
  'superlative.best.en': ['It is the best', 'The best way is to wash it cold'],
  'superlative.lowest-price.en': ['The lowest price anywhere', 'A low price'],
  'superlative.only.en': ['We are the only brand', 'The only question is the size'],
  'off-platform.contact.en': ['Add me on WeChat', 'We will never ask you to contact us on WhatsApp'],
  'off-platform.payment.en': ['Pay me directly', 'Never pay us directly'],
  'internal.note.en': ['Internal use only', 'It has an internal pocket'],
  'internal.cost.en': ['The cost price is low', 'The price includes tax'],
  'review.cashback.en': ['A coupon for a 5-star review', 'Use the coupon at checkout'],
  'review.delete.en': ['Please delete your review', 'Thank you for your review'],
  'blame.courier.en': ["It is the courier's fault", 'The courier called you'],
  'blame.customer.en': ["It's your fault", 'It is your choice'],
};

describe('rules', () => {
  test('every rule has an example and an id of its own', () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual(GUARD_RULES.map(({ id }) => id).sort());
  });

  test.each(Object.entries(EXAMPLES))('%s', (ruleId, [bad, good]) => {
    expect([ruleIds(bad), ruleIds(good)]).toEqual([[ruleId], []]);
  });

  test('rewrites break no rule', () => {
    expect(GUARD_RULES.flatMap(({ rewrite }) => ruleIds(rewrite ?? ''))).toEqual([]);
  });
});

describe('checkReply', () => {
  test('gives offsets into the reply as written', () => {
    const reply = '您好~　我們\u200B保證，联系 １３８１２３４５６７８ 就好';
    expect(checkReply(reply)).toEqual([
      { ruleId: 'promise.guarantee.zh', kind: 'over-promise', severity: 'warn', start: 4, end: 9, text: '我們\u200B保證', rewrite: '会尽力' },
      { ruleId: 'pii.mobile', kind: 'pii', severity: 'block', start: 13, end: 24, text: '１３８１２３４５６７８', rewrite: '138****5678' },
    ]);
  });

  test("the customer's own number may be repeated", () => {
    expect(checkReply('会打 138-1234-5678 找您', { allowedPii: ['+86 13812345678'] })).toEqual([]);
  });

  test('only the rules of one language', () => {
    expect(checkReply('保证 guaranteed', { lang: 'en' }).map(({ ruleId }) => ruleId)).toEqual(['promise.guarantee.en']);
  });

  test.each(['这边不能保证具体时间', '退货请您保证附件完整', '您的满意是我们最大的动力', '请提供单号，不然没办法查询', 'One of the best things about it'])('%j is clean', (reply) => {
    expect(ruleIds(reply)).toEqual([]);
  });

  test('a model reply is clean', () => {
    expect(checkReply('给您添麻烦了，包裹停了两天。我现在催件，今天18点前答复；明天仍没更新，补发还是退款由您选。')).toEqual([]);
    expect(checkReply("It has sat two days. I'm chasing now, reply by 18:00; no scan tomorrow: resend or refund, your choice.")).toEqual([]);
  });
});

describe('applyRewrites', () => {
  test('puts the rewrites in and leaves the rest', () => {
    const reply = '没办法，电话13812345678，你有病吧';
    expect(applyRewrites(reply, checkReply(reply))).toBe('我帮您申请看看，电话138****5678，你有病吧');
  });
});

test('any reply: spans quote the reply, kinds do not overlap themselves, rewriting removes what has a rewrite', () => {
  const words = Object.values(EXAMPLES).flat();
  const reply = fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 4 })), { maxLength: 4 }).map((parts) => parts.join('。'));
  fc.assert(
    fc.property(reply, (text) => {
      const violations = checkReply(text);
      expect(violations.map(({ start, end }) => text.slice(start, end))).toEqual(violations.map((violation) => violation.text));
      expect(violations.every(({ start, end }) => start < end)).toBe(true);
      for (const [index, violation] of violations.entries()) {
        const rest = violations.slice(index + 1).filter(({ kind }) => kind === violation.kind);
        expect(rest.every(({ start }) => start >= violation.end)).toBe(true);
      }
      const left = checkReply(applyRewrites(text, violations)).filter(({ rewrite }) => rewrite !== undefined);
      expect(left.length).toBeLessThanOrEqual(violations.length);
    }),
    { numRuns: 200 },
  );
});

test('harmless characters give nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...Array.from('您好请稍等我来查看一下订单物流,。 ')), maxLength: 60 }), (text) => {
      expect(checkReply(text)).toEqual([]);
    }),
  );
});
