import { parentPort } from '../platform/node-fork.ts';
import { callPort, servePort } from '../platform/port-call.ts';
import { createEngineServer, type EngineListenerHandlers } from './engine-server.ts';

const port = parentPort();
const parent = callPort<EngineListenerHandlers>(port);
const onStatus = (report: Parameters<EngineListenerHandlers['statusChanged']>[0]) => void parent.call('statusChanged', report).catch(() => {});
// the answer to `quit` goes out first
const server = createEngineServer(onStatus, () => setImmediate(() => setImmediate(() => process.exit(0))));

// Ctrl-C reaches the whole group: the backend decides when the engine ends
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
servePort(port, server);
port.onClose(() => {
  // nobody is left to notice an engine that cannot close
  setTimeout(() => process.exit(1), 3000).unref();
  void server.quit({});
});
