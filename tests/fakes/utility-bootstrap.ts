/** Gives a worker thread the `process.parentPort` of an Electron utility process, then runs the entry. */
import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';

class UtilityPort extends EventEmitter {
  readonly #native: MessagePort;
  constructor(native: MessagePort) {
    super();
    this.#native = native;
    native.on('close', () => this.emit('close'));
  }
  postMessage(value: unknown): void {
    this.#native.postMessage(value);
  }
  start(): void {
    if (this.#native.listenerCount('message') === 0) this.#native.on('message', (data: unknown) => this.emit('message', { data, ports: [] }));
  }
  close(): void {
    this.#native.close();
  }
}

const early: unknown[] = [];
const parent = Object.assign(new EventEmitter(), { postMessage: (value: unknown) => parentPort?.postMessage(value) });
parentPort?.on('message', ({ data, ports }: { data: unknown; ports: MessagePort[] }) => {
  const event = { data, ports: ports.map((port) => new UtilityPort(port)) };
  // Electron keeps messages until the first listener is there
  if (parent.listenerCount('message') === 0) early.push(event);
  else parent.emit('message', event);
});
Object.assign(process, { parentPort: parent });
await import(pathToFileURL(String(workerData)).href);
for (const event of early.splice(0)) parent.emit('message', event);
