import { RPCLink } from '@orpc/client/message-port';
import type { HostBridge, HostMessage } from '../../shared/host-bridge.ts';
import type { Line, Transport } from './transport.ts';

/** Joins the page to the backend by a MessagePort that the preload hands over. */
export function createElectronTransport(bridge: HostBridge, page: Window): Transport {
  return {
    async open() {
      const port = portFrom(page);
      await bridge.connect();
      return openLine(await greeted(await port), page);
    },
    chooseFiles: () => bridge.pickFiles(),
    pathOf: async (file) => bridge.pathForFile(file),
    release: async () => {},
  };
}

function portFrom(page: Window): Promise<MessagePort> {
  return new Promise((done) => {
    const heard = (event: MessageEvent) => {
      const [port] = event.ports;
      if (!isFromHost(event, page, 'deskmate.port') || port === undefined) return;
      page.removeEventListener('message', heard);
      done(port);
    };
    page.addEventListener('message', heard);
  });
}

/** A backend that dies before its greeting closes the port. */
function greeted(port: MessagePort): Promise<MessagePort> {
  return new Promise((done, fail) => {
    const gone = () => fail(new Error('the backend has gone'));
    port.addEventListener('close', gone, { once: true });
    port.addEventListener('message', () => {
      port.removeEventListener('close', gone);
      done(port);
    }, { once: true });
    port.start();
  });
}

function openLine(port: MessagePort, page: Window): Line {
  const listeners = new Set<() => void>();
  let isOpen = true;
  const end = () => {
    if (!isOpen) return;
    isOpen = false;
    page.removeEventListener('message', lost);
    port.close();
    // the link hears of it through the same event as of a port closed from afar
    port.dispatchEvent(new Event('close'));
    for (const listener of listeners) listener();
  };
  const lost = (event: MessageEvent) => {
    if (isFromHost(event, page, 'deskmate.lost')) end();
  };
  page.addEventListener('message', lost);
  port.addEventListener('close', end);
  const link = new RPCLink({ port });
  return { link, onClose: (listener) => void listeners.add(listener), close: end };
}

function isFromHost(event: MessageEvent, page: Window, kind: HostMessage['kind']): boolean {
  return event.source === page && (event.data as Partial<HostMessage> | null)?.kind === kind;
}
