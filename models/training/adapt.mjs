/**
 * What learning a shop's own words gives, on JDDC as the shop (evaluation only: nothing of it is shipped): four fifths of its sessions are learned from, exactly
 * as the app does it, the rest is asked. Beside it what is lost elsewhere. Usage: node models/training/adapt.mjs [most pairs] ; DESKMATE_DATA names the data folder.
 */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { adaptTable, ADAPT_STEPS, seededRandom } from '../../src/main/engine/adapt-run.ts'
import { verifyModel, DEFAULT_MODEL_ID } from '../../src/main/engine/embedding-model.ts'
import { loadStaticModel, meanOfRows } from '../../src/main/engine/static-model.ts'
import { CPU_BUDGET_MS, readGeneralPairs } from '../../src/main/search/adapter-server.ts'
import { normaliseForMatch } from '../../src/main/text/normalise.ts'

const here = dirname(fileURLToPath(import.meta.url))

const data = process.env.DESKMATE_DATA ?? join(here, '../../../shared/data')
const modelsDir = join(here, '..')
const maxPairs = Number(process.argv[2] ?? Infinity)
const SEED = 20250
const WEIGHTS = [0.3, 0.5, 0.7, 0.85]
const model = loadStaticModel(join(modelsDir, DEFAULT_MODEL_ID), verifyModel(modelsDir, DEFAULT_MODEL_ID))
const read = (name) => readFileSync(join(data, name), 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line))

/** Windows of one session share a message that is rare elsewhere. */
function sessionsOf(windows) {
  const parent = windows.map((_, at) => at)
  const find = (at) => (parent[at] === at ? at : (parent[at] = find(parent[at])))
  const holders = new Map()
  windows.forEach(({ ctx, b }, at) => new Set([...ctx, b]).forEach((text) => text.length >= 8 && holders.set(text, [...(holders.get(text) ?? []), at])))
  for (const list of holders.values()) if (list.length <= 4) for (const at of list) parent[find(at)] = find(list[0])
  return [...Map.groupBy(windows.keys(), find).values()]
}

function shuffled(items, random) {
  return items.map((item) => ({ item, key: random() })).toSorted((a, b) => a.key - b.key).map(({ item }) => item)
}

function pairsOf(windows) {
  const seen = new Set()
  const isNew = (left, right) => left.trim().length >= 2 && right.trim().length >= 2 && !seen.has(`${left}\n${right}`) && seen.add(`${left}\n${right}`)
  const own = windows.filter(({ a, b }) => isNew(a, b)).map(({ a, b }) => ({ left: a, right: b }))
  const near = windows.flatMap(({ ctx }) => ctx.slice(1).map((right, at) => ({ left: ctx[at], right }))).filter(({ left, right }) => isNew(left, right))
  return { own, near }
}

const runs = /[\u4e00-\u9fff]+|[a-z0-9]+/g
const termsOf = (text) => [...normaliseForMatch(text).matchAll(runs)].flatMap(([run]) => (/[a-z0-9]/.test(run) ? [run] : [...run].flatMap((char, at, all) => (at + 1 < all.length ? [char, char + all[at + 1]] : [char]))))

/** Okapi BM25 (k1 1.2, b .75), queries × documents. */
function bm25(queries, documents) {
  const postings = new Map()
  const split = documents.map(termsOf)
  split.forEach((terms, at) => terms.forEach((term) => {
    const counts = postings.get(term) ?? new Map()
    postings.set(term, counts.set(at, (counts.get(at) ?? 0) + 1))
  }))
  const mean = split.reduce((sum, { length }) => sum + length, 0) / split.length
  return queries.map((query) => {
    const scores = new Float64Array(documents.length)
    for (const counts of termsOf(query).map((term) => postings.get(term)).filter((found) => found !== undefined)) {
      const idf = Math.log(1 + (documents.length - counts.size + 0.5) / (counts.size + 0.5))
      for (const [at, count] of counts) scores[at] += (idf * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * split[at].length) / mean))
    }
    return scores
  })
}

function cosines(table, queries, documents) {
  const vectors = documents.map((text) => meanOfRows(table, model.tokens(text)))
  return queries.map((text) => {
    const query = meanOfRows(table, model.tokens(text))
    return Float64Array.from(vectors, (vector) => {
      let sum = 0
      for (let at = 0; at < vector.length; at++) sum += vector[at] * query[at]
      return sum
    })
  })
}

const stretched = (scores) => {
  const [low, high] = [Math.min(...scores), Math.max(...scores)]
  return scores.map((score) => (high > low ? (score - low) / (high - low) : 0))
}
const fused = (dense, words, weight) => dense.map((scores, at) => {
  const [a, b] = [stretched(scores), stretched(words[at])]
  return a.map((score, place) => weight * score + (1 - weight) * b[place])
})
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length
/** Query n is answered by document n alone; those that score the same count as half before it. */
const rankOf = (scores, at) => 1 + scores.filter((score) => score > scores[at]).length + (scores.filter((score) => score === scores[at]).length - 1) / 2
const mrr = (rows) => 100 * mean(rows.map((scores, at) => 1 / rankOf(scores, at)))
const first = (rows) => 100 * mean(rows.map((scores, at) => (rankOf(scores, at) <= 1 ? 1 : 0)))

const windows = read('qa_zh_jddc18_train.no.jsonl')
const random = seededRandom(SEED)
const sessions = shuffled(sessionsOf(windows), random)
const cut = Math.floor(sessions.length * 0.8)
const learned = pairsOf(sessions.slice(0, cut).flat().map((at) => windows[at]))
const often = new Map()
for (const { b } of windows) often.set(b, (often.get(b) ?? 0) + 1)
// the rest of the answers are boilerplate that any question gets
const asked = sessions.slice(cut).flat().map((at) => windows[at]).filter(({ a, b }) => often.get(b) === 1 && b.length >= 10 && a.length >= 4)
const pairs = learned.own.slice(0, maxPairs)
const heldCount = Math.max(200, Math.round(pairs.length * 0.15))
const near = learned.near.slice(0, Math.round((learned.near.length * pairs.length) / learned.own.length))
const input = { own: pairs.slice(heldCount), held: pairs.slice(0, heldCount), near, general: readGeneralPairs(join(here, '../../resources/adapt/general-pairs.jsonl')), steps: ADAPT_STEPS, seed: SEED, cpuBudgetMs: CPU_BUDGET_MS }

const startedAt = process.cpuUsage()
const outcome = await adaptTable(model, input, () => Promise.resolve())
const used = process.cpuUsage(startedAt)

const parallel = read('parallel_enzh.yes.jsonl')
const every = (list, step) => list.filter((_, at) => at % step === 0).slice(0, 1000)
const tatoeba = every(parallel.filter(({ src }) => src.startsWith('Tatoeba')), 27)
const dialogue = every(parallel.filter(({ src, b }) => !src.startsWith('Tatoeba') && b.length >= 8), 13)
const banking = read('intents_en.yes.jsonl').filter(({ src }) => src.startsWith('banking77'))
const [index, questions] = [banking.filter((_, at) => at % 5 !== 0), banking.filter((_, at) => at % 10 === 0)]
const words = bm25(asked.map(({ a }) => a), asked.map(({ b }) => b))

function figuresOf(table) {
  const dense = cosines(table, asked.map(({ a }) => a), asked.map(({ b }) => b))
  const [sentences, turns] = [tatoeba, dialogue].map((list) => cosines(table, list.map(({ b }) => b), list.map(({ a }) => a)))
  const nearest = cosines(table, questions.map(({ text }) => text), index.map(({ text }) => text))
  return {
    'JDDC question → answer, MRR: vector': mrr(dense),
    ...Object.fromEntries(WEIGHTS.map((weight) => [`JDDC: fused with BM25, weight ${weight}`, mrr(fused(dense, words, weight))])),
    'Tatoeba zh → en, MRR': mrr(sentences), 'Tatoeba zh → en, R@1': first(sentences), 'service dialogue zh → en, R@1': first(turns),
    'Banking77 1-NN, accuracy': 100 * mean(nearest.map((scores, at) => (index[scores.indexOf(Math.max(...scores))].intent === questions[at].intent ? 1 : 0))),
  }
}

const [before, after] = [figuresOf(model.table), outcome.table === null ? undefined : figuresOf(outcome.table)]
console.log(`learned from ${input.own.length} answered and ${input.near.length} following turns, ${input.held.length} held; ${asked.length} questions asked of as many answers`)
console.log(`verdict ${outcome.verdict}, share ${outcome.share}, ${((used.user + used.system) / 1e6).toFixed(1)} CPU s; decided on ${JSON.stringify(outcome.figures)}`)
console.log(`| | before | after | |\n|---|---|---|---|\n| JDDC: BM25 | ${mrr(words).toFixed(2)} | | |`)
for (const [name, value] of Object.entries(before)) console.log(`| ${name} | ${value.toFixed(2)} | ${after === undefined ? '' : after[name].toFixed(2)} | ${after === undefined ? '' : (after[name] - value).toFixed(2)} |`)
