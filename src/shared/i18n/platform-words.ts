import { UI_LANGUAGES, type UiLanguage } from './language.ts';
import type { TextRow } from './text-row.ts';

/** Words that Chinese platforms write into orders and after-sale cases; they are stored as they came and only shown in the reader's language. */
const PLATFORM_WORDS: readonly TextRow[] = [
  ['待付款', '待付款', 'Waiting for payment'],
  ['已付款', '已付款', 'Paid'],
  ['待发货', '待出貨', 'Waiting to ship'],
  ['已发货', '已出貨', 'Shipped'],
  ['已揽收', '已攬收', 'Picked up'],
  ['运输中', '運輸中', 'In transit'],
  ['派送中', '派送中', 'Out for delivery'],
  ['已签收', '已簽收', 'Delivered'],
  ['交易成功', '交易成功', 'Completed'],
  ['交易关闭', '交易關閉', 'Closed'],
  ['已取消', '已取消', 'Cancelled'],
  ['退款中', '退款中', 'Refund under way'],
  ['已退款', '已退款', 'Refunded'],
  ['部分退款', '部分退款', 'Partly refunded'],
  ['退货退款', '退貨退款', 'Return and refund'],
  ['仅退款', '僅退款', 'Refund only'],
  ['换货', '換貨', 'Exchange'],
  ['维修', '維修', 'Repair'],
  ['补发', '補發', 'Resend'],
  ['价保', '價保', 'Price protection'],
  ['以旧换新', '以舊換新', 'Trade-in'],
  ['已完成', '已完成', 'Done'],
  ['买家撤销', '買家撤銷', 'Withdrawn by the buyer'],
  ['商家拒绝', '商家拒絕', 'Refused by the shop'],
  ['待商家处理', '待商家處理', 'Waiting for the shop'],
  ['待买家寄回', '待買家寄回', 'Waiting for the return'],
  ['待买家确认', '待買家確認', 'Waiting for the buyer'],
  ['待验货', '待驗貨', 'Waiting for inspection'],
  ['待配面料', '待配面料', 'Waiting for fabric'],
  ['待商家发货', '待商家出貨', 'Waiting for the shop to ship'],
  ['待补发', '待補發', 'Waiting to be resent'],
  ['待核对重量', '待核對重量', 'Weight to be checked'],
  ['平台介入中', '平台介入中', 'With the platform'],
  ['维修中', '維修中', 'Under repair'],
  ['补发已发出', '補發已寄出', 'Resent'],
  ['退货运输中', '退貨運輸中', 'Return in transit'],
  ['换货运输中', '換貨運輸中', 'Exchange in transit'],
  ['顺丰速运', '順豐速運', 'SF Express'],
  ['圆通速递', '圓通速遞', 'YTO Express'],
  ['中通快递', '中通快遞', 'ZTO Express'],
  ['申通快递', '申通快遞', 'STO Express'],
  ['韵达快递', '韻達快遞', 'Yunda Express'],
  ['极兔速递', '極兔速遞', 'J&T Express'],
  ['京东物流', '京東物流', 'JD Logistics'],
  ['邮政快递', '郵政快遞', 'China Post'],
  ['德邦快递', '德邦快遞', 'Deppon Express'],
  ['青铜会员', '青銅會員', 'Bronze member'],
  ['白银会员', '白銀會員', 'Silver member'],
  ['黄金会员', '黃金會員', 'Gold member'],
  ['铂金会员', '鉑金會員', 'Platinum member'],
  ['钻石会员', '鑽石會員', 'Diamond member'],
];

const rows = new Map(PLATFORM_WORDS.flatMap((row) => [[row[0], row], [row[1], row]] as const));

/** A status, carrier or tier of the platform in this language; any other text as it is. */
export function platformWord(text: string, language: UiLanguage): string {
  return rows.get(text)?.[UI_LANGUAGES.indexOf(language)] ?? text;
}
