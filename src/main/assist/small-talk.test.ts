import { describe, expect, it } from 'vitest';
import { isSmallTalk, withoutBoilerplate, withoutReferences } from './small-talk.ts';

describe('isSmallTalk', () => {
  it.each(['好的，谢谢', '嗯嗯', '没有了 谢谢', '在吗', '您好！', 'OK 没问题了', '哦 好的吧', 'thanks, bye', '好的😊', '謝謝您', '哈哈哈', '收到了', '👌', '好的谢谢', '嗯嗯好的没有了谢谢', '打扰啦', '再见'])('knows %s', (text) => {
    expect(isSmallTalk(text)).toBe(true);
  });
  it.each(['好的，什么时候发货', '在吗，想退货', '没有收到货', '不用了，给我退款', '谢谢，那发票呢', '可以换货吗', 'ok but where is my parcel', '行吧，你们这态度', '对了，尺码偏大吗'])('lets %s through', (text) => {
    expect(isSmallTalk(text)).toBe(false);
  });
});

describe('withoutBoilerplate', () => {
  it('keeps only what answers', () => {
    expect(withoutBoilerplate('您好，请稍等。退款原路返回，3天内到账。请问还有其他可以帮您的吗？')).toBe('退款原路返回，3天内到账。');
    expect(withoutBoilerplate('有什么问题我可以帮您处理或解决呢?')).toBe('');
    expect(withoutBoilerplate('Please hold. Your refund arrives within 3 days. Anything else?')).toBe('Your refund arrives within 3 days.');
  });
});

it('withoutReferences leaves the question', () => {
  expect(withoutReferences('咨询订单号:[订单x] 商品ID:100012043978 [图片] 什么时候发货 https://shop.example/i?id=1')).toBe('什么时候发货');
  expect(withoutReferences('SF1234567890123 到哪了，尺码: M')).toBe('到哪了，尺码: M');
});
