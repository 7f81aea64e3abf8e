/**
 * For tests: `deskmate` over real services, ended as by kill -9 at a place that the first two words name: `bytes N` once so many were written to files a piece
 * at a time, `before NAME` and `after NAME` the renaming to that name, `measure -` while a model is measured. The other words are the command line's.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { createSourceFork, testAppOptions } from '../app/app.fixture.ts';
import { cli, storeDeps } from './cli.fixture.ts';
import { openCliServices } from './open-services.ts';

const [kind = '', place = '', ...args] = process.argv.slice(2);
const { writeSync, renameSync } = fs;
const { fork } = createSourceFork();

/** Nothing of this process runs after it. */
function die(isDue: boolean): void {
  if (isDue) process.kill(process.pid, 'SIGKILL');
}

let writtenBytes = 0;
Object.assign(fs, {
  writeSync(...call: Parameters<typeof writeSync>) {
    const byteCount = writeSync(...call);
    writtenBytes += byteCount;
    die(kind === 'bytes' && writtenBytes >= Number(place));
    return byteCount;
  },
  renameSync(from: string, to: string) {
    const isNamed = path.basename(to) === place;
    die(kind === 'before' && isNamed);
    renameSync(from, to);
    die(kind === 'after' && isNamed);
  },
});
syncBuiltinESMExports();

const { code, err } = await cli(args, {
  deps: {
    ...storeDeps,
    openServices: ({ storeDir }) => openCliServices(testAppOptions(storeDir, {
      host: 'cli',
      fork(entry, options) {
        const child = fork(entry, options);
        if (entry !== 'measure') return child;
        process.stdout.write(`${child.pid}`);
        // once it was told what to do
        setTimeout(() => die(kind === 'measure'), 100);
        return child;
      },
    })),
  },
});
process.stderr.write(err);
process.exitCode = code;
