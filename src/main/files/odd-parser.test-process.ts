// Stands in for a parser that crashes (file name `crash…`) or never comes to an end.
import { parentPort } from '../platform/node-fork.ts';
import type { ToParser } from './parser-protocol.ts';

const port = parentPort();
port.onMessage((value) => {
  const message = value as ToParser;
  if (message.kind === 'start' && message.request.name.startsWith('crash')) process.exit(3);
  for (;;);
});
port.postMessage({ kind: 'ready' });
