/**
 * Compares the shipped model as transformers.js runs it with the Python reference (build/reference.json):
 * token ids must be equal, cosine int8 against fp32 above .999. Prints times; writes build/parity.json.
 * Usage: node models/training/parity.mjs [model folder]
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { env, pipeline } from '@huggingface/transformers'

const here = dirname(fileURLToPath(import.meta.url))
const build = process.env.DESKMATE_BUILD ?? join(here, 'build')
const folder = resolve(process.argv[2] ?? join(build, 'staged', 'deskmate-embed-2'))
const manifestTokens = JSON.parse(readFileSync(join(folder, 'tokenizer_config.json'), 'utf8')).model_max_length
const ROUNDS = 8
const BATCH = 64

env.allowRemoteModels = false
env.allowLocalModels = true
env.localModelPath = dirname(folder)

const extract = await pipeline('feature-extraction', basename(folder), {
  dtype: 'q8',
  device: 'cpu',
  session_options: { intraOpNumThreads: 1, interOpNumThreads: 1 },
})
const reference = JSON.parse(readFileSync(join(build, 'reference.json'), 'utf8'))
const options = { pooling: 'mean', normalize: true }

/** Cosine of two unit vectors. */
const cosine = (a, b) => a.reduce((sum, x, i) => sum + x * b[i], 0)
/** Quantile of a sorted list. */
const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]

let idMismatches = 0
let minCosine = 1
for (const row of reference) {
  const { input_ids: ids } = extract.tokenizer(row.text, { truncation: true, max_length: manifestTokens })
  const got = Array.from(ids.data, Number)
  if (got.length !== row.ids.length || got.some((id, i) => id !== row.ids[i])) {
    idMismatches += 1
    console.error('ids differ:', JSON.stringify(row.text.slice(0, 60)), got.slice(0, 12), row.ids.slice(0, 12))
  }
  const vector = Array.from((await extract(row.text, options)).data)
  const score = cosine(vector, row.vector)
  if (score < 0.999) console.error('cosine', score, JSON.stringify(row.text.slice(0, 60)))
  minCosine = Math.min(minCosine, score)
}

// The best of several rounds for each text: other processes on the machine must not count.
const times = reference.map(() => Infinity)
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [i, row] of reference.entries()) {
    const start = performance.now()
    await extract(row.text, options)
    times[i] = Math.min(times[i], performance.now() - start)
  }
}
times.sort((a, b) => a - b)
let best = 0
let batchDrift = 1
for (let round = 0; round < ROUNDS; round += 1) {
  const start = performance.now()
  for (let i = 0; i < reference.length; i += BATCH) {
    const part = reference.slice(i, i + BATCH)
    const { data, dims } = await extract(part.map((row) => row.text), options)
    if (round > 0) continue
    part.forEach((row, k) => {
      batchDrift = Math.min(batchDrift, cosine(Array.from(data.subarray(k * dims[1], (k + 1) * dims[1])), row.vector))
    })
  }
  best = Math.max(best, reference.length / ((performance.now() - start) / 1000))
}

const result = {
  n: reference.length,
  idMismatches,
  minCosine: Number(Math.min(minCosine, batchDrift).toFixed(6)),
  p50Ms: Number(quantile(times, 0.5).toFixed(2)),
  p95Ms: Number(quantile(times, 0.95).toFixed(2)),
  textsPerSecond: Math.round(best),
}
writeFileSync(join(build, 'parity.json'), JSON.stringify(result))
console.log(JSON.stringify(result))
process.exitCode = idMismatches === 0 && result.minCosine > 0.999 ? 0 : 1
