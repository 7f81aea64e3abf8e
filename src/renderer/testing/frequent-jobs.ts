/** One thing reps do all day, and the keys it takes. `typed` stands for words that differ each time and are not counted. */
export type FrequentJob = { id: string; title: string; titleZh: string; from: 'reply' | 'queue' | 'anywhere'; keys: readonly string[]; most: number };

/**
 * The ten most frequent jobs. A keystroke is one key going down, with whatever modifiers are held; a test presses exactly these
 * keys in a browser, counts what arrives and looks at what came of it.
 */
export const FREQUENT_JOBS: readonly FrequentJob[] = [
  { id: 'answer', title: 'Send a suggested answer', titleZh: '发送一条推荐回复', from: 'reply', keys: ['1', 'Enter'], most: 2 },
  { id: 'next', title: 'Go to the next most urgent conversation and its reply box', titleZh: '到下一个最急的会话', from: 'anywhere', keys: ['Mod+j'], most: 1 },
  { id: 'macro', title: 'Send a macro by its code', titleZh: '按代码发送快捷短语', from: 'reply', keys: [';', 'g', 'Enter', 'Enter'], most: 4 },
  { id: 'boundMacro', title: 'Insert a macro that has a key', titleZh: '插入有快捷键的短语', from: 'reply', keys: ['Alt+h'], most: 1 },
  { id: 'quote', title: 'Answer with the customer’s last message quoted', titleZh: '引用客户最后一条消息', from: 'reply', keys: ['Escape', 'q'], most: 2 },
  { id: 'close', title: 'Close as solved', titleZh: '以已解决结束会话', from: 'reply', keys: ['Escape', 'e', '1'], most: 3 },
  { id: 'snooze', title: 'Snooze for an hour', titleZh: '延后一小时', from: 'reply', keys: ['Escape', 'h', 'Enter'], most: 3 },
  { id: 'assign', title: 'Hand to the first colleague', titleZh: '转给第一位同事', from: 'reply', keys: ['Escape', 'a', '2'], most: 3 },
  { id: 'note', title: 'Write an internal note (its words not counted)', titleZh: '写一条内部备注（不算正文）', from: 'reply', keys: ['Escape', 'n', 'typed', 'Mod+Enter'], most: 3 },
  { id: 'command', title: 'Run any command by name (hand over: zgzz)', titleZh: '按名称执行任何命令（转给组长：zgzz）', from: 'reply', keys: ['Mod+k', 'z', 'g', 'z', 'z', 'Enter'], most: 6 },
];
