import { articleSchema, unansweredSchema, type Article, type Unanswered } from '../../shared/contract/knowledge.contract.ts';
import { macroSchema, type Macro } from '../../shared/contract/macro.contract.ts';
import { importPreviewSchema, type ImportPreview } from '../../shared/contract/import.contract.ts';
import { jobSchema, type Job } from '../../shared/contract/job.contract.ts';
import { sampleId } from './sample-ids.ts';
import { SAMPLE_NOW } from './sample-shop.ts';

const DAY = 86_400_000;

export function sampleArticles(): Article[] {
  return ['终身维修', '七天无理由退换', '尺码表与选码', '发票开具', '大促价保'].map((title, index) =>
    articleSchema.parse({
      id: sampleId('A', index), title, source: `规则/${title}.md`, language: 'zh', version: 2, passageCount: 2, updatedAt: SAMPLE_NOW - index * 9 * DAY,
      intent: index === 0 ? 'repair' : null, validFrom: null, validTo: index === 4 ? SAMPLE_NOW - 3 * DAY : index === 3 ? SAMPLE_NOW + 5 * DAY : null,
      markdown: '## 适用范围\n\n衣服破了都可以修：三年以内**免人工费**，终身收取材料费。先查 SKU 和批次，再配同批面料。\n\n## 办理时间\n\n- 收到后 10 到 15 天寄回，寄出前拍照确认。\n- 没有同批面料时，先寄色卡征得同意。',
      passages: [
        { id: `${sampleId('A', index)}-1`, heading: '适用范围', text: '衣服破了都可以修：三年以内免人工费，终身收取材料费。先查 SKU 和批次，再配同批面料。' },
        { id: `${sampleId('A', index)}-2`, heading: '办理时间', text: '收到后 10 到 15 天寄回，寄出前拍照确认。\n没有同批面料时，先寄色卡征得同意。' },
      ],
    }));
}

export function sampleMacros(): Macro[] {
  const rows: [string, string, string][] = [
    ['repair.ask', '维修：要订单号和照片', '请发一下订单号 {{ order.id }} 和破损处照片，我马上为您登记维修。'],
    ['invoice.when', '发票时间', '{{ customer.name }}您好，电子发票 48 小时内发到您的邮箱。'],
    ['greet', '问候', '您好，我是{{ rep.name }}，请问有什么可以帮您？'],
  ];
  return rows.map(([code, title, text], index) => macroSchema.parse({ id: sampleId('Q', index), code, title, text, language: 'zh', scope: index === 2 ? 'personal' : 'team', repId: null, proposedAt: null, canEdit: true, isFavourite: index === 1, shortcut: null, useCount: 120 - index * 30, ownUseCount: 12 - index, lastUsedAt: SAMPLE_NOW - index * DAY, media: null, updatedAt: SAMPLE_NOW - index * DAY }));
}

export function sampleQuestions(): Unanswered[] {
  const rows: [string, number][] = [['帐篷的防水指数是多少，能过冬吗', 3], ['能开增值税专票吗', 1]];
  return rows.map(([question, count], index) => unansweredSchema.parse({ messageIds: Array.from({ length: count }, (_, number) => sampleId('M', 500 + index * 10 + number)), conversationId: sampleId('C', 5 + index), question, count, askedAt: SAMPLE_NOW - (index + 1) * 3_600_000 }));
}

export function sampleJobs(): Job[] {
  const shared = { error: null, report: null, startedAt: SAMPLE_NOW - 60_000, endedAt: null, perSecond: 0 };
  return [
    jobSchema.parse({ ...shared, id: sampleId('J', 3), kind: 'import', title: '会话 2026-10.jsonl', state: 'running', doneRatio: 0.42, doneCount: 42_000, perSecond: 3100 }),
    jobSchema.parse({ ...shared, id: sampleId('J', 2), kind: 'import', title: 'orders.csv', state: 'done', doneRatio: 1, doneCount: 2310, endedAt: SAMPLE_NOW - 30_000, report: { added: 2300, updated: 4, unchanged: 4, rejectedCount: 2, rejected: [{ file: '/data/orders.csv', line: 18, reason: 'amount is not a number: "免费"' }, { file: '/data/orders.csv', line: 411, reason: 'paid_at is not a date: "2026-13-02"' }] } }),
    jobSchema.parse({ ...shared, id: sampleId('J', 1), kind: 'embed', title: '1,204', state: 'done', doneRatio: 1, doneCount: 1204, endedAt: SAMPLE_NOW - 40_000 }),
  ];
}

export function samplePreview(path: string): ImportPreview {
  return importPreviewSchema.parse({
    path, bytes: 188_416, format: 'CSV', encoding: 'GB18030', sheets: [], kind: 'orders', columns: ['买家昵称', '订单编号', '付款时间', '实付金额', '备注'],
    suggestedMapping: { 买家昵称: 'customer_id', 订单编号: 'order_id', 付款时间: 'paid_at', 实付金额: 'amount' },
    fields: [{ name: 'customer_id', isRequired: true }, { name: 'order_id', isRequired: true }, { name: 'paid_at', isRequired: true }, { name: 'amount', isRequired: true }, { name: 'status', isRequired: false }],
    rows: [1, 2, 3, 4].map((number) => ({ 买家昵称: `山野客_${8820 + number}`, 订单编号: `DD202601188200${number}`, 付款时间: `2026-10-0${number} 12:30`, 实付金额: '599.00', 备注: number === 2 ? '客户要求周末送' : '' })),
    passages: [], fileCount: 1, warnings: ['3 rows have no paid_at'],
  });
}
