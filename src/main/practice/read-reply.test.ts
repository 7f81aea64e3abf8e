import { describe, expect, it } from 'vitest';
import { readReply } from './read-reply.ts';

/** What a reply does, as one short line each. */
function seen(reply: string): string {
  const signs = readReply(reply);
  const flags = { deadline: signs.deadline, choice: signs.choice, feeling: signs.feeling, apology: signs.apology, banned: signs.banned, blame: signs.blame, greeting: signs.isGreeting, hold: signs.isHold, closing: signs.isClosing };
  const parts = [
    ...signs.asks.map(({ slot }) => `?${slot}`), ...signs.offers.map(({ action }) => `+${action}`), ...signs.refuses.map(({ action }) => `-${action}`),
    ...Object.entries(flags).filter(([, value]) => value !== null && value !== false).map(([name]) => name),
  ];
  return parts.join(' ');
}

describe('readReply', () => {
  it.each([
    ['您好，请问有什么可以帮您的', 'greeting'],
    ['在的亲，我帮您查一下物流，请稍等', 'greeting hold'],
    ['给您添麻烦了，包裹停了两天。我现在催件，今天18点前答复；明天仍没更新，补发还是退款由您选。', '+resend +refund +chase deadline choice feeling'],
    ['麻烦拍一张吊牌照片，我马上帮您登记', '?condition ?photo'],
    ['照片收到了，我马上给您换货', '+exchange'],
    ['您的订单我看到了，请问是什么原因想退呢', '?reason'],
    ['这个超过七天了不能退货', '-return'],
    ['请问您的身高体重是多少', '?body'],
    ['非常抱歉给您带来不便', 'apology'],
    ['定金是不退的哦', '-refund -return'],
    ['不能退只能换货', '+exchange -refund -return'],
    ['看到了，修前修后各拍一组照片给您', ''],
    ['系统坏了，我也不知道', 'banned'],
    ['是快递的问题，您自己联系快递吧', 'blame'],
    ['已经升级给组长，10分钟内给您回电', '+lead deadline'],
    ['差价60元帮您申请价保，预计今天到账', '+price-difference deadline'],
    ['还有其他可以帮您的吗', 'closing'],
    ['電子發票48小時內開好發到您郵箱', '+invoice deadline'],
    ["Hi, how can I help?", 'greeting'],
    ["I'm sorry, that must be frustrating. I'm chasing the courier now and will reply by 6pm today. If there is no scan tomorrow: resend or a refund, your choice.", '+resend +refund +chase deadline choice feeling apology'],
    ['Could you send a photo of the torn sleeve?', '?photo'],
    ["Unfortunately we can’t refund that.", '-refund'],
    ['Let me check, one moment please', 'hold'],
    ['What size would you like?', '?size'],
  ])('%s', (reply, expected) => {
    expect(seen(reply)).toBe(expected);
  });
});
