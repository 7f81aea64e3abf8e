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
/** Fewer steps take a few seconds and need not stand behind everything else. */
const LONG_STEPS = 100;
const handlers: AdapterHandlers = {
  adapt(input) {
    // the rep's own work goes first
    if (input.steps >= LONG_STEPS) os.setPriority(os.constants.priority.PRIORITY_LOW);
    return runAdaptation(input, listener);
  },
};

// Ctrl-C reaches the whole group: the backend decides when this ends
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
servePort(port, handlers);
port.onClose(() => process.exit(0));
