import { net, protocol, session } from 'electron';
import { pathToFileURL } from 'node:url';
import { contentType, pageHeaders, resolveInside } from '../static-files.ts';

export const ORIGIN = 'app://deskmate';

/** `new URL('app://…').origin` is "null" in Node, so addresses are compared as text. */
export function isOwnAddress(address: string | undefined): boolean {
  return address === ORIGIN || (address?.startsWith(`${ORIGIN}/`) ?? false);
}

/** To be called before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } }]);
}

/** Serves the built page under `app://deskmate/` with our headers, and nothing outside its folder. */
export function serveAppScheme(rendererDir: string): void {
  protocol.handle('app', async (request) => {
    const file = isOwnAddress(request.url) ? resolveInside(rendererDir, new URL(request.url).pathname) : undefined;
    if (file === undefined) return new Response('not found', { status: 404 });
    const reply = await net.fetch(pathToFileURL(file).href).catch(() => undefined);
    if (reply === undefined || !reply.ok) return new Response('not found', { status: 404 });
    return new Response(reply.body, { headers: { ...pageHeaders(), 'content-type': contentType(file) } });
  });
}

/** The one thing the page may do beyond showing itself is to write text to the clipboard. Notices are the window's own, so the web's kind is refused, as are camera, place and devices. */
const ALLOWED_PERMISSION = 'clipboard-sanitized-write';

export function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, allow, details) => allow(permission === ALLOWED_PERMISSION && isOwnAddress(details.requestingUrl)));
  session.defaultSession.setPermissionCheckHandler((_contents, permission, origin) => permission === ALLOWED_PERMISSION && isOwnAddress(origin));
  session.defaultSession.setDevicePermissionHandler(() => false);
}
