import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shippedCorpus, shippedScenario } from './corpus.fixture.ts';
import { nearestWordings, openCustomer, reactToReply, reactToWait } from './live-customer.ts';
import type { Action, PracticeLanguage, PracticeState, Reaction, Scenario, Slot } from './practice.types.ts';

const corpus = shippedCorpus();
const bankOf = (scenario: Scenario) => corpus.banks[scenario.language];

/** Plays replies one after the other; the last reaction. */
function play(scenario: Scenario, replies: readonly string[], seed = 7): Reaction & { talk: string[] } {
  let { state } = openCustomer(scenario, seed);
  let last: Reaction | undefined;
  const talk: string[] = [];
  for (const reply of replies) {
    last = reactToReply(scenario, bankOf(scenario), state, reply);
    state = last.state;
    talk.push(...last.lines);
  }
  return { ...last!, talk };
}
const kinds = ({ why }: Reaction) => why.map(({ kind }) => kind);

describe('a stuck parcel', () => {
  const scenario = shippedScenario('stuck-parcel-zh');

  it('is calmed by fact, action, time and choice in one reply, and accepts', () => {
    const reaction = play(scenario, ['给您添麻烦了，包裹停了两天。我现在催件，今天18点前答复；明天仍没更新，补发还是退款由您选。']);
    expect([reaction.state.end, reaction.emotionStep, reaction.state.trust, kinds(reaction)]).toEqual(['accepted', -1, 90, ['offers-outcome', 'names-feeling', 'gives-deadline', 'gives-choice']]);
    expect(reaction.lines).toHaveLength(1);
  });

  it('tells a hidden fact once, and is annoyed to be asked again', () => {
    const first = play(scenario, ['请问您什么时候需要用到呢，急用吗']);
    expect([kinds(first), first.state.revealed, scenario.facts.urgency]).toEqual([['asks-needed'], ['urgency'], expect.arrayContaining(first.lines)]);
    const again = play(scenario, ['请问您什么时候需要用到呢，急用吗', '您这边急用吗']);
    expect([kinds(again), again.emotionStep, again.situation, again.state.revealed]).toEqual([['asks-again'], 1, 'asked_again', ['urgency']]);
  });

  it('loses patience with empty apologies: the third makes it worse', () => {
    const replies = ['非常抱歉给您带来不好的体验呢', '真的很抱歉呢亲亲', '实在对不起呀'];
    expect([1, 2, 3].map((count) => kinds(play(scenario, replies.slice(0, count))))).toEqual([['empty-apology'], ['empty-apology'], ['third-apology']]);
    expect(play(scenario, replies).state.emotion).toBe(2);
  });

  it('notices the same reply, banned words, blame and refusals', () => {
    const same = '亲，您的问题已收到，正在核实中';
    expect(kinds(play(scenario, [same, same]))).toEqual(['same-reply']);
    expect(kinds(play(scenario, ['这个我不知道']))).toEqual(['banned-words']);
    expect(kinds(play(scenario, ['那是快递公司的问题']))).toEqual(['blames']);
    expect(kinds(play(scenario, ['这个不能补发']))).toEqual(['refuses']);
  });

  it('does not like to be asked what the order card shows', () => {
    const reaction = play(scenario, ['请提供一下您的订单号']);
    expect([kinds(reaction), reaction.situation, reaction.state.trust]).toEqual([['asks-on-card'], 'on_card', 43]);
  });

  it('leaves after waiting too long, step by step', () => {
    let { state } = openCustomer(scenario, 1);
    const steps: [number, PracticeState['end'], string][] = [];
    for (let wait = 0; wait < 4; wait++) {
      const reaction = reactToWait(scenario, bankOf(scenario), state);
      state = reaction.state;
      steps.push([state.emotion, state.end, reaction.situation]);
    }
    expect(steps).toEqual([[2, null, 'wait'], [3, null, 'threaten'], [4, 'left', 'leave'], [4, 'left', 'silent']]);
  });
});

describe('a size question', () => {
  it('does not believe an answer before it was asked for the facts', () => {
    const scenario = shippedScenario('size-jacket-zh');
    expect(play(scenario, ['建议您选XL']).situation).toBe('premature');
    const asked = play(scenario, ['请问您的身高体重是多少，里面会加抓绒吗', '175/78内搭抓绒建议XL，如果想更合身就L']);
    expect([asked.state.end, asked.talk.length]).toEqual(['accepted', 3]);
  });
});

describe('every live customer', () => {
  const ASK: Record<PracticeLanguage, (slots: readonly Slot[]) => string> = {
    zh: (slots) => slots.map((slot) => ZH_ASK[slot] ?? '').join('。'),
    en: (slots) => slots.map((slot) => EN_ASK[slot] ?? '').join('. '),
  };

  it.each(corpus.scenarios.map((scenario) => [scenario.id, scenario] as const))('%s can be satisfied by each acceptable outcome, kindly put', (_, scenario) => {
    for (const outcome of scenario.outcomes) {
      const offer = [...(outcome.action === undefined ? [] : [OFFER[scenario.language][outcome.action]]), ...(outcome.words?.slice(0, 1) ?? [])].join(scenario.language === 'zh' ? '，' : ', ');
      const kind = scenario.language === 'zh' ? `给您添麻烦了，换作我也会着急。${offer}。今天18点前给您答复` : `I understand how annoying that is. ${offer}. I will reply by 6pm today`;
      const asked = outcome.needs === undefined ? [] : [ASK[scenario.language](outcome.needs)];
      const more = scenario.language === 'zh' ? '给您添麻烦了，我现在跟进，今天20点前再回复您' : 'I understand your worry. I will update you by 8pm today';
      const offered = play(scenario, [...asked, kind]);
      const reaction = offered.state.end === null ? play(scenario, [...asked, kind, more]) : offered;
      expect([scenario.id, outcome.id, reaction.state.end]).toEqual([scenario.id, outcome.id, 'accepted']);
    }
  });

  const turn = fc.oneof(
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 3, arbitrary: fc.constantFrom('您好', '稍等我查一下', '非常抱歉', '我不知道', '补发给您，今天18点前发出', '请问订单号多少', '拍张照片给我', '不能退款', 'Sorry', 'Could you send a photo?', 'We will refund you today', '随便你', '由您选，换货还是退款', '') },
    { weight: 1, arbitrary: fc.string({ maxLength: 60 }) },
  );

  it('moves one step at most, stays in its limits, ends in time, says the same again, and is silent after its end', () => {
    fc.assert(
      fc.property(fc.constantFrom(...corpus.scenarios), fc.nat(), fc.array(turn, { minLength: 1, maxLength: 40 }), (scenario, seed, turns) => {
        const run = () => {
          let { state, lines } = openCustomer(scenario, seed);
          const log: unknown[] = [lines];
          for (const reply of turns) {
            const before = state;
            const reaction = reply === null ? reactToWait(scenario, bankOf(scenario), state) : reactToReply(scenario, bankOf(scenario), state, reply);
            state = reaction.state;
            log.push(reaction);
            const isSilent = reaction.lines.length === 0;
            expect({
              steps: Math.abs(state.emotion - before.emotion) <= 1 && reaction.emotionStep === state.emotion - before.emotion,
              trust: state.trust >= 0 && state.trust <= 100 && (state.end !== 'accepted' || state.trust >= 60),
              speaks: before.end === null ? !isSilent || reaction.situation === 'facts' : isSilent && state === before,
              leaves: (state.end === 'left') === (state.emotion === 4),
            }).toEqual({ steps: true, trust: true, speaks: true, leaves: true });
          }
          expect(state.turnCount).toBeLessThanOrEqual(scenario.maxTurns);
          return log;
        };
        expect(run()).toEqual(run());
      }),
      { numRuns: 150 },
    );
  });
});

describe('nearestWordings', () => {
  it('falls back to the nearest lower emotion, then to a higher one', () => {
    const wordings = { annoyed: ['b'], threatening: ['d'] };
    expect([0, 1, 2, 3, 4].map((emotion) => nearestWordings(wordings, emotion))).toEqual([['b'], ['b'], ['b'], ['d'], ['d']]);
  });
});

const ZH_ASK: Partial<Record<Slot, string>> = {
  date: '请问希望什么时候发呢', address: '请问新的收货地址是哪里', order: '请问是哪一单呢', condition: '请问有没有穿过', photo: '麻烦拍张照片发我', size: '请问换成什么码', body: '请问身高体重多少',
  item: '请问少了什么', waybill: '麻烦提供一下退回的物流单号', title: '请问抬头是什么', tax: '请提供一下税号', age: '请问穿了几年',
};
const EN_ASK: Partial<Record<Slot, string>> = {
  condition: 'Is it unworn with tags?', photo: 'Could you send a photo?', item: 'Which item is missing?', body: 'What is your foot length?', size: 'What size would you like?', title: 'What is the company name?',
  tax: 'What is the tax number?', date: 'When would you like it?',
};
const OFFER: Record<PracticeLanguage, Record<Action, string>> = {
  zh: {
    resend: '马上给您补发', refund: '给您全额退款', return: '帮您安排退货', exchange: '给您换货', repair: '安排维修', coupon: '补一张优惠券', 'part-refund': '给您部分退款', 'price-difference': '给您退差价', chase: '我现在催件',
    intercept: '我现在拦截', cancel: '帮您取消订单', 'change-address': '帮您改好地址', schedule: '给您预约发货', invoice: '给您开发票', freight: '运费由我们承担', 'trade-in': '支持以旧换新', lead: '升级给组长',
  },
  en: {
    resend: "I'll resend it", refund: "I'll refund you in full", return: 'you can return it', exchange: "I'll arrange an exchange", repair: "We'll repair it", coupon: "I'll add a coupon", 'part-refund': 'a partial refund for you',
    'price-difference': "I'll refund the difference", chase: "I'm chasing the courier", intercept: "I'll intercept it", cancel: 'the order is cancelled', 'change-address': 'the address is changed', schedule: "I'll hold the order and schedule it",
    invoice: "I'll issue the invoice", freight: 'the shipping is on us', 'trade-in': 'the trade-in works like this', lead: "I've passed it to my lead",
  },
};
