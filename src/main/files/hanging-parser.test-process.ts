// Stands in for a parser that never comes to an end.
import { parentPort } from '../platform/node-fork.ts';

const port = parentPort();
port.onMessage(() => {
  for (;;);
});
port.postMessage({ kind: 'ready' });
