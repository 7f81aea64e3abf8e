// What customers and reps of an outdoor clothing shop write; made up for the benchmark. Frequent words stand first: they are drawn by rank.

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

function lines(text: string): readonly string[] {
  return text.trim().split('\n').map((line) => line.trim());
}

/** Words that fill `{name}` in a sentence. */
export const ZH_SLOTS: Readonly<Record<string, readonly string[]>> = {
  fabric: words('冲锋 抓绒 羽绒 速干 软壳 棉服 防晒 加绒 羊毛 亚麻 尼龙 涤纶 牛津布 灯芯绒 三合一 硬壳 弹力 防风 防泼水 纯棉 莱卡 天丝 摇粒绒 鹅绒 全压胶 透气膜 针织 牛仔 珊瑚绒 帆布 再生纤维 竹纤维'),
  item: words('衣 外套 裤 夹克 帽 手套 背心 T恤 卫衣 短裤 长裤 围巾 袜子 登山鞋 背包 睡袋 帐篷 雨衣 马甲 衬衫 打底衫 徒步鞋 溯溪鞋 头巾 腰包 登山杖 水壶 护膝 头灯 防潮垫 收纳袋 保温杯 天幕 折叠椅 炉头 餐具 营地灯 鞋垫 雪套 速降绳'),
  colour: words('黑色 白色 灰色 藏青 卡其 军绿 酒红 雾蓝 米白 橘色 粉色 紫色 姜黄 天蓝 墨绿 浅灰 深咖 荧光绿 拼色 迷彩 驼色 雪青 砖红 湖蓝'),
  size: words('L码 M码 XL码 S码 XXL码 165码 170码 175码 180码 42码 40码 38码 43码 36码 3XL 均码 加大码 儿童款130 儿童款140'),
  courier: words('顺丰 中通 圆通 韵达 京东 邮政 申通 极兔 德邦 菜鸟驿站 丰巢柜 跨越'),
  city: words('北京 上海 广州 深圳 杭州 成都 武汉 南京 西安 重庆 苏州 天津 长沙 郑州 青岛 沈阳 宁波 昆明 合肥 佛山 无锡 大连 福州 厦门 哈尔滨 济南 温州 南宁 长春 泉州 石家庄 贵阳 南昌 金华 常州 惠州 嘉兴 徐州 太原 烟台 兰州 乌鲁木齐 拉萨 呼和浩特 银川 西宁 海口 三亚 桂林 绍兴 台州 洛阳 襄阳 宜昌 岳阳 株洲 柳州 遵义 大理 丽江'),
  issue: words('破了 开线 掉色 起球 缩水 有味道 拉链坏了 太大了 太小了 有污渍 漏绒 色差大 少发了 发错了 线头多 脱胶 扣子掉了 不防水 变形了 鞋底开胶 袖口磨白 压胶起泡 绣标掉了 按扣松动 帽绳断了 粘扣不粘 内胆发霉 反光条脱落'),
  time: words('今天 明天 三天 一周 昨天 后天 两天 半个月 周末 月底 下周一 晚上八点 中午之前 大促期间 国庆前 双十一 年前 48小时 72小时 七天 十五天 一个月'),
  promo: words('满减 优惠券 价保 会员价 赠品 预售定金 店铺红包 百亿补贴 直播价 新人券 跨店满减 尾款 生日礼 老客专享 返现 积分兑换 以旧换新 买二送一'),
  service: words('退款 换货 退货 维修 发票 运费险 改地址 补发 催发货 查物流 取消订单 修改尺码 开专票 补差价 上门取件 质检 延保 保价'),
  feeling: words('谢谢 着急 麻烦了 有点失望 很满意 不太放心 太慢了 挺好的 受不了了 无语 生气 还行 感谢 辛苦了 放心了 郁闷 不开心 惊喜'),
  place: words('领口 袖口 左肩 后背 下摆 口袋 帽檐 膝盖 腋下 前襟 鞋头 脚后跟 腰头 门襟 内衬 肩带 包底 拉头'),
  scene: words('爬山 徒步 通勤 露营 滑雪 跑步 骑车 出差 钓鱼 旅游 送礼 上班 学校活动 海边 高原 下雨天 零下十度 沙漠 溯溪 自驾'),
  relation: words('老公 妈妈 爸爸 孩子 女朋友 男朋友 同事 自己 朋友 婆婆 弟弟 奶奶 闺蜜 老师 领导 儿子 女儿 岳父'),
  surname: words('王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 曾 彭 吕 苏 卢 蒋 蔡 贾 丁 魏 薛 叶 阎 余 潘 杜 戴 夏 钟 汪 田 任 姜 范 方 石 姚 谭 廖 邹 熊 金 陆 郝 孔 白 崔 康 毛 邱 秦 江 史 顾 侯 邵 孟 龙 万 段 雷 钱 汤 尹 黎 易 常 武 乔 贺 赖 龚 文'),
  given: words('伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 霞 平 刚 桂 鹏 飞 玲 红 雪 琳 晨 宇 浩 然 欣 怡 梓 涵 子 轩 雨 桐 思 远 嘉 懿 煜 城 泽 语 诗 婷 若 曦 昊 天 锦 程 弘 文 烨 伟 苑 博 绍 辉 皓 峻 彦 祺 鑫 磊 菲 萱 蕊 薇 蓓 岚 荷 翠 雁 蓉 君 琴 蕾 竹 霭 凝 晓 欢 霄 枫 芸 菱 寒 伊 亚 宜 可 姬 舒 影 荔 枝 思'),
  district: words('朝阳 浦东 天河 南山 西湖 武侯 江汉 鼓楼 雁塔 渝北 工业园 和平 岳麓 金水 市南 沈河 鄞州 五华 蜀山 顺德 滨湖 中山 台江 思明 南岗 历下 鹿城 青秀 南关 丰泽 裕华 云岩'),
  road: words('人民路 解放路 中山路 建设大道 学府街 滨江东路 和平里 科技园 文化路 迎宾大道 长江路 黄河路 朝阳街 新华路 胜利街 花园路 体育西路 光明巷 幸福里 梧桐街 银杏路 凤凰山路 龙井路 桃源村 望京街 古北路 五一广场 莲花池 翠竹路 白云路'),
  part: words('拉链 面料 里料 魔术贴 帽子 抽绳 鞋底 鞋带 扣子 压胶条 肩带 吊牌 防水膜 包装 尺码标 充绒 绣花 水洗标 内胆 钩扣'),
  measure: words('肩宽 胸围 衣长 袖长 腰围 臀围 裤长 脚长 身高 体重 净重 容量'),
};

export const EN_SLOTS: Readonly<Record<string, readonly string[]>> = {
  item: words('jacket pants boots backpack fleece shirt tent gloves parka vest raincoat hoodie leggings socks beanie poncho hammock stove headlamp shorts duffel gaiters sandals'),
  colour: words('black grey navy green red blue khaki orange white purple teal burgundy mustard charcoal'),
  size: words('M L XL S XXL 42 38 40 44 XS tall petite'),
  courier: words('DHL FedEx UPS EMS Aramex SF-Express USPS Hermes'),
  city: words('London Berlin Toronto Sydney Singapore Dubai Paris Oslo Boston Seattle Dublin Melbourne Madrid Lisbon Vancouver Tokyo Denver Austin Zurich Helsinki Warsaw Prague'),
  issue: words('torn damaged missing faded leaking defective stained mislabelled loose shrunk scratched broken'),
  time: words('today tomorrow yesterday Monday Friday weekend shortly overnight Thursday December'),
  promo: words('coupon discount voucher bundle gift rebate cashback points'),
  service: words('refund exchange return repair invoice replacement cancellation warranty inspection'),
  feeling: words('thanks please disappointed urgent great unhappy confused appreciated annoyed'),
  part: words('zipper lining seam strap button sole hood cuff pocket buckle label waistband insole'),
  surname: words('Smith Jones Brown Taylor Wilson Davies Evans Thomas Johnson Roberts Walker Wright Robinson Thompson White Hughes Edwards Green Hall Wood Harris Martin Cooper King Lee Clarke Baker Patel Khan Moreau Schmidt Rossi Novak Silva Kowalski Nielsen Ivanov Yamada'),
  scene: words('hiking camping skiing commuting running travel fishing cycling climbing kayaking'),
};

export const ZH_CUSTOMER = lines(`
  {fabric}{item}有没有{colour}的{size}
  我的快递怎么还没到，{courier}单号{waybill}
  {fabric}{item}穿了{time}就{issue}，怎么处理
  想{service}，怎么操作
  这件{fabric}{item}身高{height}体重{weight}斤穿多大码
  {time}能发货吗，我{scene}要穿
  订单{order}申请{service}，什么时候到账
  你们这个{promo}怎么用不了
  买完{time}就降价了，能退差价吗
  {place}的地方{issue}，可以给换一件吗
  帮我把地址改成{city}{district}区{road}{number}号，{surname}{given}收
  {item}洗了一次就{issue}，质量也太差了
  能开发票吗，抬头是{city}{surname}{given}商贸
  {courier}送到哪里了，{city}这边{time}能到不
  给{relation}买的{colour}{item}，不合适能退吗
  这款{item}适合{scene}穿吗
  客服在吗，{feeling}
  {part}坏了可以寄回来修吗，运费谁出
  已经等了{time}了还不发货，我要投诉
  退货的运费险什么时候赔
  {fabric}{item}和{fabric}{item}哪个更保暖
  尺码表的{measure}{number}厘米是平铺量的吗
  买的{size}太大，想换{size}的{colour}
  收到的{colour}{item}跟图片色差好大
  {surname}{given}的包裹，{courier}说没找到
  请问{sku}还补货吗
  {relation}生日送的，能不能写张卡片
  {part}和{part}是什么材质
  你好，{promo}可以和{promo}一起用吗
  上次那个{surname}姓客服答应{time}给我回复的
  一共付了{price}元，怎么只退了一部分
  {item}闷不闷，{scene}会不会出汗
  我{time}就要去{city}了，能不能加急
  签收的时候{part}{issue}，有照片
  没有{size}了吗，{city}门店有没有货
  {fabric}的怎么洗，能机洗吗
  这个{item}多重，能放进{number}升的包吗
  再不处理我就去平台投诉
  {sku}的{colour}什么时候有
  有没有人啊，问了{number}遍了
`);

export const ZH_REP = lines(`
  亲，{fabric}{item}{colour}的{size}有现货，{time}可以发出
  您的包裹由{courier}承运，单号{waybill}，预计{time}送达
  {fabric}{item}出现{issue}的情况，{time}内可以免费换新
  您好，{service}请在订单页点申请，审核后{time}处理
  身高{height}体重{weight}斤建议拍{size}，喜欢宽松拍大一码
  支持{time}价保，差价会原路退回
  {part}问题可以寄回维修，来回运费由我们承担
  {fabric}面料建议冷水手洗，不要暴晒和漂白
  {promo}和{promo}可以叠加，付款时自动抵扣
  {item}适合{scene}，透气和防风都不错
  非常抱歉给您添麻烦了，已经为您登记{service}
  电子发票{time}内开好，会发到您的邮箱
  已经帮您备注改到{city}{district}区{road}，请放心
  退货签收后{time}内由保险公司赔付运费险
  {sku}预计{time}补货，可以先点到货提醒
  {part}采用{fabric}工艺，{measure}误差在{number}厘米以内
  {city}仓发货，一般{time}到，偏远地区会慢一些
  {item}净重约{weight}克，收纳后可以放进{number}升背包
  送{relation}可以免费包装，另附手写卡片
  大促期间订单较多，{time}前付款的都会按顺序发出
  {place}磨损属于正常使用，可以付费修补，费用约{price}元
  您反馈的{part}{issue}已经转给质检，{time}给您答复
  会员等级按近一年消费计算，{price}元升一级
  {courier}不到的乡镇会转邮政，时效增加{time}
  鞋类试穿请在室内，鞋底有磨损不支持{service}
`);

export const EN_CUSTOMER = lines(`
  Do you have the {item} in {colour}, size {size}?
  Where is my parcel? {courier} number {waybill} has not moved since {time}
  The {part} of my {item} is {issue}, what can I do?
  I would like a {service} for order {order}
  Can you ship to {city} before {time}?
  My {promo} code does not work at checkout
  The {item} arrived {issue}, please send a {service}
  How do I wash the {colour} {item}?
  Is this {item} warm enough for {scene}?
  Please change the name on the label to {surname}, {city}
  You promised a {service} by {time}, still nothing
  Does {sku} come in {size}?
  Price dropped after I bought it, can I get the difference?
  {feeling}, any news about my {service}?
`);

export const EN_REP = lines(`
  The {colour} {item} in {size} is in stock and ships {time}
  Your parcel is with {courier}, number {waybill}, due {time}
  We repair a {issue} {part} free of charge within two years
  A {service} is refunded to the card you paid with in five days
  Sorry about the {issue} {item}, I have opened a {service} for you
  The {item} is fine for {scene} down to minus ten
  Orders to {city} take four to seven working days
  You can combine the {promo} with the {promo} at checkout
  Wash the {item} cold, no softener, and dry it flat
`);

export const ZH_OPENINGS = words('你好 亲 请问 麻烦问下 您好 哈喽 在吗 老板 客服 想问下 诶 打扰一下 急 那个');
export const ZH_ENDINGS = words('？ 谢谢 呢 啊 ， 急 吗？ 哦 。 呀 多谢了 ！ ～ 麻烦快点 在线等');
export const ZH_SHORT = words('在吗 好的 谢谢 可以 嗯嗯 不用了 收到 好的谢谢 什么时候 有人吗 多少钱 退款 能便宜点吗 发票 几点 知道了 行吧 包邮吗 不行 算了');
export const EN_SHORT = lines('ok thanks\nhello\nany update?\nyes please\nthank you\nno\nhow much?\nrefund please');

/** Second clauses, which make a log as varied as it is. */
export const ZH_TAILS: Readonly<Record<'customer' | 'rep', readonly string[]>> = {
  customer: lines(`
    ，{scene}用的
    ，{time}就要
    ，{colour}的也行
    ，上次买的{item}就{issue}
    ，{relation}等着穿呢
    ，我在{city}
    ，订单尾号{number}
    ，{courier}发吗
    ，{place}那里
    ，{fabric}的那款
    ，{surname}{given}下的单
    ，{measure}是{number}
    ，有{promo}吗
    ，平时穿{size}
    ，已经问过{surname}姓客服了
  `),
  rep: lines(`
    ，{city}仓有货
    ，{scene}也可以
    ，{time}回复您
    ，{place}需留余量
    ，编号{sku}
    ，不含{part}
    ，{measure}以实物为准
    ，{colour}除外
    ，限{fabric}系列
    ，{price}元起
  `),
};
export const EN_TAILS = lines(`
  for {scene}
  near {city}
  , {colour} one
  before {time}
  with the {promo}
  , model {sku}
`);
