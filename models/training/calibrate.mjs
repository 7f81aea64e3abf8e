/**
 * Weights of the probability that a source answers a question (src/main/assist/match-probability.ts), and how reliable it is. Questions: every wording of the
 * intents that training never saw, and held-out Tatoeba sentences, which nothing here answers. Sources: replies and passages of all intents in both languages.
 * The three rows that the product's search puts first are labelled right or wrong. Reliability is measured on intents left out of the fit, five times. Usage: node models/training/calibrate.mjs [model folder] [model id] ; DESKMATE_DATA names the data folder.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadEmbeddingModel, DEFAULT_MODEL_ID } from '../../src/main/engine/embedding-model.ts'
import { createPool } from '../../src/main/cli/eval/eval-work.ts'
import { hybridScores, topOf } from '../../src/main/tuning/hybrid-scores.ts'
import { coverageOf, questionTokens } from '../../src/main/assist/answer-text.ts'
import { fitLogistic, dotOf, sigmoid } from '../../src/main/assist/logistic.ts'
import { matchFeatures, RISING_FEATURES } from '../../src/main/assist/match-probability.ts'
import { wordsOf } from '../../src/main/tuning/bm25.ts'
import { isForeignPair, pairOf } from '../../src/main/search/fuse.ts'
import { detectLanguage } from '../../src/main/text/language.ts'

const here = dirname(fileURLToPath(import.meta.url))

const SHOWN = 3
const FOLDS = 5
const UNRELATED = 275
const THRESHOLDS = [0.1, 0.15, 0.2, 0.25, 0.3]
const EDGES = [0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 1.01]

const corpus = join(here, 'corpus')
const lines = (file) => readFileSync(file, 'utf8').split('\n').filter((line) => line !== '')
const held = new Set(lines(join(corpus, 'heldout.txt')).filter((line) => !line.startsWith('#')))
const intents = readdirSync(corpus).filter((name) => name.endsWith('.jsonl') && !['neighbours.jsonl', 'terms.jsonl'].includes(name)).flatMap((name) => lines(join(corpus, name)).map((line) => JSON.parse(line)))
const kept = intents.filter(({ id }) => held.has(id))
const model = await loadEmbeddingModel(process.argv[2] ?? join(here, '..'), process.argv[3] ?? DEFAULT_MODEL_ID)
const work = { model, onProgress() {}, breathe: async () => {} }

/** Held-out translations as `evalsets.py` writes them: sentences about anything. */
const tatoeba = lines(join(process.env.DESKMATE_BUILD ?? join(here, 'build'), 'eval-retrieval-zh-en.jsonl')).map((line) => JSON.parse(line)).filter(({ query }) => query !== undefined)
const unrelated = [...tatoeba.slice(0, UNRELATED).map(({ query }) => query), ...tatoeba.slice(UNRELATED, 2 * UNRELATED).map(({ positives }) => positives[0])]
const questions = [
  ...kept.flatMap(({ id, zh, en }, at) => [...zh, ...en].map((text) => ({ text, id, fold: at % FOLDS }))),
  ...unrelated.map((text, at) => ({ text, id: null, fold: at % FOLDS })),
]

const rows = intents.flatMap((row) => ['reply_zh', 'passage_zh', 'reply_en', 'passage_en'].flatMap((field) => row[field].map((text) => ({ text, id: row.id }))))

async function askAll() {
  const pool = await createPool(rows.map(({ text }) => text), questions.map(({ text }) => text), work)
  const languages = rows.map(({ text }) => detectLanguage(text))
  const words = rows.map(({ text }) => wordsOf(text))
  return questions.map((question) => {
    const language = detectLanguage(question.text)
    const tokens = questionTokens(question.text)
    const { vector, bm25 } = pool.scores(question.text)
    const found = topOf(hybridScores(question.text, { meaning: vector, words: bm25, languages }), SHOWN)
    const shown = found.map((at) => ({
      isRight: rows[at].id === question.id,
      evidence: { cosine: vector[at], wordCoverage: coverageOf(tokens, words[at]), isSameLanguage: !isForeignPair(pairOf(language, languages[at])), tokenCount: tokens.size },
    }))
    return { ...question, language, shown }
  })
}

const examplesOf = (asked, arm) => asked.flatMap(({ shown }) => shown.map(({ isRight, evidence }) => ({ isRight, features: matchFeatures(arm === 'wordsOnly' ? { ...evidence, cosine: null } : evidence) })))
const fit = (asked, arm) => fitLogistic(examplesOf(asked, arm), { ridge: 1e-3, floor: RISING_FEATURES[arm] })
const percent = (value) => `${(100 * value).toFixed(1)} %`

function report(arm, asked) {
  const judged = []
  for (let fold = 0; fold < FOLDS; fold++) {
    const weights = fit(asked.filter((question) => question.fold !== fold), arm)
    for (const question of asked.filter((one) => one.fold === fold)) {
      const p = examplesOf([question], arm).map(({ features }) => sigmoid(dotOf(weights, features)))
      judged.push({ ...question, shown: question.shown.map((row, at) => ({ ...row, p: p[at] })) })
    }
  }
  const rows = judged.flatMap(({ shown }) => shown)
  const mean = (list, of) => list.reduce((sum, one) => sum + of(one), 0) / Math.max(list.length, 1)
  const bins = EDGES.slice(0, -1).map((from, at) => rows.filter(({ p }) => p >= from && p < EDGES[at + 1]))
  const ece = bins.reduce((sum, bin) => sum + bin.length * Math.abs(mean(bin, ({ p }) => p) - mean(bin, ({ isRight }) => Number(isRight))), 0) / rows.length
  const share = mean(rows, ({ isRight }) => Number(isRight))
  console.log(`\n${arm}: weights ${fit(asked, arm).map((weight) => weight.toFixed(2)).join(', ')}`)
  console.log(`left-out intents: Brier ${mean(rows, ({ p, isRight }) => (p - Number(isRight)) ** 2).toFixed(4)} (always the base rate: ${(share * (1 - share)).toFixed(4)}), ECE ${ece.toFixed(3)}`)
  bins.forEach((bin, at) => console.log(`  ${EDGES[at]}–${Math.min(EDGES[at + 1], 1)}: ${bin.length} rows, said ${percent(mean(bin, ({ p }) => p))}, right ${percent(mean(bin, ({ isRight }) => Number(isRight)))}`))
  for (const threshold of THRESHOLDS) {
    for (const [name, group] of [['zh', judged.filter(({ id, language }) => id !== null && language === 'zh')], ['en', judged.filter(({ id, language }) => id !== null && language === 'en')], ['unrelated zh', judged.filter(({ id, language }) => id === null && language === 'zh')], ['unrelated en', judged.filter(({ id, language }) => id === null && language === 'en')]]) {
      const offered = group.map(({ shown }) => shown.filter(({ p }) => p >= threshold))
      const right = offered.filter((list) => list.some(({ isRight }) => isRight)).length
      const silent = offered.filter((list) => list.length === 0).length
      console.log(`  at ${threshold}, ${name}: right in the three ${percent(right / group.length)}, wrong ${percent((group.length - right - silent) / group.length)}, silent ${percent(silent / group.length)}`)
    }
  }
}

const asked = await askAll()
for (const arm of ['withVector', 'wordsOnly']) report(arm, asked)
