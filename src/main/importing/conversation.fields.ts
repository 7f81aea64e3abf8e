import { blankableField, dateField, idField, optional, required, scoreField, wordField, type RowOf } from './field-table.ts';

/** How the sides of a conversation are written in exports. */
export const ROLE_SPELLINGS = {
  customer: ['buyer', 'user', 'client', 'visitor', 'contact', '买家', '買家', '客户', '客戶', '顾客', '顧客', '用户'],
  rep: ['agent', 'seller', 'staff', 'servicer', 'operator', '客服', '卖家', '賣家', '商家', '人工客服'],
  bot: ['robot', 'assistant', '机器人', '機器人', '智能客服', '店小蜜'],
  system: ['event', 'notice', '系统', '系統', '系统消息'],
} as const;

/** One message a row (CSV, XLSX or JSONL). */
export const MESSAGE_FIELDS = {
  conv_id: idField(required('conversation_id', 'session_id', 'chat_id', 'dialog_id', '会话id', '会话编号', '会话号', '對話編號', '聊天id')),
  msg_id: idField(optional('message_id', '消息id', '消息编号', '訊息編號')),
  ts: dateField(required('sent_at', 'time', 'timestamp', 'datetime', 'date', 'at', '时间', '時間', '发送时间', '發送時間', '消息时间')),
  role: wordField(required('sender_type', 'sender_role', 'from_type', '角色', '发送方', '發送方', '发送者类型', '身份'), ROLE_SPELLINGS),
  text: blankableField(required('content', 'message', 'body', '内容', '內容', '消息内容', '訊息內容', '聊天内容')),
  author: idField(optional('sender', 'from', '发送人', '发送者', '發送者')),
  author_name: idField(optional('sender_name', 'nick', 'name', '昵称', '暱稱', '买家昵称')),
  customer_id: idField(optional('buyer_id', 'user_id', 'client_id', '买家id', '客户id', '客户编号', '客戶編號', '会员id', '会员编号', 'openuid')),
  channel: idField(optional('platform', '渠道', '平台')),
  order_id: idField(optional('order_no', '订单号', '訂單號', '订单编号')),
  state: wordField(optional('status', '状态', '狀態'), { open: ['pending', '进行中', '未结束'], closed: ['resolved', 'done', '已结束', '已关闭'] }),
  csat: scoreField(optional('satisfaction', 'rating', '满意度', '滿意度', '评价')),
};
export type MessageRow = RowOf<typeof MESSAGE_FIELDS>;

/** The outer object of one conversation a line (JSONL). */
export const CONVERSATION_FIELDS = {
  id: idField(optional('conversation_id', 'conv_id', 'session_id')),
  channel: idField(optional()),
  customerId: idField(optional('customer_id', 'buyer_id', 'user_id')),
  customerName: idField(optional('customer_name', 'nick')),
  openedAt: dateField(optional('opened_at', 'created_at')),
  csat: scoreField(optional()),
  state: wordField(optional('status'), { open: ['pending'], closed: ['resolved', 'done'] }),
};
export type ConversationRow = RowOf<typeof CONVERSATION_FIELDS>;

/** One element of `turns`. */
export const TURN_FIELDS = {
  id: idField(optional('msg_id', 'message_id')),
  role: wordField(required('sender_type'), ROLE_SPELLINGS),
  text: blankableField(required('content', 'message')),
  at: dateField(optional('ts', 'time', 'sent_at', 'timestamp')),
};
export type TurnRow = RowOf<typeof TURN_FIELDS>;
