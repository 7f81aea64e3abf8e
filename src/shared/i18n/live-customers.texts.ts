import type { TextRow } from './text-row.ts';

export const liveCustomerTexts = {
  'liveCustomers.title': ['模拟顾客', '模擬顧客', 'Live customers'],
  'liveCustomers.intro': ['演示店铺的顾客会写消息进来，读您的回复并作出反应。他们都是虚构的，消息不会离开本机。', '演示店鋪的顧客會寫訊息進來，讀您的回覆並作出反應。他們都是虛構的，訊息不會離開本機。', 'Customers of the demo shop write in, read your replies and react. They are made up, and nothing leaves this machine.'],
  'liveCustomers.pace': ['来客速度', '來客速度', 'Pace'],
  'liveCustomers.pace.slow': ['清闲：约两分半一位', '清閒：約兩分半一位', 'Slow: one every 2½ minutes'],
  'liveCustomers.pace.normal': ['平常：约 50 秒一位', '平常：約 50 秒一位', 'Normal: one every 50 seconds'],
  'liveCustomers.pace.busy': ['忙碌：约 12 秒一位', '忙碌：約 12 秒一位', 'Busy: one every 12 seconds'],
  'liveCustomers.count': ['人数', '人數', 'Customers'],
  'liveCustomers.language': ['使用语言', '使用語言', 'They write'],
  'liveCustomers.language.all': ['中文和英文', '中文和英文', 'Chinese, English'],
  'liveCustomers.language.zh': ['只用中文', '只用中文', 'Chinese only'],
  'liveCustomers.language.en': ['只用英文', '只用英文', 'English only'],
  'liveCustomers.start': ['请顾客进店', '請顧客進店', 'Let them write in'],
  'liveCustomers.progress': ['已离开 {{ended}} / {{total}} 位', '已離開 {{ended}} / {{total}} 位', '{{ended}} of {{total}} are done'],
} as const satisfies Record<string, TextRow>;
