import type { UiLanguage } from '../../src/shared/i18n/language.ts';

type Turn = { role: 'customer' | 'rep'; text: string; agoSeconds: number };
/** What one customer of the demo shop wrote so far. */
export type Script = { customerId: string; customerName: string; turns: readonly Turn[] };
type Tongue = 'zh' | 'en';

export function tongueOf(lang: UiLanguage): Tongue {
  return lang === 'en' ? 'en' : 'zh';
}

/** Asks how to wash a shell jacket: an article answers it. */
export const CALM: Record<Tongue, Script> = {
  zh: { customerId: 'C0094', customerName: '林亦菲', turns: [{ role: 'customer', text: '你好，冲锋衣穿脏了，可以用洗衣机洗吗？要不要加柔顺剂', agoSeconds: 40 }] },
  en: { customerId: 'C0063', customerName: 'Zoe Harris', turns: [{ role: 'customer', text: 'Hi, can I wash my hardshell jacket in the machine? Should I use softener?', agoSeconds: 40 }] },
};

/** Asked twice, was put off twice, and threatens now. */
export const ANGRY: Record<Tongue, Script> = {
  zh: {
    customerId: 'C0297', customerName: '袁玉兰',
    turns: [
      { role: 'customer', text: '订单 SY1004466708 的冲锋衣袖口开胶了，才穿两次，怎么处理？', agoSeconds: 900 },
      { role: 'rep', text: '您好，这边帮您登记，今天 18:00 前给您答复。', agoSeconds: 840 },
      { role: 'customer', text: '怎么还没有结果？袖口开胶到底退不退', agoSeconds: 420 },
      { role: 'rep', text: '抱歉，再等一下。', agoSeconds: 380 },
      { role: 'customer', text: '等了一上午没人管，你们太差了，再不处理我就投诉到 12315，以后再也不买了！', agoSeconds: 200 },
    ],
  },
  en: {
    customerId: 'C0159', customerName: 'Daniel Brooks',
    turns: [
      { role: 'customer', text: 'The zip of the tent in order SY1004374795 broke on the first night. What will you do?', agoSeconds: 900 },
      { role: 'rep', text: 'Sorry to hear that. I will answer you by 18:00 today.', agoSeconds: 840 },
      { role: 'customer', text: 'Still nothing? I asked about the broken zip hours ago. Refund or not?', agoSeconds: 420 },
      { role: 'rep', text: 'Sorry, please wait a little.', agoSeconds: 380 },
      { role: 'customer', text: 'This is terrible service. Nobody cares. If this is not solved now I will file a complaint and never buy from you again!', agoSeconds: 200 },
    ],
  },
};

const ASKS: Record<Tongue, readonly [id: string, name: string, text: string][]> = {
  zh: [
    ['C0073', '谭南风', '我昨天下的单什么时候发货？'],
    ['C0155', '余鹤鸣', '睡袋收到了，充气枕怎么没有'],
    ['C0202', '丁宏伟', '登山杖可以开公司发票吗'],
    ['C0038', '陈先生', '速干裤 L 偏大，能换 M 吗'],
    ['C0051', '余泽宇', '快递三天没动了，帮我查一下'],
    ['C0104', '付女士', '软壳衣颜色和图片不一样'],
    ['C0172', '姚先生', '身高 178 体重 75 穿什么码'],
    ['C0034', '冯怀瑾', '地址写错了能改吗'],
    ['C0115', '龙星野', '帐篷 618 会不会降价，降了退差价吗'],
    ['C0094', '林亦菲', '登山鞋怎么保养'],
  ],
  en: [
    ['C0063', 'Zoe Harris', 'When will yesterday’s order leave?'],
    ['C0211', 'Jason Wu', 'Can I have an invoice for my company?'],
    ['C0159', 'Daniel Brooks', 'The tent arrived without its pegs'],
    ['C0142', 'Sam Okafor', 'The headlamp is too dim, can I swap it?'],
    ['C0020', 'Adam Scott', 'My parcel has not moved for three days'],
    ['C0118', 'Laura Bauer', 'The colour is not what the picture shows'],
    ['C0265', 'Kevin Zhao', 'I am 178 cm and 75 kg, which size?'],
    ['C0216', 'Max Jensen', 'I gave the wrong address, can you change it?'],
    ['C0139', 'Priya Nair', 'Will the price drop on 18 June? Do you refund the difference?'],
    ['C0290', 'Sophie Martin', 'How do I care for hiking boots?'],
  ],
};

/** Ten customers who wait, the first one longest. */
export function tenCustomers(lang: UiLanguage): Script[] {
  return ASKS[tongueOf(lang)].map(([customerId, customerName, text], index) => ({ customerId, customerName, turns: [{ role: 'customer', text, agoSeconds: 600 - index * 55 }] }));
}
