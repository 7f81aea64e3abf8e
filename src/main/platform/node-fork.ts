import { fork, type ChildProcess, type Serializable } from 'node:child_process';
import path from 'node:path';
import type { Fork, ForkedProcess, Port } from './port.ts';
import { handedPort, utilityParent } from './utility-port.ts';

/** Forks built entries as plain Node children; used by the loopback host, the command line and tests. */
export function createNodeFork(outDir: string): Fork {
  return (entry, options = {}) => wrapChild(fork(path.join(outDir, `${entry}.js`), [...(options.args ?? [])], {
    serialization: 'advanced',
    execArgv: [...(options.execArgv ?? [])],
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  }));
}

/** The pipe to one child: messages sent after it has gone are dropped, as with any closed port. */
export function wrapChild(child: ChildProcess): ForkedProcess {
  const port: Port = {
    postMessage(value) {
      if (child.connected) child.send(value as Serializable, () => {});
    },
    onMessage(listener) {
      child.on('message', listener);
      return () => void child.off('message', listener);
    },
    onClose(listener) {
      child.once('exit', listener);
      return () => void child.off('exit', listener);
    },
    close: () => child.disconnect(),
  };
  return {
    pid: child.pid,
    port,
    onExit(listener) {
      child.once('exit', listener);
      return () => void child.off('exit', listener);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

/** The child's own end of the pipe, in a Node child or an Electron utility process; closing means the other side has gone. */
export function parentPort(): Port {
  const utility = utilityParent();
  return utility === undefined ? nodeParentPort() : handedPort(utility);
}

/** The pipe that `child_process.fork` made. */
export function nodeParentPort(): Port {
  return {
    postMessage(value) {
      if (process.connected) process.send?.(value as Serializable, undefined, undefined, () => {});
    },
    onMessage(listener) {
      process.on('message', listener);
      return () => void process.off('message', listener);
    },
    onClose(listener) {
      process.once('disconnect', listener);
      return () => void process.off('disconnect', listener);
    },
    close: () => process.disconnect?.(),
  };
}
