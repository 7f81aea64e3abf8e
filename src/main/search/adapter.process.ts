import os from 'node:os';
import { parentPort } from '../platform/node-fork.ts';
import { callPort, servePort } from '../platform/port-call.ts';
import { runAdaptation, type AdapterHandlers, type AdapterListenerHandlers } from './adapter-server.ts';

const port = parentPort();
const parent = callPort<AdapterListenerHandlers>(port);
const listener: AdapterListenerHandlers = {
  progressed: (input) => void parent.call('progressed', input).catch(() => {}),
  learnsFrom: (input) => void parent.call('learnsFrom', input).catch(() => {}),
};
const handlers: AdapterHandlers = { adapt: (input) => runAdaptation(input, listener) };

// the rep's own work goes first
os.setPriority(os.constants.priority.PRIORITY_LOW);

// Ctrl-C reaches the whole group: the backend decides when this ends
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
servePort(port, handlers);
port.onClose(() => process.exit(0));
