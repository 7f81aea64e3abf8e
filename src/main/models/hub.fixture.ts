// A hub of one model on this machine, in the layout that model hubs share.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const COMMIT = 'c0ffee'.padEnd(40, '0');
export type Hub = {
  address: string; host: string;
  /** `METHOD path range` of what was asked, in order. */
  asked: string[];
  files: Map<string, Buffer>;
  /** How this hub is unlike a good one. */
  faults: { breakAfter?: number; ignoresRange?: boolean; wrongSum?: boolean; redirect?: string; status?: number; commit?: string; announces?: number };
  close(): void;
};

export async function openHub(files: Readonly<Record<string, Buffer | string>>): Promise<Hub> {
  const server = createServer((request, response) => answer(hub, request, response));
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const hub: Hub = {
    address: `http://${host}/maker/e5-tiny`, host, asked: [], files: new Map(Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes)])), faults: {},
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return hub;
}

function answer(hub: Hub, request: IncomingMessage, response: ServerResponse): void {
  const { faults } = hub;
  const range = request.headers.range;
  hub.asked.push(`${request.url ?? ''}${range === undefined ? '' : ` ${range}`}`);
  const [, place = '', revision = '', name = ''] = /^\/(maker\/e5-tiny\/resolve|store)\/([^/]+)\/(.+)$/.exec(request.url ?? '') ?? [];
  const file = hub.files.get(name);
  if (faults.status !== undefined) return void response.writeHead(faults.status).end();
  if (file === undefined) return void response.writeHead(404).end('no');
  const sum = createHash('sha256').update(faults.wrongSum === true ? 'x' : file).digest('hex');
  // as git names it
  const blob = createHash('sha1').update(`blob ${file.length}\0`).update(faults.wrongSum === true ? 'x' : file).digest('hex');
  const isWeights = name.endsWith('.onnx');
  const commit = { 'x-repo-commit': faults.commit ?? COMMIT };
  // weights lie in another store, as those of hubs do; its own ETag is no digest
  if (isWeights && place !== 'store') return void response.writeHead(302, { ...commit, location: faults.redirect ?? `/store/${revision}/${name}`, 'x-linked-etag': `"${sum}"`, 'x-linked-size': faults.announces ?? file.length }).end();
  const etag = isWeights ? '"store-1"' : `"${blob}"`;
  const start = range !== undefined && faults.ignoresRange !== true && request.headers['if-range'] === etag ? Number(/^bytes=(\d+)-$/.exec(range)?.[1]) : 0;
  if (start > file.length) return void response.writeHead(416).end();
  const rest = file.subarray(start);
  response.writeHead(start > 0 ? 206 : 200, { ...commit, etag, 'content-length': rest.length, ...(start > 0 && { 'content-range': `bytes ${start}-${file.length - 1}/${file.length}` }) });
  if (!isWeights || faults.breakAfter === undefined) return void response.end(rest);
  response.write(rest.subarray(0, faults.breakAfter), () => response.destroy());
}
