import { nodeBackendHost, runBackend, utilityBackendHost } from '../../src/main/app/run-backend.ts';
import { utilityParent } from '../../src/main/platform/utility-port.ts';
import { createFixtureApp } from './fixture-app.ts';

const parent = utilityParent();
runBackend(parent === undefined ? nodeBackendHost() : utilityBackendHost(parent), createFixtureApp, (code) => process.exit(code));
