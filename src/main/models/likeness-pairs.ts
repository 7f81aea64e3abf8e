/** One thing a customer may say, twice in Chinese and twice in English: `[zh, the same in other words, en, the same in other words]`. */
export type LikenessRow = readonly [zh: string, zhOther: string, en: string, enOther: string];

/**
 * What the cosines of an added model are measured on; written for this. Thirty things that are nothing to do with one another, so that two sentences of one
 * row are related and those of two rows are not: thirty related pairs a language, sixty across.
 */
export const LIKENESS_ROWS: readonly LikenessRow[] = [
  ['退款什么时候能到账', '钱多久退回我卡里', 'When will my refund arrive?', 'How long until the money is back on my card?'],
  ['这件羽绒服可以机洗吗', '羽绒外套能不能放洗衣机里洗', 'Can this down jacket go in the washing machine?', 'Is the puffer coat machine washable?'],
  ['帮我改一下收货地址', '地址填错了，想换一个', 'Please change my delivery address', 'I typed the wrong address and need another one'],
  ['耳机连不上手机', '蓝牙耳机一直配对失败', 'The earbuds do not connect to my phone', 'Pairing the bluetooth headphones keeps failing'],
  ['有没有满减优惠券', '下单能用什么券吗', 'Do you have a coupon for bigger orders?', 'Is there a voucher I can use at checkout?'],
  ['猫粮的生产日期是哪天', '这袋猫粮新鲜吗，什么时候做的', 'What is the production date of this cat food?', 'When was this bag of cat food made?'],
  ['可以开专用发票吗', '公司报销要抬头发票', 'Can I get a company invoice?', 'I need a tax invoice with our company name on it'],
  ['我一米七穿什么码', '身高170该选多大号', 'I am 170 cm tall, which size fits?', 'What size should a person of 1.70 m take?'],
  ['快递三天没动了', '物流信息停在那里好几天', 'The parcel has not moved for three days', 'Tracking has been stuck for days'],
  ['收到的杯子碎了', '打开箱子杯子是破的', 'The mug arrived broken', 'I opened the box and the cup was smashed'],
  ['帐篷能住几个人', '这顶帐篷睡得下四个人吗', 'How many people fit in this tent?', 'Can four people sleep in the tent?'],
  ['会员积分怎么换礼品', '我的积分可以兑什么', 'How do I trade member points for gifts?', 'What can I redeem my points for?'],
  ['面霜敏感肌能用吗', '皮肤容易过敏，这个霜刺激吗', 'Is the cream fine for sensitive skin?', 'My skin reacts easily, does this moisturiser irritate it?'],
  ['取消订单', '不想要了，把单子撤掉', 'Cancel my order', 'I do not want it any more, please call the order off'],
  ['发错颜色了，我买的是黑的', '要黑色，来的却是白色', 'You sent the wrong colour, I bought black', 'I ordered black and got white'],
  ['保修几年', '坏了多长时间内免费修', 'How many years is the warranty?', 'For how long are repairs free?'],
  ['沙发送货上楼吗', '大件能搬到五楼家里吗', 'Do you carry the sofa upstairs?', 'Will the furniture be brought up to the fifth floor?'],
  ['买完就降价了，能退差价吗', '昨天买今天便宜了，补我差额', 'The price fell after I bought, do I get the difference?', 'It is cheaper today than yesterday, please refund the gap'],
  ['什么时候补货', '卖光的那款还会上架吗', 'When will it be back in stock?', 'Will the sold out one be listed again?'],
  ['客服态度太差，我要投诉', '刚才那人说话很难听，找你们经理', 'Your agent was rude and I want to complain', 'That person spoke terribly, get me a manager'],
  ['平板的电池能用多久', '这个平板充满一次撑几个小时', 'How long does the tablet battery last?', 'How many hours does one full charge of the tablet give?'],
  ['酸奶要放冰箱吗', '这款酸奶常温能存吗', 'Does the yogurt need a fridge?', 'Can this yoghurt be kept at room temperature?'],
  ['能寄到国外吗', '海外地址发不发货', 'Do you ship abroad?', 'Can you deliver to an address overseas?'],
  ['想做成礼物包装，写张贺卡', '送人的，麻烦包漂亮点附卡片', 'Please gift wrap it with a card', 'It is a present, wrap it nicely and add a note'],
  ['登山鞋防水吗', '下雨天穿这双徒步鞋会湿吗', 'Are these hiking boots waterproof?', 'Will my feet get wet in these trail shoes when it rains?'],
  ['账号登不上去', '密码对的却进不去', 'I cannot log in to my account', 'The password is right but it will not let me in'],
  ['早上好，在吗', '你好，有人吗', 'Good morning, anyone there?', 'Hello, is somebody here?'],
  ['谢谢，解决了', '好的没问题了，多谢', 'Thanks, that solved it', 'All good now, thank you'],
  ['灯泡是几瓦的', '这个灯的功率多大', 'How many watts is the bulb?', 'What is the power of this lamp?'],
  ['孩子三岁玩这个积木安全吗', '积木会不会被小朋友吞下去', 'Are the blocks safe for a three year old?', 'Could a toddler swallow these bricks?'],
];
