/**
 * Writes resources/adapt/general-pairs.jsonl from our own corpus only: what keeps a model that learns a shop's language from losing the rest.
 * Deterministic. Intents of corpus/heldout.txt are marked `held`: neither the shipped model nor an adapted one is trained on them, so they show what was lost.
 * Usage: node models/training/adapt_pairs.mjs
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const corpus = join(here, 'corpus')
const target = join(here, '../../resources/adapt/general-pairs.jsonl')
const MAX_BYTES = 1_500_000
/** Longer passages cost more than they teach. */
const MAX_CHARS = 160
/** Pairs of each kind an intent gives at most. */
const LIMITS = { 'zh-zh': 7, 'en-en': 6, 'zh-en': 7, 'zh-reply': 3, 'en-reply': 2, 'zh-passage': 1, 'en-passage': 1, 'reply-twin': 2, 'passage-twin': 1 }
const SHOWN = { 'en-en': 6, 'reply-twin': 4, 'passage-twin': 2 }

const linesOf = (path) => readFileSync(path, 'utf8').split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'))
const heldOut = new Set(linesOf(join(corpus, 'heldout.txt')).map((line) => line.trim()))
const rows = readdirSync(corpus).filter((name) => name.endsWith('.jsonl') && name !== 'neighbours.jsonl').toSorted().flatMap((name) => linesOf(join(corpus, name)).map((line) => JSON.parse(line)))

/** `count` of the items, spread evenly over the list. */
const spread = (items, count) => (items.length <= count ? items : Array.from({ length: count }, (_, at) => items[Math.floor((at * items.length) / count)]))
/** Each of `left` with an item of `right` a third of the list further on, so that neighbours in the file do not always meet. */
const crossed = (left, right) => left.map((a, at) => [a, right[(at + Math.max(1, Math.floor(right.length / 3))) % right.length]])
const twins = (left, right) => left.slice(0, right.length).map((a, at) => [a, right[at]])

function pairsOf(row, limits = LIMITS) {
  const list = (name) => (row[name] ?? []).filter((text) => text.length <= MAX_CHARS)
  const [zh, en, replyZh, replyEn, passageZh, passageEn] = ['zh', 'en', 'reply_zh', 'reply_en', 'passage_zh', 'passage_en'].map(list)
  const made = {
    'zh-zh': crossed(zh, zh), 'en-en': crossed(en, en), 'zh-en': crossed(zh, en),
    'zh-reply': replyZh.length === 0 ? [] : crossed(zh, replyZh), 'en-reply': replyEn.length === 0 ? [] : crossed(en, replyEn),
    'zh-passage': passageZh.length === 0 ? [] : crossed(zh, passageZh), 'en-passage': passageEn.length === 0 ? [] : crossed(en, passageEn),
    'reply-twin': twins(replyZh, replyEn), 'passage-twin': twins(passageZh, passageEn),
  }
  return Object.entries(made).flatMap(([kind, pairs]) => spread(pairs.filter(([a, b]) => b !== undefined && a !== b), limits[kind] ?? 0).map(([a, b]) => ({ kind, group: row.id, a, b })))
}

const intents = rows.filter((row) => row.id !== undefined).toSorted((a, b) => (a.id < b.id ? -1 : 1))
const terms = rows.filter((row) => row.id === undefined)
const [held, learned] = [true, false].map((isHeld) => intents.filter(({ id }) => heldOut.has(id) === isHeld))
const trained = [...learned.flatMap((row) => pairsOf(row)), ...terms.map(({ a, b }) => ({ kind: 'term', group: `term ${a}`, a, b }))]
// what decides: the other wordings of a matter in English, and a text among all translations
const shown = held.flatMap((row) => pairsOf(row, SHOWN)).map((row) => ({ ...row, held: true }))
const text = [...trained, ...shown].map((row) => JSON.stringify(row)).join('\n') + '\n'
if (Buffer.byteLength(text) > MAX_BYTES) throw new Error(`${Buffer.byteLength(text)} bytes, more than ${MAX_BYTES}`)
mkdirSync(dirname(target), { recursive: true })
writeFileSync(target, text)
console.log(`${trained.length} pairs to train on, ${shown.length} held, of ${intents.length} intents; ${Buffer.byteLength(text)} bytes`)
