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

/** The page needs no camera, no place, no device and no notification of the web's kind. */
export function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, allow) => allow(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.setDevicePermissionHandler(() => false);
}
