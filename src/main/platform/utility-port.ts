import { createLatePort } from './late-port.ts';
import type { Port } from './port.ts';

/** Electron's `MessagePortMain`, spelled out so that no room but the Electron host needs Electron's types. */
export type MessagePortLike = {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  off(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  off(event: 'close', listener: () => void): unknown;
  postMessage(value: unknown): void;
  start(): void;
  close(): void;
};

/** `process.parentPort` inside an Electron utility process. */
export type UtilityParent = {
  on(event: 'message', listener: (event: { data: unknown; ports: readonly MessagePortLike[] }) => void): unknown;
  postMessage(value: unknown): void;
};

/** The utility process's way to its parent, or undefined in plain Node. */
export function utilityParent(): UtilityParent | undefined {
  return (process as unknown as { parentPort?: UtilityParent }).parentPort ?? undefined;
}

/** Messages wait in the channel until the first listener is there. */
export function portOfMessagePort(channel: MessagePortLike): Port {
  let isOpen = true;
  channel.on('close', () => (isOpen = false));
  return {
    postMessage(value) {
      if (isOpen) channel.postMessage(value);
    },
    onMessage(listener) {
      const heard = (event: { data: unknown }) => listener(event.data);
      channel.on('message', heard);
      channel.start();
      return () => void channel.off('message', heard);
    },
    onClose(listener) {
      channel.on('close', listener);
      return () => void channel.off('close', listener);
    },
    close() {
      isOpen = false;
      channel.close();
    },
  };
}

/** For a utility process whose peer is not its parent: the port that the parent hands over in its first message with a port. */
export function handedPort(parent: UtilityParent): Port {
  const late = createLatePort();
  parent.on('message', ({ ports: [handed] }) => {
    if (handed !== undefined) late.join(portOfMessagePort(handed));
  });
  return late.port;
}
