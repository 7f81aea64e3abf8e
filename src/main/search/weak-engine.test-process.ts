/** For tests: an engine without a model that ends when it is handed 崩溃 and never answers again after 卡住. */
import { parentPort } from '../platform/node-fork.ts';
import { servePort } from '../platform/port-call.ts';

const identity = { id: 'weak', key: 'weak@1', dims: 4, vectorScale: 1, sha256: 'w' };
const report = () => ({ serving: identity, next: null, nextProblem: null, vectors: { passage: 0, macro: 0, message: 0 }, loadedRatio: 1, backend: 'javascript' });

function read(text: string): void {
  if (text.includes('崩溃')) process.exit(9);
  while (text.includes('卡住'));
}

servePort(parentPort(), {
  start: report,
  status: report,
  registerExamples: () => {},
  vectorsAdded: () => {},
  removed: () => {},
  embed({ texts }: { texts: string[] }) {
    texts.forEach(read);
    return texts.map(() => Int8Array.of(1, 2, 3, 4));
  },
  search({ text }: { text: string }) {
    read(text);
    return { candidates: [], isWordsOnly: false, timingsMs: { embed: 0, words: 0, vectors: 0, fuse: 0 } };
  },
  quit: () => process.exit(0),
});
process.on('disconnect', () => process.exit(0));
