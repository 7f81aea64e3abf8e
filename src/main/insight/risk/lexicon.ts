import type { MappedText } from '../../text/mapped-text.ts';
import { sourceSpan } from '../../text/mapped-text.ts';

export type PhraseGroup =
  | 'lead'
  | 'complaint'
  | 'regulator'
  | 'exposure'
  | 'review'
  | 'refund'
  | 'churn'
  | 'sarcasm'
  | 'thanks'
  | 'apology';

export interface PhraseHit {
  group: PhraseGroup;
  /** The words as written, and their offsets in the original text. */
  quote: string;
  start: number;
  end: number;
}

interface PhraseRule {
  group: PhraseGroup;
  /** Matched on simplified, lower-case, NFKC text. */
  pattern: RegExp;
  /** Only a clear "I do not want" undoes a hit; for the rest a bare 不/没 in front is enough. */
  isNegationStrict?: boolean;
  /** Words that mean the opposite in this place; no guard is needed or wanted. */
  isUnguarded?: boolean;
}

const SITES = '小红书|抖音|微博|黑猫|朋友圈|知乎|b站|快手|贴吧|豆瓣|微信群|媒体|网上';

/** domain.md §2 with additions. Chinese first, English second, per group. */
const RULES: PhraseRule[] = [
  { group: 'lead', pattern: /(?:找|叫|换|让|联系|转|请)(?:一下|个|下)?(?:你们?的?)?(?:主管|经理|领导|组长|店长|负责人|老板|上级|能做主的|能管事的|真人)|转接?人工|要?人工客服|有(?:没有)?(?:活人|真人|人工)|不要机器人|别(?:用|拿)机器人|人工人工|^人工$|换个?人来/g, isUnguarded: true },
  { group: 'lead', pattern: /\b(?:speak|talk|escalate|transfer|connect|put) (?:me )?(?:through )?(?:to|with) (?:(?:a|an|your|the|some|another|real|live|actual|human) ?)*(?:manager|supervisor|team lead|boss|human|person|agent|representative|someone (?:else|senior|in charge))|\b(?:get|want|need|call|give|where is|where's|see|reach) (?:me )?(?:(?:a|an|your|the|real|live|actual) ?)*(?:manager|supervisor|human(?: being)?|human agent|real person)\b|\b(?:real|actual|live) (?:person|human)\b|\bhuman agent\b|^(?:manager|supervisor|agent|human)[.!?]*$/g },
  { group: 'complaint', pattern: /投诉(?!我)|举报(?!我)|申诉|平台介入|客服介入|小二介入/g },
  { group: 'complaint', pattern: /\b(?:file|make|lodge|raise|submit|register|open) (?:a |an |another )?(?:formal |official )?(?:complaint|dispute|grievance)|\b(?:formal|official) complaint|\bi(?:'ll| will|'m going to| am going to| want to| would like to|'d like to) (?:complain|report (?:you|this))|\bcomplain(?:ing)?\b/g },
  { group: 'regulator', pattern: /123[14]5|工商局?(?!银行|管理|大学|附近)|(?:消协|消费者协会|市场?监(?:管|督)局?|市监局|法院)(?!上班|工作|附近|门口|旁边|对面|那个|路)|(?<!做|当|干)律师(?!袍|证)|起诉|打官司|报警|派出所|法律(?:途径|手段|程序)|信访|维权/g },
  { group: 'regulator', pattern: /\b(?:sue (?!me\b)|sue$|suing|(?<!(?:as|i am|i'm) an? )(?:lawyers?|attorney)|legal action|small claims|take you to court|trading standards|consumer (?:protection|rights|affairs)|ombudsman|bbb|better business bureau|ftc|police(?! station| officer| uniform)|in court)\b/g },
  { group: 'exposure', pattern: new RegExp(`(?<!(?<!等着|小心)被)曝光|曝出(?:去|来)|挂(?:你们|出来|网上|到网上|上网)|(?:发|挂|传|po|投)(?:到|上|去|个|条|在|给)?(?:${SITES})(?!晒|返|集赞|有(?:什么|优惠|活动))|(?:${SITES})(?:上|里)?(?:曝光|挂|避雷|吐槽|爆料|见)|找媒体|上热搜|找黑猫|黑猫(?:平台|见)|黑猫投诉|避雷帖|让大家(?:都)?(?:看看|知道|评评理)`, 'g') },
  { group: 'exposure', pattern: /\b(?:expose (?:you|this)|go(?:ing)? (?:public|viral|to the (?:press|media))|post(?:ing)? (?:this |it |about (?:this|you) )?(?:all over|everywhere|on (?:twitter|x|facebook|instagram|tiktok|reddit|social media|youtube))|(?:tell|warn) everyone|social media|name and shame)\b/g },
  { group: 'review', pattern: /差评|追评|一星|打低分|给你们?低分/g },
  { group: 'review', pattern: /\b(?:one|1|zero)[ -]star|\b(?:bad|negative|terrible|awful|scathing) review|\bleave a review\b/g },
  { group: 'refund', pattern: /退款|退钱|退货|仅退款|把钱退|退给我|全额退|退一赔/g, isNegationStrict: true },
  { group: 'refund', pattern: /\b(?:refund(?:ed|s)?|charge ?back|money back|return (?:it|this|them|the))\b/g, isNegationStrict: true },
  { group: 'churn', pattern: /再也不(?:买|来|会|光顾|信)|不会再(?:买|来|光顾|信)|最后一次(?:买|在你)|拉黑|取关|取消关注|卸载|以后不(?:买|来)了|换一?家(?:买|店)|去别家/g, isUnguarded: true },
  { group: 'churn', pattern: /\bnever (?:again|buying|shopping|ordering|coming back)|\b(?:never|won't|not) (?:buy|shop|order|be back)\b|\blast time i\b|\b(?:closing|close|cancel|delete) my account\b|\btak(?:e|ing) my business elsewhere\b/g, isUnguarded: true },
  { group: 'sarcasm', pattern: /呵呵|行吧|真行|厉害了?|无语|离谱|可真(?:好|棒|行)|好样的|真有你们的|服了你们?|牛啊|绝了/g },
  { group: 'sarcasm', pattern: /\b(?:unbelievable|ridiculous|what a joke|nice one|well done|great job|good job|yeah right|wow just wow|oh great)\b/g },
  { group: 'thanks', pattern: /谢谢|多谢|感谢|辛苦了?|好的?[,. ]?(?:那)?(?:就)?(?:这样|按你说的)|那就这样吧|麻烦你了|可以的?[,. ]?就这样|没问题了|解决了|收到了[,. ]?谢/g, isNegationStrict: true },
  { group: 'thanks', pattern: /\b(?:thanks|thank you|thx|ty|appreciate(?: it| that)?|that works|sounds good|works for me|all good|perfect,? (?:thanks|thank))\b/g },
  { group: 'apology', pattern: /抱歉|不好意思|对不起|非常理解您|给您添麻烦|见谅/g, isUnguarded: true },
  { group: 'apology', pattern: /\b(?:sorry|apologi[sz]e|apologies)\b/g, isUnguarded: true },
];

const HAN = /\p{Script=Han}/u;
const LATIN = /[a-z]/;
const ZH_RULES = RULES.filter(({ pattern }) => HAN.test(pattern.source));
const EN_RULES = RULES.filter(({ pattern }) => !HAN.test(pattern.source));

function rulesFor(copy: string): PhraseRule[] {
  const english = LATIN.test(copy) ? EN_RULES : [];
  return HAN.test(copy) || /\d/.test(copy) ? [...ZH_RULES, ...english] : english;
}

const CLAUSE_BREAK = /[,.;:!?。、\n…]/;
// "I do not want to", with up to three characters before the phrase (不是要投诉, 不打算去投诉, 先不投诉).
const STRONG_NEGATION =
  /(?:不是|没有|没想|不想|不打算|不准备|不用|不需要|不要|不必|没必要|无需|无须|别|勿|先不|暂不|不会(?!不)|并非|又不)(?:[^就只不]){0,3}$/;
// A bare 不 or 没 directly before, or before a helping verb. 不得不 and 再不 keep the threat.
const WEAK_NEGATION = /(?<!再|得|要|果)[不没](?:要|想|去|再|是|会|敢|打算|准备|被|有)?$/;
const ENGLISH_NEGATION = /(?:\b(?:not|never|without|no|cannot)|n't|\bno need to|\brather than)(?: \w+){0,3} ?$/;
const HYPOTHETICAL = /(?:会不会|如果|假如|万一|要是|是不是会|能不能算)[^就我再还]{0,4}$/;
const ENGLISH_HYPOTHETICAL = /\b(?:if|whether|should)(?: (?:i|we|someone|people))?(?: \w+)? ?$/;
const THIRD_PARTY = /(?:有人|别人|其他人|其他买家|同事|朋友|邻居|我妈|网友)[^,.!?。]{0,6}$/;
const QUOTE_PAIRS = [['“', '”'], ['「', '」'], ['『', '』'], ['‘', '’']] as const;
const LOOK_BACK_UNITS = 24;

function isQuoted(copy: string, start: number, end: number): boolean {
  for (const [open, close] of QUOTE_PAIRS) {
    const opened = copy.lastIndexOf(open, start);
    if (opened >= 0 && !copy.slice(opened, start).includes(close) && copy.includes(close, end)) return true;
  }
  // A straight quote opens and closes alike: inside when an odd number stands before and one after.
  return (copy.slice(0, start).split('"').length - 1) % 2 === 1 && copy.includes('"', end);
}

/** The words before the phrase in its own clause. */
function clauseBefore(copy: string, start: number): string {
  const before = copy.slice(Math.max(0, start - LOOK_BACK_UNITS), start);
  for (let index = before.length - 1; index >= 0; index -= 1) {
    if (CLAUSE_BREAK.test(before.charAt(index))) return before.slice(index + 1);
  }
  return before;
}

function isGuarded(copy: string, start: number, end: number, rule: PhraseRule): boolean {
  if (isQuoted(copy, start, end)) return true;
  if (rule.isUnguarded) return false;
  const clause = clauseBefore(copy, start);
  if (STRONG_NEGATION.test(clause) || ENGLISH_NEGATION.test(clause)) return true;
  if (rule.isNegationStrict) return false;
  return WEAK_NEGATION.test(clause) || HYPOTHETICAL.test(clause) || ENGLISH_HYPOTHETICAL.test(clause) || THIRD_PARTY.test(clause);
}

/** Every unguarded phrase of a turn (of one group, if given), in text order. `mapped` is `mapForMatch(source)`. */
export function findPhrases(source: string, mapped: MappedText, only?: PhraseGroup): PhraseHit[] {
  const hits: PhraseHit[] = [];
  for (const rule of rulesFor(mapped.text)) {
    if (only !== undefined && rule.group !== only) continue;
    for (const match of mapped.text.matchAll(rule.pattern)) {
      const end = match.index + match[0].length;
      if (isGuarded(mapped.text, match.index, end, rule)) continue;
      const span = sourceSpan(mapped, match.index, end);
      hits.push({ group: rule.group, quote: source.slice(span.start, span.end), ...span });
    }
  }
  return hits.sort((a, b) => a.start - b.start || b.end - a.end);
}
