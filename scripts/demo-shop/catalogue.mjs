import { createRandom } from './random.mjs';
import { dayStart, isoTime, monthStart, REFERENCE_AT, seasonMonth } from './times.mjs';

const SEASONS = [2303, 2308, 2403, 2409, 2503, 2509, 2603];
const CUTS = { men: ['M', '男款', "men's"], women: ['W', '女款', "women's"], kids: ['K', '童款', "kids'"], unisex: ['U', '', ''] };
const SIZE_CODES = { 标准: 'STD', 加长: 'LNG' };
const both = (value) => (Array.isArray(value) ? value : [String(value), String(value)]);

/**
 * Every product of the lines: what the importer reads, and beside it what orders are drawn from (`line`, `cut`, `launchAt`, `prices`, `batchMonths`).
 */
export function buildProducts({ lines, charts, colours, suppliers, promotions }) {
  const random = createRandom('products');
  const counters = { lot: 100, batch: new Map() };
  return lines.flatMap((line) =>
    line.models.flatMap((model, index) => model[2].split('+').map((cut) => buildProduct({ line, model, number: index + 1, cut, charts, colours, suppliers, promotions, random, counters }))),
  );
}

function buildProduct({ line, model, number, cut, charts, colours, suppliers, promotions, random, counters }) {
  const [zh, en, , price, season, colourNames] = model;
  const [letter, zhCut, enCut] = CUTS[cut];
  const id = `${line.prefix}${String(number).padStart(2, '0')}${letter}`;
  const [chart, extra] = [model[6 + line.specs.length] ?? null, model[7 + line.specs.length] ?? []];
  const sizeChart = chartOf(line, chart, cut, charts);
  const months = batchMonths(season, random);
  const launchAt = monthStart(line.lots ? months[0] : season);
  const prices = priceHistory(price, line.promo, launchAt, promotions);
  const specs = specsOf(line, model, cut, extra);
  const product = {
    product_id: id,
    title: `${line.name.join(' ')} ${named(zh, line.noun[0], '')}${zhCut === '' || zh.includes('儿童') ? '' : ` ${zhCut}`}`,
    title_en: `${line.name[1]} ${named(en, line.noun[1], ' ')}${enCut === '' || en.includes('kids') ? '' : `, ${enCut}`}`,
    category: line.category[0],
    brand: '山屿户外',
    price,
    specs: Object.fromEntries(specs.map(({ zh: [name, value] }) => [name, value])),
    specs_en: Object.fromEntries(specs.map(({ en: [name, value] }) => [name, value])),
    ...(sizeChart === null ? {} : { size_chart: sizeChart }),
    price_history: prices.map(({ fromAt, toAt, yuan, promo }) => ({ from: isoTime(fromAt), ...(toAt === null ? {} : { to: isoTime(toAt) }), price: yuan, ...(promo === null ? {} : { promo }) })),
  };
  const batches = line.lots ? months.map((month) => ({ batch: `B${month}-${nextBatch(counters, month)}`, month })) : [];
  const skus = colourNames.split('/').flatMap((colour) => skusOf({ id, line, colour, sizes: sizeChart?.map(({ size }) => size) ?? [null], batches, colours, suppliers, random, counters }));
  return { ...product, skus, line, cut, launchAt, prices, batches };
}

/** The name with the line's noun, unless it is whole by itself. */
function named(name, noun, gap) {
  if (name.startsWith('=')) return name.slice(1);
  return noun === '' ? name : `${name}${gap}${noun}`;
}

function chartOf(line, override, cut, charts) {
  const kind = override ?? line.chart;
  if (kind === null) return null;
  const chart = charts[`${kind}-${cut}`] ?? charts[kind];
  const ease = kind === 'top' ? line.ease : 0;
  return chart.sizes.map((size, index) => ({
    size,
    measures: Object.fromEntries(chart.measures.map(([name, ...values]) => [name, values[index] + (name === '胸围' ? ease : 0)])),
    ...Object.fromEntries(['height', 'weight', 'chest'].flatMap((name) => (chart[name] === undefined ? [] : [[name, chart[name][index]]]))),
  }));
}

function specsOf(line, model, cut, extra) {
  const own = line.specs.map((names, index) => [names, specValue(names[0], model[6 + index], cut)]);
  return [...own, ...extra, ...line.common].map(([[nameZh, nameEn], value]) => ({ zh: [nameZh, both(value)[0]], en: [nameEn, both(value)[1]] }));
}

/** A number under a weight is grams of the men's cut. */
function specValue(name, value, cut) {
  if (!name.startsWith('重量') || typeof value !== 'number') return value;
  return `${(cut === 'women' ? Math.round((value * 91) / 500) * 5 : value).toLocaleString('en')} g`;
}

/** Fabric is dyed for the first season, and again in about two of three seasons since. */
function batchMonths(season, random) {
  return SEASONS.filter((other) => other >= season).flatMap((other, index) => {
    const month = seasonMonth(other, random.int(0, other === 2603 ? 1 : 3));
    return index === 0 || random.chance(0.66) ? [month] : [];
  });
}

function nextBatch({ batch }, month) {
  const number = (batch.get(month) ?? 0) + 1;
  batch.set(month, number);
  return String(number).padStart(2, '0');
}

function skusOf({ id, line, colour, sizes, batches, colours, suppliers, random, counters }) {
  const [, code, dye] = colours[colour];
  const lots = batches.map(({ batch, month }) => ({
    batch, fabric_lot: `F-${(counters.lot += 1)}`, supplier: random.pick(suppliers[line.name[1]]), colour_code: dye,
    // what is left of old lots is kept for repairs
    stock_metres: month >= 2509 ? random.int(400, 1800) / 10 : random.chance(0.15) ? 0 : random.int(4, 90) / 10,
  }));
  return sizes.map((size, index) => {
    const isEdge = sizes.length > 2 && (index === 0 || index === sizes.length - 1);
    return {
      id: `${id}-${code}${size === null ? '' : `-${SIZE_CODES[size] ?? size}`}`,
      colour,
      ...(size === null ? {} : { size }),
      stock: random.chance(0.07) ? 0 : isEdge ? random.int(1, 12) : random.int(3, 64),
      ...(lots.length === 0 ? {} : { batches: lots }),
    };
  });
}

/** List price since the launch, the campaign price while a campaign with prices runs. Campaign prices end in 9. */
function priceHistory(price, factor, launchAt, promotions) {
  const firstAt = Math.max(launchAt, dayStart('2023-03-01'));
  const campaigns = promotions.filter((promotion) => promotion.price && dayStart(promotion.start) > firstAt && dayStart(promotion.start) < REFERENCE_AT);
  const history = [];
  let fromAt = firstAt;
  for (const { start, end, title, id } of campaigns) {
    history.push({ fromAt, toAt: dayStart(start), yuan: price, promo: null });
    history.push({ fromAt: dayStart(start), toAt: dayStart(end), yuan: Math.round((price * factor) / 10) * 10 - 1, promo: `${title} ${id.slice(-4)}` });
    fromAt = dayStart(end);
  }
  return [...history, { fromAt, toAt: null, yuan: price, promo: null }];
}

/** Yuan at a moment. */
export function priceAt(product, at) {
  return product.prices.findLast(({ fromAt }) => fromAt <= at)?.yuan ?? product.price;
}
