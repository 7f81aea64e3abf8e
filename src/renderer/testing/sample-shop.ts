import type { AppStatus } from '../../shared/contract/app.contract.ts';
import { conversationSummarySchema, messageSchema, type ConversationSummary, type Message } from '../../shared/contract/conversation.contract.ts';
import { customerCardSchema, customerTagSchema, type CustomerCard, type CustomerTag, type LoyaltySegment } from '../../shared/contract/customer.contract.ts';
import { riskSignalSchema, type RiskSignal } from '../../shared/contract/risk.contract.ts';
import { suggestionSetSchema, type SuggestionSet } from '../../shared/contract/suggestion.contract.ts';
import { sampleId } from './sample-ids.ts';

/** 2026-11-22 09:44 in Shanghai. */
export const SAMPLE_NOW = Date.UTC(2026, 10, 22, 1, 44);
export const SAMPLE_ZONE = 'Asia/Shanghai';
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

export const sampleStatus: AppStatus = {
  state: 'ready', problem: null, host: 'loopback', version: '0.1.0', storeDir: '/home/rep/.local/share/deskmate', keyProtection: 'file', isKeychainAvailable: false,
  engine: { state: 'ready', modelId: 'deskmate-embed-2', next: null, vectors: { passage: 1204, macro: 86, message: 15210 }, pendingCount: 0, storingProblem: null, loadedRatio: 1, restartCount: 0, backend: 'usearch' },
  counts: { conversations: 812, messages: 15210, articles: 64, passages: 1204, macros: 86, customers: 640, orders: 2310 },
  recovery: { wasUnclean: false, unknownReplyCount: 0, interruptedJobCount: 0 },
};

const NAMES: readonly [name: string, text: string, waitMs: number | null, segment: LoyaltySegment | null, p: number | null][] = [
  ['林女士', '衣服破了到底能不能修，我已经等了很久了', 190 * SECOND, 'champions', 0.62],
  ['王先生', '发票什么时候能开出来', 40 * SECOND, 'loyal', 0.34],
  ['Amy Chen', 'The jacket came in the wrong size, can I swap it?', 12 * SECOND, 'new', 0.08],
  ['陈小姐', '好的谢谢', null, 'at_risk', 0.05],
  ['赵先生', '赠品没有收到', 5 * SECOND, 'needs_attention', 0.21],
  ['山野客_8821', '这个羽绒服的充绒量是多少，零下二十度能穿吗', 71 * SECOND, null, 0.04],
  ['周女士', '能不能改成下周三送到', 66 * SECOND, 'potential_loyalist', 0.06],
  ['Liu Wei', 'Is the repair really free?', null, 'promising', 0.03],
  ['吴先生', '快递三天没动了，再不处理我就投诉', 260 * SECOND, 'cannot_lose', 0.81],
  ['郑女士', '请问有货吗', null, 'hibernating', 0.02],
];

function tag(segment: LoyaltySegment): CustomerTag {
  return customerTagSchema.parse({
    segment, scores: { recency: 5, frequency: 5, monetary: 5 }, isDisputed: false, computedAt: SAMPLE_NOW - DAY,
    reasons: [{ code: 'frequency.high', values: { score: 5, orderCount: 11 } }, { code: 'monetary.high', values: { score: 5, netFen: 842_000 } }],
  });
}

const bandOf = (p: number): 'none' | 'warn' | 'alert' => (p >= 0.55 ? 'alert' : p >= 0.3 ? 'warn' : 'none');

function urgency(waitMs: number | null, index: number): Pick<ConversationSummary, 'urgency' | 'urgencyReasons' | 'urgencyParts'> {
  if (waitMs === null) return { urgency: 0, urgencyReasons: [], urgencyParts: [] };
  if (index === 0) return { urgency: 12.9, urgencyReasons: ['risk', 'best_customer', 'waiting'], urgencyParts: [11.2, 1, 0.7] };
  const part = 0.5 * Math.log1p(waitMs / MINUTE);
  return { urgency: part, urgencyReasons: ['waiting'], urgencyParts: [part] };
}

export function sampleConversations(count = NAMES.length): ConversationSummary[] {
  return Array.from({ length: count }, (_, index) => {
    const [name, text, waitMs, segment, p] = NAMES[index % NAMES.length] ?? ['', '', null, null, null];
    return conversationSummarySchema.parse({
      id: sampleId('C', index), customerId: sampleId('P', index), customerName: index < NAMES.length ? name : `${name} ${index}`, channelKind: 'replay', state: 'open',
      lastText: text, lastRole: waitMs === null ? 'rep' : 'customer', lastAt: SAMPLE_NOW - (waitMs ?? 9 * MINUTE), waitingSince: waitMs === null ? null : SAMPLE_NOW - waitMs,
      unreadCount: waitMs === null ? 0 : 1 + (index % 2), hasDraft: index === 3, risk: p === null ? null : { p, band: bandOf(p) }, tag: segment === null ? null : tag(segment),
      ...urgency(waitMs, index), rep: null, labels: [], snoozedUntil: null, wokenAt: null, handedOverAt: null, disposition: null,
    });
  });
}

const LINES: readonly [role: Message['role'], text: string, agoMs: number][] = [
  ['bot', '您好，这里是山屿户外，请问有什么可以帮您？', DAY + 3 * MINUTE],
  ['customer', '三年前买的冲锋衣袖子刮破了，还能修吗？', DAY + 2 * MINUTE],
  ['rep', '您好，给您添麻烦了。可以修，麻烦您拍一下破损处和水洗标，我帮您查面料批次。', DAY],
  ['customer', '照片发过了，昨天就发了', 9 * MINUTE],
  ['system', '客户发送了 2 张图片', 9 * MINUTE - 5 * SECOND],
  ['rep', '收到，正在帮您核对批次 B2311-07 的面料库存。', 8 * MINUTE],
  ['customer', '衣服破了到底能不能修？', 4 * MINUTE],
  ['customer', '衣服破了到底能不能修，我已经等了很久了。\n再没有结果我就要投诉了。', 190 * SECOND],
];

export function sampleMessages(conversationId: string, longCount = 0): Message[] {
  const long = Array.from({ length: longCount }, (_, index) => ['customer', `更早的消息 ${index + 1}`, 3 * DAY - index * MINUTE] as const);
  return [...long, ...LINES].map(([role, text, agoMs], index) =>
    messageSchema.parse({ id: sampleId('M', index), conversationId, role, text, sentAt: SAMPLE_NOW - agoMs, language: 'zh', piiSpans: [] }));
}

export function sampleSignals(conversationId: string): RiskSignal[] {
  return [0.05, 0.07, 0.22, 0.31, 0.62].map((p, index) =>
    riskSignalSchema.parse({
      id: sampleId('R', index), conversationId, messageId: sampleId('M', 7), kind: 'escalation', p, band: bandOf(p), modelVersion: 'cold-1', isShown: p >= 0.3, label: null, createdAt: SAMPLE_NOW - (5 - index) * MINUTE,
      reasons: [
        { feature: 'demand', weight: 2.8, messageId: sampleId('M', 7), quote: '再没有结果我就要投诉了', values: { group: 'complaint' } },
        { feature: 'unanswered_wait', weight: 1.1, messageId: sampleId('M', 7), quote: null, values: { waitMs: 190 * SECOND } },
        { feature: 'repeated_question', weight: 1.2, messageId: sampleId('M', 6), quote: '衣服破了到底能不能修？', values: { count: 1 } },
      ],
    }));
}

export function sampleSuggestions(conversationId: string): SuggestionSet {
  const shared = { conversationId, messageId: sampleId('M', 7), warnings: [], status: 'shown' };
  const why = { words: 0.71, meaning: 0.88, recency: 0.95, acceptance: 0.5, matchedWords: ['修', '破'] };
  const source = (title: string, kind: string, matchedText: string, agoDays: number) => ({ kind, id: title, title, matchedText, updatedAt: SAMPLE_NOW - agoDays * DAY });
  return suggestionSetSchema.parse({
    conversationId, messageId: sampleId('M', 7), state: 'ready',
    suggestions: [
      { ...shared, id: sampleId('S', 1), kind: 'article', rank: 1, score: 0.86, fit: 'strong', text: '给您添麻烦了。这件可以终身维修，面料按批次匹配，今天 18 点前给您完成日期。', sources: [source('终身维修 §2', 'passage', '衣服破了都可以修：三年以内免人工费，终身收取材料费。', 3)], why, missingVariables: [] },
      { ...shared, id: sampleId('S', 2), kind: 'macro', rank: 2, score: 0.64, fit: 'likely', text: '请发一下订单号 ⟨order.externalId⟩ 和破损处照片，我马上为您登记维修。', sources: [source('repair.ask', 'macro', '请发订单号和破损处照片', 40)], why: { ...why, words: 0.4, meaning: 0.7 }, missingVariables: ['order.externalId'] },
      { ...shared, id: sampleId('S', 3), kind: 'reply', rank: 3, score: 0.51, fit: 'loose', text: '您好，袖口破损可以补同色面料，大约 10 到 15 天寄回，寄出前会拍照给您确认。', sources: [source('同类会话', 'message', '袖口破了能补吗', 380)], why: { ...why, words: 0.3, meaning: 0.6, recency: 0.1 }, missingVariables: [] },
    ],
  });
}

export function sampleCard(customerId: string): CustomerCard {
  const summary = sampleConversations().find((row) => row.customerId === customerId);
  const isKnown = summary?.tag !== null && summary !== undefined;
  const order = (number: number, title: string, paidFen: number, batch: string | null) => ({
    externalId: `DD20260${number}118820031`, paidAt: SAMPLE_NOW - number * 90 * DAY, status: '已签收', paidFen, waybill: `SF13388210${number}77`, carrier: '顺丰', promisedShipAt: null,
    items: [{ title, skuExternalId: `SKU-${number}`, size: 'M', colour: '岩灰', batch, priceFen: paidFen, quantity: 1 }],
  });
  const base = { id: customerId, externalId: `tb_${customerId.slice(-6).toLowerCase()}`, name: summary?.customerName ?? '客户', tag: summary?.tag ?? null };
  if (!isKnown) return customerCardSchema.parse({ ...base, platformTier: null, orderCount: 0, totalPaidFen: 0, firstOrderAt: null, lastOrderAt: null, orders: [], afterSales: [], reviews: [], conversationCount: 1 });
  return customerCardSchema.parse({
    ...base, platformTier: '88VIP', orderCount: 11, totalPaidFen: 842_000, firstOrderAt: SAMPLE_NOW - 1100 * DAY, lastOrderAt: SAMPLE_NOW - 12 * DAY, conversationCount: 6,
    orders: [order(1, '轻羽绒马甲', 59_900, null), order(2, '速干长裤', 32_900, 'P2605-02'), order(3, '硬壳冲锋衣', 129_900, 'B2311-07'), order(4, '登山杖一对', 26_900, null), order(5, '羊毛袜三双', 12_900, null), order(6, '防水背包 32L', 45_900, null)],
    afterSales: [{ externalId: 'AS1', orderExternalId: null, type: '维修', stage: '待寄回', reason: '袖口破损', amountFen: null, openedAt: SAMPLE_NOW - 2 * DAY, closedAt: null }, { externalId: 'AS2', orderExternalId: null, type: '退货退款', stage: '完成', reason: '尺码', amountFen: 32_900, openedAt: SAMPLE_NOW - 200 * DAY, closedAt: SAMPLE_NOW - 195 * DAY }],
    reviews: [{ score: 5, text: '穿了三年，还是最喜欢的一件。', at: SAMPLE_NOW - 300 * DAY }, { score: 2, text: '物流太慢', at: SAMPLE_NOW - 190 * DAY }],
  });
}
