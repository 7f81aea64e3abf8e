import { utilityParent } from '../platform/utility-port.ts';
import { createApp } from './create-app.ts';
import { nodeBackendHost, runBackend, utilityBackendHost } from './run-backend.ts';

const parent = utilityParent();
// Ctrl-C reaches the whole group: the host decides when and how the backend ends
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
runBackend(parent === undefined ? nodeBackendHost() : utilityBackendHost(parent), createApp, (code) => process.exit(code));
