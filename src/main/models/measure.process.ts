import { parentPort } from '../platform/node-fork.ts';
import { servePort } from '../platform/port-call.ts';
import { measureFolder, type MeasureHandlers } from './measure-folder.ts';

const port = parentPort();
const handlers: MeasureHandlers = { measure: (input) => measureFolder(input) };

// Ctrl-C reaches the whole group: the backend decides when this ends
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
servePort(port, handlers);
port.onClose(() => process.exit(0));
