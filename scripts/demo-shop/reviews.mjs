import { createRandom } from './random.mjs';
import { DAY_MS, REFERENCE_AT } from './times.mjs';

const REVIEW_COUNT = 286;
/** No wording is used more often than this. */
const MOST_USES = 3;
/** Words that name one kind of goods: such a review is only of an order that holds it. */
const NAMED = [
  [/防晒衣/, /防晒衣/], [/短裤/, /短裤/], [/裤子|裤长|两条裤/, /长裤|两截裤/], [/T 恤领口/, /T 恤/], [/修补贴/, /修补贴/], [/羊毛袜/, /羊毛袜/], [/登山杖|杖尖/, /登山杖/], [/水壶/, /保温壶/],
  [/帽子颜色/, /帽/], [/手套触屏/, /手套/], [/天幕/, /天幕/], [/睡垫/, /睡垫/], [/温标|舒适零下|标准款/, /羽绒睡袋/], [/拉链偶尔|压缩|比篮球/, /睡袋/], [/套锅|锅盖/, /套锅/], [/炉头/, /炉头/],
  [/烧一升水|点火|打火|阀门/, /炉/], [/六百流明/, /600/], [/充电口|充不进电|电量/, /[46]00|1000|夜跑/], [/红光|头带|最亮档/, /流明头灯/], [/四十五升|肩带偏窄/, /[456]5 升/], [/通勤/, /18 升|24 升|岚/], [/防水包/, /32 升|桶包/],
  [/雨罩/, /[2456][45] 升/], [/六级风|内帐|外帐|风绳|底部渗水|搭好/, /帐篷/], [/抓绒很舒服/, /暖里/], [/攀岩/, /攀行/], [/一万五/, /轻量|三合一/], [/腋下拉链/, /Pro|远征|三合一|雪线/], [/零下二十二/, /极寒|长款/],
  [/长款/, /长款/], [/帽子不能拆|压进袋子/, /连帽|轻暖/], [/孩子/, /小溪/], [/防水有效/, /中帮|高帮/], [/袖口收得|袖长|袖口魔术/, /冲锋衣|软壳衣|羽绒服/],
  [/推荐码数|size chart|sizing|height and weight/, /男款|女款|童款/], [/A zip/, /款|背包|睡袋|帐篷/], [/leaked/, /冲锋衣|帐篷|防水/],
];

/** Reviews of signed orders, one an order, by time. Orders that were late or had a case are rated lower. */
export function buildReviews({ orders, cases, bank }) {
  const random = createRandom('reviews');
  const caseTypes = new Map(cases.filter(({ closedAt }) => closedAt !== null).map(({ order, type }) => [order, type]));
  const signed = random.shuffled(orders.filter(({ status, paidAt }) => ['已签收', '交易成功', '部分退款'].includes(status) && REFERENCE_AT - paidAt > 9 * DAY_MS));
  const uses = new Map();
  const reviews = [];
  for (const order of signed) {
    if (reviews.length === REVIEW_COUNT) break;
    const isTroubled = order.isLate || caseTypes.has(order);
    // one in five writes; of those whom something happened to, more than half do
    if (!random.chance(isTroubled ? 0.6 : 0.2)) continue;
    const review = reviewOf(order, { caseType: caseTypes.get(order), bank, uses, random });
    if (review !== null) reviews.push(review);
  }
  return reviews.toSorted((a, b) => a.reviewedAt - b.reviewedAt || (a.order.id < b.order.id ? -1 : 1)).map((review, index) => ({ ...review, id: `R${String(index + 1).padStart(4, '0')}` }));
}

function reviewOf(order, { caseType, bank, uses, random }) {
  const words = order.customer.isEnglish ? bank.en : bank.zh;
  const lineName = random.pick(order.items).product.line.name[0];
  const about = aboutOf({ words, caseType, lineName, isLate: order.isLate, random });
  const titles = order.items.map(({ product }) => product.title).join();
  const free = Object.entries(words[about]).flatMap(([score, texts]) => texts.filter((text) => (uses.get(text) ?? 0) < MOST_USES && fits(text, titles)).map((text) => ({ score: Number(score), text, count: texts.length })));
  if (free.length === 0) return null;
  const { score, text } = random.weighted(free, (each) => bank.scores[each.score] / each.count);
  uses.set(text, (uses.get(text) ?? 0) + 1);
  const reviewedAt = Math.min(order.paidAt + random.int(8 * 24, 26 * 24) * 3_600_000, REFERENCE_AT - random.int(60, 4000) * 60_000);
  return { order, score, text, reviewedAt };
}

function aboutOf({ words, caseType, lineName, isLate, random }) {
  if (words[caseType] !== undefined) return caseType;
  if (isLate && random.chance(0.7)) return 'late';
  return words[lineName] === undefined || random.chance(0.14) ? 'any' : lineName;
}

function fits(text, titles) {
  return NAMED.every(([word, title]) => !word.test(text) || title.test(titles));
}
