import { normaliseForMatch } from '../text/normalise.ts';
import { splitSentences } from '../text/sentences.ts';

/** Greetings, thanks, acknowledgements and goodbyes: nothing to answer from knowledge. Matched on the whole message without punctuation. */
const SMALL_TALK = new RegExp(
  '^(?:' +
    [
      '那?(?:好的?|好[吧呀啊嘞滴哒]|行[吧的啊]?|可以[的了]?|嗯+|恩+|哦+|喔+|噢+|额+|呃+|ok+|okay|okey|收到|知道|明白|了解|清楚|懂)(?:了|啦|的|哈|呢|吧|啊)*',
      '(?:没|没有|没得|暂时没有|不用|不需要|没事|没问题)(?:其他|别的|什么|事|问题)*(?:了|啦|的|哈|呢|吧|啊)*',
      '(?:非常|太|十分|多|好|那)?(?:谢谢|感谢|多谢|谢了|谢啦|谢|3q|thx|thanks|thank you|cheers)(?:你|您|亲|啦|了|哈|啊|哦|very much|so much|a lot|again)*',
      '(?:你好|您好|hello|hi|hey|在吗|在么|在不在|有人吗|亲|亲亲|哈喽|早|早上好|下午好|晚上好|good (?:morning|afternoon|evening))(?:啊|呀|哦|呢|亲)*',
      '(?:再见|拜拜|88|bye|goodbye|回头见|先这样)(?:了|啦|吧|哈)*',
      '(?:打扰|麻烦|辛苦)(?:了|啦|你了|您了|哈)*',
      '(?:是|是的|对|对的|对啊|嗯呢|没错|yes|yeah|yep|right|no|nope|sure|fine|great|perfect|got it|i see|all good|that s all|no more|nothing else)(?:啊|呀|呢|哦|的)*',
      '(?:稍等|等下|等一下|马上|one moment|wait)(?:啊|哈|哦)*',
      '那?(?:就)?(?:这样|算)(?:吧|了|啦)*',
      '(?:哈|呵|嘿|嘻|h?a){2,}',
    ].join('|') +
    ')+$',
);
/** Courtesies are short; longer runs are not tried, which also keeps the pattern cheap. */
const LONGEST_SMALL_TALK = 24;
const MARKS = /[\p{P}\p{S}\p{Extended_Pictographic}\s]+/gu;

/** True when every part of the message is a greeting, thanks, an acknowledgement or a goodbye. */
export function isSmallTalk(message: string): boolean {
  const parts = normaliseForMatch(message).split(/[\p{P}\p{S}\p{Extended_Pictographic}\n]+|(?<=\p{Script=Han})\s+|\s+(?=\p{Script=Han})/u).map((part) => part.replace(MARKS, ' ').trim());
  return parts.filter((part) => part !== '').every((part) => part.length <= LONGEST_SMALL_TALK && SMALL_TALK.test(part));
}

/** Phrases a rep opens, holds or closes with; said to everybody, so they answer nobody. */
const BOILERPLATE = /稍等|稍候|(?:什么|其他|哪些).{0,8}(?:帮|效劳|服务)|正?在?(?:积极的?)?为您(?:查询|查看|核实)|客气|(?:还|在)吗[?？]?$|(?:什么|哪些|其他)问题.*(?:处理|解决|帮|咨询|吗|呢)|很高兴为您|欢迎(?:光临|咨询)|为您服务|祝您|是咨询之前|请问是(?:这个|这款|咨询)|是这个(?:订单|商品)|评价|好的[哈呢哦~]*$|^(?:亲|亲爱的|您好|你好|在的|嗯|是的)*[~,，。!！ ]*$|(?:how|what) (?:can|may) i (?:help|assist|do)|anything else|one moment|please (?:wait|hold)|bear with me|thank you for (?:contacting|your patience|waiting)/;

/** The sentences of a past answer that say something about the matter; empty when it was only courtesies. */
export function withoutBoilerplate(answer: string): string {
  return splitSentences(answer)
    .filter((sentence) => !BOILERPLATE.test(normaliseForMatch(sentence.text)))
    .map((sentence) => sentence.text)
    .join(' ')
    .trim();
}

/** A card or form the channel pastes in: "订单号：123", "[图片]", a link. It names things, it asks nothing. */
const REFERENCES = /https?:\/\/\S+|[\p{Script=Han}A-Za-z]{2,8}\s*[:：]\s*(?:\[[^\]\n]*\]|[\d.\-/:¥￥]+)|\[[^\]\n]{1,8}\]|(?<![\p{L}\d])[A-Za-z]{0,4}\d{6,}(?!\d)/gu;

/** The message without links, order numbers and pasted cards. */
export function withoutReferences(message: string): string {
  return message.replace(REFERENCES, ' ').replace(/\s+/g, ' ').trim();
}
