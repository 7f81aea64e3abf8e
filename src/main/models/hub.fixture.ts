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
  const [url = ''] = [request.url];
  hub.asked.push(range === undefined ? url : `${url} ${range}`);
  const [, place, revision, name = ''] = /^\/(maker\/e5-tiny\/resolve|store)\/([^/]+)\/(.+)$/.exec(url) ?? [];
  const file = hub.files.get(name);
  if (faults.status !== undefined || file === undefined) return void response.writeHead(faults.status ?? 404).end();
  const commit = { 'x-repo-commit': faults.commit ?? COMMIT };
  // as git names it; weights lie in another store, as those of hubs do, whose own ETag is no digest
  if (!name.endsWith('.onnx')) return send(hub, file, digestOf(hub, 'sha1', file), commit, { request, response });
  if (place === 'store') return send(hub, file, 'store-1', commit, { request, response, breakAfter: faults.breakAfter });
  response.writeHead(302, { ...commit, ...linkedHeaders(hub, file, `/store/${revision}/${name}`) }).end();
}

function linkedHeaders(hub: Hub, file: Buffer, location: string): Record<string, string | number> {
  return { location: hub.faults.redirect ?? location, 'x-linked-etag': `"${digestOf(hub, 'sha256', file)}"`, 'x-linked-size': hub.faults.announces ?? file.length };
}

function digestOf({ faults }: Hub, kind: 'sha1' | 'sha256', file: Buffer): string {
  return createHash(kind).update(kind === 'sha1' ? `blob ${file.length}\0` : '').update(faults.wrongSum === true ? 'x' : file).digest('hex');
}

type Exchange = { request: IncomingMessage; response: ServerResponse; breakAfter?: number | undefined };

function send({ faults }: Hub, file: Buffer, tag: string, headers: Record<string, string>, { request, response, breakAfter }: Exchange): void {
  const etag = `"${tag}"`;
  const isPart = request.headers.range !== undefined && faults.ignoresRange !== true && request.headers['if-range'] === etag;
  const start = isPart ? Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1]) : 0;
  if (start > file.length) return void response.writeHead(416).end();
  const rest = file.subarray(start);
  response.writeHead(start > 0 ? 206 : 200, { ...headers, etag, 'content-length': rest.length, ...(start > 0 && { 'content-range': `bytes ${start}-${file.length - 1}/${file.length}` }) });
  if (breakAfter === undefined) return void response.end(rest);
  response.write(rest.subarray(0, breakAfter), () => response.destroy());
}
