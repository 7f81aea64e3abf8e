/** Our own short lists, by strength. Words of the phrase groups (投诉, 退款, 谢谢…) are absent: they are scored there. */
const ZH: [number, string][] = [
  [-2, '骗子 骗人 诈骗 黑心 坑人 坑爹 恶心 垃圾 无耻 气死 欺负 欺骗 忍无可忍 滚 去死 王八蛋 混蛋 他妈 傻逼 tmd 奸商 丧良心 缺德 恶劣 假货 气炸 火大 愤怒 太过分 过分 耍我 耍人 忽悠 糊弄 敷衍 推卸 踢皮球 极差 差劲 差到 烂透 太烂 坑我 离大谱 没人性 不要脸 丢人 心寒 寒心'],
  [-1, '失望 生气 不满 不满意 不爽 糟糕 烦 烦死 着急 急死 崩溃 难受 郁闷 讨厌 后悔 吐槽 太慢 好慢 慢死 很慢 太差 很差 质量差 服务差 态度差 差评 不靠谱 离谱 无语 受不了 受够 够了 坏了 破了 开线 脱线 掉色 发霉 臭 脏 瑕疵 破损 少发 漏发 错发 发错 没用 不管 没人管 不理 没人理 不回 拖 拖着 拖了 一拖再拖 搞什么 什么意思 怎么回事 凭什么 到底 麻烦死 浪费时间 浪费 白等 不负责 不专业 推脱 骗 坑 假的 退步 变差 影响心情 糊涂 服了 呵呵 真行 厉害了 可笑 好笑吗 开玩笑吗 有病 笑死 等了 还没 一直没 没收到 没人 催 迟迟 又坏 又错 不认账 说话不算话 不像话 像话吗'],
  [1, '满意 喜欢 不错 很好 挺好 真好 太好了 好用 好看 漂亮 舒服 合适 开心 高兴 放心 贴心 耐心 专业 靠谱 给力 点赞 优秀 方便 理解 没关系 没事 不急 不着急 慢慢来 好的 好滴 好哒 可以的 行的 嗯嗯 ok 收到 明白 懂了 知道了 哈哈 期待 推荐 赞 辛苦'],
  [2, '非常满意 很满意 超喜欢 太棒 完美 感动 爱了 惊喜 超级好 特别好 好评'],
];

const EN: [number, string][] = [
  [-2, 'scam scammed scammers fraud thieves disgusting pathetic awful terrible horrible worst garbage trash rubbish furious outraged outrageous livid liar liars lying unacceptable hate crap bullshit damn hell shame disgraceful disgrace appalling idiots stupid insulting crooks rip-off ripoff useless incompetent'],
  [-1, 'disappointed disappointing annoyed annoying angry upset frustrated frustrating bad poor broken damaged defective faulty wrong late slow waiting delayed ignored ignoring missing lost fail failed failing ridiculous unhappy sad tired sick mess dirty torn cheap joke excuses excuse waste wasted nonsense rude unhelpful unprofessional confusing problem problems issue issues still unbelievable complain dissatisfied unsatisfied worse lie lied cheated misled fobbed runaround nobody'],
  [1, 'good nice great happy glad fine okay ok love lovely helpful cool works working fast quick comfortable pretty pleased satisfied appreciate kind friendly easy correct understand understood sure haha lol welcome cheers'],
  [2, 'excellent amazing perfect awesome wonderful fantastic brilliant best delighted superb'],
];

function weigh(lists: [number, string][]): Map<string, number> {
  return new Map(lists.flatMap(([weight, words]) => words.split(' ').map((word): [string, number] => [word, weight])));
}

export const ZH_WORDS: ReadonlyMap<string, number> = weigh(ZH);
export const EN_WORDS: ReadonlyMap<string, number> = weigh(EN);
