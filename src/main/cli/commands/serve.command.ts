import { countOption, type Command } from '../cli.types.ts';

export const serveCommand: Command = {
  name: 'serve',
  usage: 'serve [--port N] [--no-open]',
  summary: 'Serves the app to a browser on this machine',
  details: '  --port N    the port on 127.0.0.1 (default 0: any free one)\n  --no-open   do not open a window',
  options: { port: { type: 'string' }, 'no-open': { type: 'boolean' } },
  async run({ deps, values, store, signal }) {
    const port = countOption(values, 'port', { fallback: 0, min: 0, max: 65_535 });
    return deps.serve(['--port', `${port}`, '--data', store.storeDir, ...(values['no-open'] === true ? ['--no-open'] : [])], signal);
  },
};
