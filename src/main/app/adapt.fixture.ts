/** For tests: a shop whose answers nothing in the words themselves tells: whatever is asked about one thing is answered with a time of its own. */
const MATTERS = '水壶 帐篷 睡袋 头灯 雨衣 手套 围巾 登山杖 背包 防潮垫 炉头 气罐 冲锋衣 速干裤 遮阳帽 望远镜 指南针 护膝 袜子 墨镜'.split(' ');
export const ANSWERS = '周一 周二 周三 周四 周五 周六 周日 月初 月中 月底 春天 夏天 秋天 冬天 上午 下午 晚上 半夜 清晨 中午'.split(' ');
const OPENINGS = ['请问', '你好，', '麻烦问下', '在吗，', '想问', '亲，', '老板，', '帮忙看下', '', '急，'];

/** What is asked about each thing, and the time that answers it. */
export const ASKED = MATTERS.map((matter, at) => ({ question: `${matter}什么时候到`, answer: ANSWERS[at] ?? '' }));

/** The `at`th finished conversation: a question and its reply. */
export function askedAndAnswered(at: number): { question: string; reply: string } {
  const matter = (at * 7) % MATTERS.length;
  return { question: `${OPENINGS[at % OPENINGS.length]}${ASKED[matter]?.question}，我是${at}号`, reply: `${ANSWERS[matter]}有货，第${at}批` };
}
