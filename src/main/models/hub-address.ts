import { DeskmateError } from '../platform/errors.ts';

/** `origin` is scheme and host; `repo` is `owner/name`. */
export type HubAddress = { origin: string; host: string; repo: string; revision: string };

const PART = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,95}$/;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether a target of `models add` is an address, and not a folder. */
export function isHubAddress(target: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(target);
}

/**
 * `https://host/owner/name` or `https://host/owner/name/tree/revision`; http only to this machine.
 * @throws DeskmateError bad_request for anything else, and for one that holds a password
 */
export function parseHubAddress(text: string): HubAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !isSafeAddress(url)) throw new DeskmateError('bad_request', 'The address of a model must begin with https://.');
  if (url.username !== '' || url.password !== '') throw new DeskmateError('bad_request', 'The address of a model must not hold a name or a password.');
  const [owner = '', name = '', tree, ...rest] = url.pathname.split('/').filter((part) => part !== '');
  const revision = tree === undefined ? ['main'] : tree === 'tree' ? rest : [];
  if (![owner, name, ...revision].every((part) => PART.test(part)) || revision.length === 0) throw new DeskmateError('bad_request', 'The address of a model is like https://host/owner/name or https://host/owner/name/tree/revision.');
  return { origin: url.origin, host: url.host, repo: `${owner}/${name}`, revision: revision.join('/') };
}

/** https, or this very machine. */
export function isSafeAddress({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
}

/** Where a hub has one file. */
export function fileAddress({ origin, repo }: HubAddress, revision: string, file: string): string {
  return `${origin}/${repo}/resolve/${encodeURIComponent(revision)}/${file}`;
}
