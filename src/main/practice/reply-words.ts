import type { Action, Slot } from './practice.types.ts';

// Everything here is matched on simplified, lower-case NFKC text, one clause at a time.

/** A clause that holds one of these asks or offers; a statement ("照片收到了") does neither. */
export const QUESTION = /[?？]|请问|麻烦|提供|告诉|告知|发(?:一下|下|给|我|张|来)|拍(?:一|张|下|个|几|照)|多少|多大|多重|多高|什么|哪|几|吗$|呢$|么$|是否|有没有|方便|需要您|能不能|说(?:一下|下)|填|\b(?:could|can|may|would|please|what|which|how|when|where|who|tell|send|share|give|provide|do you|did you|is it|are you|have you)\b/;

export const SLOT_WORDS: Readonly<Record<Slot, RegExp>> = {
  order: /订单(?:号|编号)|单号(?!.*(?:快递|物流|运单))|哪(?:个|一)单|\border (?:number|no|id)\b|\bwhich order\b/,
  waybill: /运单|快递单号|物流单号|退回单号|\b(?:tracking|waybill)\b/,
  item: /哪(?:件|款|个|双|顶|一件|一款)|少了(?:什么|哪)|缺(?:什么|了哪|哪|的是)|什么(?:商品|产品|款)|\bwhich (?:item|one|product|jacket|shoe|tent|part)|\bwhat(?:'s| is) missing\b|\bmissing item\b/,
  reason: /原因|为什么|怎么(?:了|回事)|什么问题|哪里不(?:满意|合适|喜欢)|不(?:喜欢|合适|满意)的地方|\b(?:why|reason|what (?:went|is|was|seems) (?:wrong|the (?:problem|matter|issue))|what happened|didn't (?:you )?like)\b/,
  condition: /穿过|试穿|下过?水|洗过?|吊牌|完好|影响二次|使用过|用过|拆(?:封|开)|\b(?:worn|washed|tags?|unused|used it|condition|outdoors)\b/,
  date: /什么时候|几号|哪天|何时|多久(?:前|之前|了)|日期|签收时间|\b(?:when|what (?:date|day)|which (?:date|day)|how long ago)\b/,
  photo: /照片|图片|截图|拍(?:一|张|下|个|几|照)|视频|\b(?:photo|picture|pic|screenshot|image|video)s?\b/,
  amount: /多少钱|金额|运费多少|花了多少|付了多少|\b(?:how much|amount|what did you pay|cost)\b/,
  age: /穿了(?:多久|几年)|用了(?:多久|几年)|买了(?:多久|几年)|几年|哪年|\b(?:how old|how long have you (?:had|owned|worn|used)|what year)\b/,
  size: /(?:尺码|码数|尺寸|几码|多大码|换(?:成)?(?:多|什么|哪)|什么码|哪个码|要.{0,3}码)|\b(?:what|which) size\b|\bsize (?:do|did|are|would)\b/,
  body: /身高|体重|胸围|脚长|三围|肩宽|\b(?:height|weight|chest|foot length|how tall|measurements?)\b/,
  fit: /宽松|合身|修身|里面.{0,2}(?:穿|套|加)|内搭|叠穿|\b(?:loose|snug|slim|layer|fit do you|wear (?:it )?under)/,
  use: /用途|什么场景|去哪|做什么用|怎么(?:弄|划|破|穿|用)的|路线|\b(?:what (?:do|will|are) you (?:use|using|do)|where (?:will|are) you|how did (?:it|that) happen|what kind of trip)\b/,
  address: /地址|寄到|收货(?:信息|人)|\b(?:address|where should (?:we|i) (?:send|ship))\b/,
  phone: /电话|手机号?|联系方式|怎么联系您|\b(?:phone|number to call|reach you)\b/,
  title: /抬头|公司名|名称|个人还是(?:企业|公司|单位)|\b(?:company name|invoice (?:title|name)|name on the invoice|billed to)\b/,
  tax: /税号|纳税人|信用代码|\b(?:tax|vat) (?:number|no|id)\b/,
  email: /邮箱|电子邮件|\be-?mail\b/,
  urgency: /急(?:用|不|着|吗)|什么时候(?:要|用|需要|出发|走)|赶(?:时间|着)|\b(?:urgent|need it (?:by|for)|when do you (?:need|leave|travel)|deadline|in a hurry)\b/,
  wish: /(?:希望|想要?|期望|诉求|倾向)(?:怎么|我们|得到|如何|什么|哪)|怎么处理.{0,4}(?:满意|合适|好)|什么(?:诉求|要求)|\b(?:what would you (?:like|prefer)|how would you like|what can (?:we|i) do to|what outcome)\b/,
  promo: /哪(?:个|种|张)(?:活动|券|红包|优惠)|什么(?:活动|券|优惠)|哪里看到|在哪看|\b(?:which (?:coupon|promotion|offer|code)|what (?:coupon|code|promotion)|where did you see)\b/,
  colour: /颜色|什么色|哪个色|\b(?:colou?r)\b/,
};

export const ACTION_WORDS: Readonly<Record<Action, RegExp>> = {
  resend: /补发|重发|补寄|重新(?:给您)?(?:发|寄)|再(?:给您|帮您|为您)?(?:发|寄|补)(?:一|出|您)|\b(?:re-?send|re-?ship|replacement|send (?:you )?(?:a new|another|the missing|out the missing))/,
  refund: /退款|不退(?!货|换)|退定金|定金.{0,6}退|能退(?!货|换)|可以退(?!货|换)|全额退|退全款|退钱|退给您|原路退|\b(?:refund|money back)\b/,
  return: /退货|不退|能退|可以退|寄回(?:来|给|就|到|退)|上门取|取件|退回来|\b(?:return (?:it|them|label|this|is|window|the)|send (?:it|them) back|prepaid label|pick ?up)\b/,
  exchange: /换货|换(?:一?个|一?件|一?双|成|大|小|新|码|[smlx\d])|调换|帮您换|给您换|\b(?:exchange|swap)\b/,
  repair: /维修|返修|修(?:补|复|好|一下|理)|换(?:拉链|面料|拉头)|检测|\b(?:repair|mend|fix (?:it|the)|new zip)\b/,
  coupon: /优惠券|元券|无门槛|补偿券|红包|代金券|\b(?:coupon|voucher|store credit)\b/,
  'part-refund': /部分退|退(?:您|你)?补?\s?\d+(?:\.\d+)?\s?(?:元|块)|补偿(?:您|你)?\s?\d+|\b(?:partial refund|refund (?:you )?(?:¥|rmb ?|\$)?\d+)/,
  'price-difference': /价保|保价|差价|补差|\b(?:price (?:difference|protection|match)|refund the difference)\b/,
  chase: /催(?:件|促|一?下|了|物流|快递|网点|派)|核实物流|(?<!您|你|自己|去)联系(?:了)?(?:快递|顺丰|圆通|京东|物流|网点|站点)|查(?:件|物流)|\b(?:chas(?:e|ing)|trace|tracing|contact(?:ed|ing)? the (?:courier|carrier|depot))\b/,
  intercept: /拦截|截回|截住|\bintercept/,
  cancel: /(?:帮|给|为)您取消|取消(?:订单|这单|掉|好|了|成功)|已(?:经)?取消|关闭订单|\bcancel(?:led|ed|ling)?\b/,
  'change-address': /(?:改|换|修改|更新|变更)(?:好|成|为|一下|了)?(?:收货)?(?:地址|到新)|地址.{0,8}(?:改|换|更新)(?:好|成|为|了|过)?|\b(?:chang(?:e|ed|ing)|updat(?:e|ed|ing)) (?:the |your |it to |to )?(?:shipping |delivery |new )?address|address (?:is|has been) (?:changed|updated)\b/,
  schedule: /定时发|预约发|约(?:定|好)?.{0,6}发货|(?:改|延|推迟|安排)(?:到|至|在)?.{0,10}(?:发货|发出|再发)|暂缓发|先不发|\b(?:schedul|hold (?:the|your) (?:parcel|order|shipment)|ship(?:ped)? (?:it )?on|dispatch (?:it )?on)/,
  invoice: /开(?:具|好|一张|出)?.{0,6}发票|发票.{0,10}(?:开|发|重开|寄|送)|红冲|重开|\b(?:issue|send|re-?issue|correct|cancel and reissue)\w* .{0,20}invoice|invoice (?:will|is|has)/,
  freight: /运费(?:险)?.{0,6}(?:我们|店铺|店里|由|补|退|承担|报|赔|给您|到账)|(?:承担|补|出|报销|免)(?:您|您的|来回|往返|退回)?.{0,4}(?:运费|邮费)|包邮|\b(?:shipping (?:is )?on us|pay (?:for )?(?:the )?(?:return )?(?:shipping|postage)|cover (?:the )?(?:return )?(?:shipping|postage|freight)|free (?:return|shipping)|insur(?:ance|er) (?:pays|will pay))/,
  'trade-in': /以旧换新|旧(?:衣|鞋|物|款|的).{0,6}(?:抵|换|收|折)|抵扣?\s?\d+|\btrade[- ]?in\b/,
  lead: /主管|组长|负责人|店长|升级(?:处理|给|到)|\b(?:my (?:lead|manager|supervisor)|team lead|escalat)/,
};

/** A clause in which the rep gives or sends asks for nothing. */
export const GIVING = /(?:给|发)(?:您|你)(?!.*(?:[?？吗呢]|方便))|\bi(?:'ll| will|'ve| have|'m) (?:send|sent|sending|give|share)/;
/** Words after which another clause begins without a comma. */
export const TURN = /(?=只能|但|不过)|\b(?=but\b)/g;

/** A clause with one of these takes its action back. */
export const REFUSAL = /不(?:退|换|补|赔|修)(?:的|哦|了|呢|款|货|$)|不能|无法|没法|没办法|不支持|不可以|不给(?!您添)|不予|不提供|不符合|不在.{0,4}范围|超(?:过|出)?.{0,6}(?:期|天)(?:了|不)|办不了|做不了|退不了|换不了|修不了|\b(?:cannot|can't|can not|unable|won't|will not|not able|do not offer|don't offer|not eligible|not possible|no longer)\b/;

export const FEELING = /理解您|能理解|着急|添麻烦|久等|担心|换(?:作|做|成)我|影响(?:了|到)?您|耽误您|确实(?:让人|很|不)?(?:着急|恼火|失望|难受|不应该|闹心|扫兴)|失望|辛苦您跑|白跑|难过|心情|\b(?:understand (?:how|why|that|your|you)|frustrat\w*|disappoint\w*|must (?:be|have been)|inconvenien\w*|can see why|annoying|worr(?:y|ied|ying)|waited? (?:so |this )?long|let you down|in your place)\b/;
export const APOLOGY = /抱歉|不好意思|对不起|见谅|\b(?:sorry|apolog\w*)\b/;
export const DEADLINE = /(?:今天|明天|后天|今晚|明早|本周|周[一二三四五六日末]|\d{1,2}(?:点|[:：]\d\d|号|日)|[\d一二两三四五六七八九十半]+ ?个?(?:分钟|小时|工作日|天))[^?？]{0,12}(?:前|内|发|答复|回复|回电|联系您|给您|到账|寄出|送|安排|取件|出结果|更新|处理|跟您|完成)|(?:最晚|最迟|预计).{0,4}(?:今|明|后|周|\d)|\b(?:by|before|within|no later than|until) (?:the end of )?(?:today|tonight|tomorrow|noon|\w+day|\d{1,2}(?:[:.]\d\d)? ?(?:am|pm|o'clock|min\w*|h\w*|day\w*|working|business)?|an hour|one|two|three)|\b(?:today|tonight|tomorrow)\b.{0,40}(?:ship|send|call|reply|update|go|out)|\b(?:ship|send|call|reply|update|go|goes|out|back)\w*\b.{0,40}\b(?:today|tonight|tomorrow)\b|\bin \d+ (?:min\w*|hours?|days?)\b/;
export const CHOICE = /由您(?:选|定|决定)|您选|二选一|任选|您(?:更|比较)?(?:倾向|想要?|希望|方便)(?:哪|的?是)|.{1,24}还是.{1,24}(?:呢|都|您|由|$)|\b(?:your choice|up to you|whichever|either .+ or|would you (?:rather|prefer)|which (?:would|do) you (?:prefer|like)|or (?:would you|a (?:full )?refund|an exchange))/;
export const GREETING = /^(?:亲|亲亲|哈喽|嗨)?[,~ ]*(?:在的?|您好|你好|hi|hello|hey|早上好|下午好|晚上好|欢迎)|很高兴为您|有什么(?:可以|能)(?:帮|为)|how (?:can|may) i help|thanks for (?:contacting|reaching)/;
export const HOLD = /稍等|等(?:我)?(?:一下|一会|下)|我(?:先|来|去|帮您|给您|这边|马上)*(?:查|看(?!到|了|见|得)|核实|确认|问)(?:一?下|看|查)?|\b(?:one moment|just a (?:moment|second|minute)|let me (?:check|look|see|find)|bear with me|checking)\b/;
export const CLOSING = /还有(?:什么|其他|别的).{0,10}(?:帮|需要|问题)|祝您|感谢(?:您的)?(?:咨询|支持|光临)|\b(?:anything else|have a (?:nice|great|good|lovely))\b/;
