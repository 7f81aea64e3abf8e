import { parentPort } from '../../src/main/platform/node-fork.ts';
import { servePort } from '../../src/main/platform/port-call.ts';

const port = parentPort();
servePort(port, { echo: (text: string) => `engine: ${text}` });
port.onClose(() => process.exit(0));
