import { existsSync } from 'node:fs';
import path from 'node:path';

/** The oldest Node that runs the sources and the natives. */
export const NEEDED_NODE = 24;

/** The Node that came as a package of this project, or undefined where there is none for this machine. */
export function projectNode(root) {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const dir = path.join(root, 'node_modules', `node-${system}-${process.arch}`, 'bin');
  return [path.join(dir, 'node'), path.join(dir, 'node.exe')].find((file) => existsSync(file));
}
