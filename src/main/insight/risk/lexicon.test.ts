import { describe, expect, test } from 'vitest';
import { mapForMatch } from '../../text/mapped-text.ts';
import { findPhrases } from './lexicon.ts';

function found(text: string): string[] {
  return findPhrases(text, mapForMatch(text)).map(({ group, quote }) => `${group}:${quote}`);
}

describe('phrases', () => {
  test.each([
    ['我要投诉你们', ['complaint:投诉']],
    ['我要投訴你們', ['complaint:投訴']],
    ['轉人工！', ['lead:轉人工']],
    ['有活人吗', ['lead:有活人']],
    ['叫你们经理来', ['lead:叫你们经理']],
    ['我现在就打12315', ['regulator:12315']],
    ['等律師函吧', ['regulator:律師']],
    ['等着被曝光吧', ['exposure:曝光']],
    ['黑猫投诉见', ['exposure:黑猫投诉', 'complaint:投诉']],
    ['I will sue', ['regulator:sue']],
    ['we will sue you', ['regulator:sue ']],
    ['我要发到小红书让大家看看', ['exposure:发到小红书', 'exposure:让大家看看']],
    ['必须给差评', ['review:差评']],
    ['退款退款', ['refund:退款', 'refund:退款']],
    ['再也不买了', ['churn:再也不买']],
    ['呵呵，真行', ['sarcasm:呵呵', 'sarcasm:真行']],
    ['谢谢', ['thanks:谢谢']],
    ['不好意思，马上查', ['apology:不好意思']],
    ['Let me speak to your supervisor', ['lead:speak to your supervisor']],
    ['I want to file a complaint', ['complaint:file a complaint']],
    ['I will call my lawyer', ['regulator:lawyer']],
    ['Posting this on Twitter now', ['exposure:Posting this on Twitter']],
    ['I want my money back', ['refund:money back']],
  ])('%j', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe('guards', () => {
  test.each([
    '不是要投诉，只是问下进度',
    '我不是要投訴',
    '没想投诉你们',
    '不用退款了',
    '客服说“你去投诉吧”',
    '會不會被投訴',
    '如果投诉会怎么样',
    '我在小红书看到你们家的',
    '有人投诉过吗',
    "I don't want to complain, just asking",
    'no need to refund',
    'not going to complain',
    'what happens if i complain',
    '刚看新闻有个牌子被曝光了',
    '我是做律师的，这件合适吗',
    '工商银行的卡可以分期吗',
    '法院附近那个门店几点关门',
    '发朋友圈晒图有什么活动吗',
    '我老公要投诉我了哈哈',
    'I work as a lawyer',
    'The police station next to your shop',
  ])('%j counts nothing', (text) => {
    expect(found(text)).toEqual([]);
  });

  test.each([
    ['再不退我投诉', ['complaint:投诉']],
    ['不然投诉', ['complaint:投诉']],
    ['不得不投诉', ['complaint:投诉']],
    ['不处理我就投诉', ['complaint:投诉']],
    ['如果明天还没到我就投诉', ['complaint:投诉']],
    ['为什么不退款', ['refund:退款']],
  ])('%j still counts', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});
