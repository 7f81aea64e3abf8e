// A real store, a real pack folder, the service over both.
import { mkdirSync, writeFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureDefaultRep } from '../access/rep.repository.ts';
import { makeTestDir, openTestStore } from '../db/open-test-store.ts';
import { createJobService } from '../jobs/job.service.ts';
import { createPackService } from './pack.service.ts';

const MANIFEST = 'name: small\nversion: 1.0.0\ntitle: { zh: 小包, en: Small }\nlanguages: [zh, en]\nlicence: MIT\n';

/** The smallest pack that has everything. */
export const SMALL_PACK: Readonly<Record<string, string>> = {
  'pack.yaml': MANIFEST,
  'intents/all.yaml': '- id: returns\n  title: { zh: 退货, en: Return }\n  slots:\n    - { name: order, type: order, ask: { zh: 订单号是多少, en: Which order } }\n  examples: { zh: [我要退货], en: [I want to return it] }\n  policy: { zh: 七天内可退, en: Seven days }\n',
  'macros/all.yaml': '- code: hi\n  title: { zh: 问候, en: Greeting }\n  text: { zh: "您好，{{ customer.name }}", en: "Hello {{ customer.name }}" }\n  intent: returns\n  media: media/card.svg\n  tags: [greet]\n',
  'articles/zh/returns.md': '---\ntitle: 退货\nintent: returns\nvalid_to: 2026-12-31\nproducts: [P1]\n---\n## 期限\n七天内可以退货。\n',
  'articles/en/returns.md': '---\ntitle: Returns\nintent: returns\n---\n## Time\nSeven days.\n',
  'rules/all.yaml': '- id: banned.slow\n  kind: guard\n  severity: warn\n  patterns: { zh: [慢慢来], en: [slow poke] }\n  except: [不慢慢来]\n  rewrite: { zh: 马上处理 }\n',
  'media/card.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>\n',
};

export type PackDir = { dir: string; put(change: Readonly<Record<string, string | null>>): void };

/** Writes a pack; `put` changes files of it afterwards, null takes one away. */
export function makePack(files: Readonly<Record<string, string | null>> = SMALL_PACK, dir: string = path.join(makeTestDir(), 'small')): PackDir {
  const put: PackDir['put'] = (change) => {
    for (const [file, text] of Object.entries(change)) {
      const target = path.join(dir, file);
      mkdirSync(path.dirname(target), { recursive: true });
      if (text === null) rmSync(target);
      else writeFileSync(target, text);
    }
  };
  put(files);
  return { dir, put };
}

/** The pack service over an empty store; `shippedDir` holds nothing unless given. */
export function packBench(options: { shippedDir?: string } = {}) {
  const store = openTestStore();
  const { db, ctx } = store;
  const removed: [string, number][] = [];
  let changedCount = 0;
  const repId = ensureDefaultRep(db, ctx).id;
  const jobs = createJobService({ db, clock: { nowMs: () => ctx.nowMs }, newId: ctx.newId, onChange: () => {} });
  const packs = createPackService({
    db, jobs, context: () => ctx, repId: () => repId, shippedDir: options.shippedDir ?? path.join(store.dir, 'shipped'),
    templateProblem: (template) => (template.includes('{{') && !template.includes('}}') ? 'output "{{" not closed' : null),
    onChanged: () => void changedCount++,
    onRemoved: (kind, seqs) => removed.push(...seqs.map((seq): [string, number] => [kind, seq])),
  });
  return { ...store, jobs, packs, removed, changedCount: () => changedCount, rows: (sql: string): unknown[] => db.prepare(sql).all() };
}
