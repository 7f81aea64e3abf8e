import { countField, dateField, decimalField, idField, moneyField, optional, required, scoreField, textField, type RowOf } from './field-table.ts';
import { namesField, priceHistoryField, sizeChartField, specsField } from './product-cells.ts';

/** One item a row; rows of one order stand together and repeat the order's own columns or leave them blank. */
export const ORDER_FIELDS = {
  order_id: idField(required('order_no', 'order_number', 'order', 'invoice', 'trade_id', 'tid', '订单号', '訂單號', '订单编号', '訂單編號', '主订单编号', '单号', '交易编号')),
  customer_id: idField(required('customer', 'buyer_id', 'user_id', 'member_id', 'openuid', '买家id', '客户id', '客户编号', '客戶編號', '会员id', '会员编号', '買家編號', '买家编号', '顾客编号', '买家会员名', '買家會員名', '买家昵称', '買家暱稱', '买家旺旺', '客户', '买家')),
  paid_at: dateField(required('pay_time', 'payment_time', 'paid_time', 'order_date', 'date', 'time', '付款时间', '付款時間', '付款日期', '支付时间', '支付日期', '订单付款时间', '订单支付时间', '下单时间', '下单日期', '订单创建时间')),
  amount: moneyField(required('paid', 'paid_amount', 'payment', 'total', 'total_amount', '实付金额', '實付金額', '买家实际支付金额', '实付款', '实付', '實付', '支付金额', '订单金额', '金额', '总金额')),
  customer_name: idField(optional('buyer_nick', 'nick', 'buyer_name', '买家昵称', '買家暱稱', '买家会员名', '客户名称', '收货人')),
  platform_tier: idField(optional('tier', 'member_level', '会员等级', '會員等級', '平台等级')),
  status: idField(optional('order_status', '订单状态', '訂單狀態', '交易状态')),
  promo: idField(optional('promotion', 'coupon', '优惠', '活动', '优惠活动')),
  promised_ship_at: dateField(optional('ship_by', '承诺发货时间', '承諾發貨時間', '预计发货时间', '最晚发货时间')),
  waybill: idField(optional('tracking_no', 'tracking_number', '运单号', '運單號', '物流单号', '快递单号')),
  carrier: idField(optional('shipping_company', 'courier', '物流公司', '快递公司')),
  address: textField(optional('shipping_address', 'ship_to', '收货地址', '收貨地址', '地址')),
  item_title: idField(optional('item', 'product', 'product_title', 'title', '商品名称', '商品名稱', '商品标题', '宝贝标题', '标题')),
  item_sku: idField(optional('sku', 'sku_id', 'sku_code', '商家编码', '商家編碼', 'sku编码', '规格编码', '商品编码')),
  item_size: idField(optional('size', '尺码', '尺碼')),
  item_colour: idField(optional('colour', 'color', 'item_color', '颜色', '顏色')),
  item_batch: idField(optional('batch', '批次', '批次号', '批号')),
  item_price: moneyField(optional('price', 'unit_price', '单价', '單價', '商品价格', '商品单价')),
  item_quantity: countField(optional('quantity', 'qty', 'count', '数量', '數量', '购买数量', '宝贝总数量')),
};
export type OrderRow = RowOf<typeof ORDER_FIELDS>;

/** One batch of one SKU a row; the columns of product and SKU repeat or are left blank. */
export const PRODUCT_FIELDS = {
  product_id: idField(required('item_id', 'spu', 'spu_id', 'num_iid', '商品id', '商品编号', '商品編號', '货号', '款号', '宝贝id')),
  title: idField(required('product_title', 'name', 'product_name', '商品名称', '商品名稱', '商品标题', '标题', '宝贝标题', '名称')),
  category: idField(optional('类目', '類目', '分类', '商品类目')),
  brand: idField(optional('品牌')),
  description: textField(optional('desc', 'detail', '描述', '商品描述', '详情', '卖点')),
  price: moneyField(optional('product_price', '价格', '價格', '售价', '一口价', '吊牌价')),
  sku_id: idField(optional('sku', 'sku_code', 'sku编码', '商家编码', '規格編碼', '规格编码')),
  sku_colour: idField(optional('colour', 'color', 'sku_color', '颜色', '顏色')),
  sku_size: idField(optional('size', '尺码', '尺碼')),
  sku_price: moneyField(optional('sku价格', '规格价格')),
  sku_stock: countField(optional('stock', 'inventory', 'quantity', '库存', '庫存', '可售库存')),
  batch: idField(optional('batch_no', '批次', '批次号', '批号')),
  fabric_lot: idField(optional('lot', '面料批次', '缸号', '布料批次')),
  supplier: idField(optional('vendor', '供应商', '供應商')),
  colour_code: idField(optional('color_code', '色号', '色號')),
  stock_metres: decimalField(optional('stock_m', 'fabric_metres', '面料库存米数', '库存米数')),
  title_en: idField(optional('english_title', 'name_en', '英文名', '英文名称', '英文标题')),
  specs: specsField(optional('specifications', 'attributes', '规格参数', '規格參數', '商品参数', '商品属性')),
  specs_en: specsField(optional('specifications_en', '英文参数')),
  size_chart: sizeChartField(optional('sizes', 'size_table', '尺码表', '尺碼表', '尺寸表')),
  price_history: priceHistoryField(optional('prices', '价格历史', '價格歷史', '历史价格')),
};
export type ProductRow = RowOf<typeof PRODUCT_FIELDS>;

export const PROMOTION_FIELDS = {
  promotion_id: idField(required('promo_id', 'campaign_id', 'activity_id', '活动id', '活动编号', '活動編號')),
  title: idField(required('name', 'campaign', '活动名称', '活動名稱', '标题', '名称')),
  kind: idField(optional('type', '活动类型', '类型')),
  rule: textField(optional('rules', 'description', '活动规则', '規則', '规则', '优惠规则')),
  starts_at: dateField(optional('start', 'start_time', 'begin', '开始时间', '開始時間', '活动开始时间')),
  ends_at: dateField(optional('end', 'end_time', '结束时间', '結束時間', '活动结束时间')),
  terms: textField(optional('conditions', '使用条件', '使用條件', '活动条款', '限制条件')),
  applies_to: namesField(optional('products', 'scope', '适用商品', '適用商品', '适用范围', '参与商品')),
};

export const AFTER_SALE_FIELDS = {
  case_id: idField(required('after_sale_id', 'refund_id', 'refund_no', 'return_id', '退款编号', '退款編號', '售后单号', '售後單號', '售后编号')),
  customer_id: idField(required('customer', 'buyer_id', 'user_id', 'member_id', 'openuid', '买家id', '客户id', '客户编号', '客戶編號', '会员id', '会员编号', '買家編號', '买家编号', '顾客编号', '买家会员名', '买家昵称', '買家暱稱')),
  type: idField(required('kind', 'refund_type', 'after_sale_type', '售后类型', '售後類型', '退款类型', '类型')),
  order_id: idField(optional('order_no', 'order_number', 'tid', '订单号', '訂單號', '订单编号')),
  stage: idField(optional('status', 'state', '售后状态', '退款状态', '状态', '阶段')),
  reason: textField(optional('refund_reason', '退款原因', '售后原因', '原因', '買家退款原因')),
  amount: moneyField(optional('refund_amount', 'refund', '退款金额', '退款金額', '买家退款金额', '金额')),
  cost: moneyField(optional('shop_cost', '成本', '商家成本')),
  outcome: idField(optional('result', '结果', '處理結果', '处理结果')),
  opened_at: dateField(optional('created_at', 'apply_time', 'date', '申请时间', '申請時間', '退款申请时间', '创建时间')),
  closed_at: dateField(optional('finished_at', 'end_time', '完结时间', '完結時間', '完成时间', '退款完结时间')),
};
export type AfterSaleRow = RowOf<typeof AFTER_SALE_FIELDS>;

export const REVIEW_FIELDS = {
  score: scoreField(required('rating', 'stars', 'star', '评分', '評分', '星级', '星級')),
  text: textField(required('content', 'review', 'comment', '评价内容', '評價內容', '评论', '評論', '评价', '内容')),
  review_id: idField(optional('id', 'comment_id', 'rate_id', '评价id', '评价编号', '评论id')),
  customer_id: idField(optional('customer', 'buyer_id', 'user_id', 'member_id', 'openuid', '买家id', '客户id', '客户编号', '客戶編號', '会员编号', '买家会员名', '买家昵称', '買家暱稱')),
  order_id: idField(optional('order_no', 'order_number', 'tid', '订单号', '訂單號', '订单编号')),
  reviewed_at: dateField(optional('created_at', 'date', 'time', '评价时间', '評價時間', '评论时间', '时间')),
};
export type ReviewRow = RowOf<typeof REVIEW_FIELDS>;
