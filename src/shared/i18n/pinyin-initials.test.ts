import { expect, test } from 'vitest';
import { createPinyin, initialsFit } from './pinyin-initials.ts';
import type { TextRow } from './text-row.ts';
import { texts } from './texts.ts';

const pinyin = createPinyin();
const letters = (text: string): string => pinyin.initials(text).map((one) => one[0] ?? '?').join('');

test.each([
  ['关闭会话', 'gbhh'], ['结束会话', 'jshh'], ['延后', 'yh'], ['加标签', 'jbq'], ['快捷键', 'kjj'], ['两分钟导览', 'lfzdl'], ['鎖定螢幕', 'sdym'], ['插入第 1 条推荐', 'crd1ttj'], ['ERP 对接', 'erpdj'],
])('%s is %s', (text, expected) => {
  expect(letters(text)).toBe(expected);
});

test('the first and the last syllables of every letter', () => {
  const wrong = Object.entries(EDGES).flatMap(([letter, characters]) => [...characters].filter((character) => pinyin.initials(character)[0]?.includes(letter) !== true).map((character) => `${letter} ${character}`));
  expect(wrong).toEqual([]);
});

test('a character with two readings is found by both', () => {
  expect([initialsFit(pinyin.initials('重新打开'), 'cx'), initialsFit(pinyin.initials('重新打开'), 'zx')]).toEqual(['start', 'start']);
});

test('at the start, inside, nowhere', () => {
  const initials = pinyin.initials('下一个最急的会话');
  expect(['xyg', 'zj', 'hh', 'jz', '', 'xygzjdhhx'].map((one) => initialsFit(initials, one))).toEqual(['start', 'inside', 'inside', null, null, null]);
});

test('every character of the Chinese texts has a first letter', () => {
  const without = Object.values<TextRow>(texts).flatMap(([hans, hant]) => [...hans, ...hant]).filter((character) => /\p{Script=Han}/u.test(character) && !/^[a-z]{1,2}$/.test(pinyin.initials(character)[0] ?? ''));
  expect(without).toEqual([]);
});

const EDGES = {
  a: '阿啊爱安按奥凹', b: '八把白班包被本比边表别部步不簿', c: '擦猜才参查产长车成吃冲出船错存撮', d: '搭答大代单到的得等地点订动对多堕', e: '鹅额恶恩儿而二', f: '发法翻反方飞分风否服付复覆', g: '嘎改干刚告个给跟更工购关规国过',
  h: '哈还海含好和很后户话换会货获', j: '击机及级价件交接结今进经就举具决军均', k: '卡开看考可客空口库快款亏困扩阔', l: '拉来蓝劳了类冷离里连联两列林零流录率论落', m: '妈马买满忙毛没每门面民明名命模某目', n: '拿那哪内能你年您宁牛弄女暖诺',
  o: '哦欧偶', p: '怕排盘跑配批片票品平破普曝', q: '七期其起气千前钱强桥切请求区取去全券缺却确群', r: '然让绕热人任仍扔日容肉如入软锐润若弱', s: '仨撒赛三散色森僧杀上少设身生时事收手首售书双谁说四送搜素算随岁损所锁', t: '他它塌台谈套特疼提天条贴听通同头图团推退托拓',
  w: '挖外完晚网为未位文问我无午物误', x: '夕西息系下先现线相想消小些写新信行姓休需续选学雪询训', y: '丫压亚言延演验样要也页一已以易意因引应用优由有又于与语预元员原月阅越云运韵', z: '匝杂再在赞早造则责怎增扎摘站张找者这真整正之知只直指至中种重周主注住转状追准着资子自总走租组最昨作做座',
};
