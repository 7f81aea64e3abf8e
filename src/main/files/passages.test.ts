import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentBlock } from './document.ts';
import { passagesOf } from './passages.ts';

const paragraph = (text: string): DocumentBlock => ({ kind: 'paragraph', text });

describe('passagesOf', () => {
  it('joins neighbours under one heading and keeps the heading path', () => {
    const blocks: DocumentBlock[] = [
      paragraph('前言'),
      { kind: 'heading', text: '退货', level: 1 },
      { ...paragraph('七天内可退。'), page: 3 },
      { kind: 'list-item', text: '留好吊牌', level: 1 },
      { kind: 'heading', text: '运费', level: 2 },
      paragraph('商家付。'),
      { kind: 'heading', text: '换货', level: 1 },
      { kind: 'table-row', text: '问: 能换吗\n答: 能' },
      { kind: 'table-row', text: '问: 多久\n答: 三天' },
      paragraph('其他。'),
    ];
    expect(passagesOf({ blocks })).toEqual([
      { ordinal: 0, headingPath: [], text: '前言' },
      { ordinal: 1, headingPath: ['退货'], text: '七天内可退。\n留好吊牌', page: 3 },
      { ordinal: 2, headingPath: ['退货', '运费'], text: '商家付。' },
      { ordinal: 3, headingPath: ['换货'], text: '问: 能换吗\n答: 能' },
      { ordinal: 4, headingPath: ['换货'], text: '问: 多久\n答: 三天' },
      { ordinal: 5, headingPath: ['换货'], text: '其他。' },
    ]);
  });

  it('keeps a question with its whole answer', () => {
    const answer = `答：${'可以退换。'.repeat(20)}`;
    const blocks = [paragraph('问：能退吗？'), paragraph(answer), paragraph('还要吊牌。'), paragraph('Q: Refund?'), paragraph('A: Yes.'), paragraph('问：没有答案'), paragraph('问：一起\n答：也行')];
    expect(passagesOf({ blocks }, { maxChars: 40 }).map((passage) => passage.text)).toEqual([`问：能退吗？\n${answer}\n还要吊牌。`, 'Q: Refund?\nA: Yes.', '问：没有答案', '问：一起\n答：也行']);
  });

  it('cuts long text between sentences', () => {
    expect(passagesOf({ blocks: [paragraph('第一句话在这里。第二句话也在！“第三句？”好。Fourth one is English. Fifth one too.')] }, { maxChars: 20 }).map((passage) => passage.text)).toEqual(['第一句话在这里。第二句话也在！', '“第三句？”好。', 'Fourth one is', 'English.', 'Fifth one too.']);
  });

  it('loses no word, cuts no character and keeps to the limit, for any text', () => {
    const text = fc.string({ unit: fc.constantFrom('退', '货', '。', 'a', ' ', '.', '\n', '🙂', '！', '"') });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), fc.integer({ min: 2, max: 30 }), (texts, maxChars) => {
        const passages = passagesOf({ blocks: texts.map(paragraph) }, { maxChars });
        const bare = (all: string[]) => all.join('').replace(/\s/g, '');
        expect(bare(passages.map((passage) => passage.text))).toBe(bare(texts));
        expect(passages.every((passage, index) => passage.ordinal === index && passage.text.length <= maxChars && passage.text.isWellFormed() && passage.text.trim() !== '')).toBe(true);
      }),
    );
  });
});
