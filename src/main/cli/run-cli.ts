import path from 'node:path';
import { parseArgs } from 'node:util';
import { DeskmateError, messageOf } from '../platform/errors.ts';
import { textOption, UsageError, type CliDeps, type CliIo, type Command, type OptionValues } from './cli.types.ts';
import { adaptCommand } from './commands/adapt.command.ts';
import { backupCommand } from './commands/backup.command.ts';
import { demoCommand } from './commands/demo.command.ts';
import { embedCommand } from './commands/embed.command.ts';
import { eraseCommand } from './commands/erase.command.ts';
import { evalCommand } from './commands/eval.command.ts';
import { guardCommand } from './commands/guard.command.ts';
import { importCommand } from './commands/import.command.ts';
import { loyaltyCommand } from './commands/loyalty.command.ts';
import { modelsCommand } from './commands/models.command.ts';
import { packCommand } from './commands/pack.command.ts';
import { repsCommand } from './commands/reps.command.ts';
import { restoreCommand } from './commands/restore.command.ts';
import { riskCommand } from './commands/risk.command.ts';
import { searchCommand } from './commands/search.command.ts';
import { serveCommand } from './commands/serve.command.ts';
import { suggestCommand } from './commands/suggest.command.ts';
import { tuneCommand } from './commands/tune.command.ts';
import type { StoreChoice } from './store-reader.ts';

export const COMMANDS: readonly Command[] = [
  serveCommand, importCommand, searchCommand, suggestCommand, riskCommand, embedCommand,
  loyaltyCommand, guardCommand, evalCommand, modelsCommand, packCommand, demoCommand, backupCommand, restoreCommand, eraseCommand, repsCommand, adaptCommand, tuneCommand,
];

const COMMON_OPTIONS = { data: { type: 'string' }, 'key-file': { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
const COMMON_HELP = `Common options:
  --data DIR       the folder of the store (default: this user's own)
  --key-file FILE  the file that holds the store's key
  --json           the result as JSON on stdout, nothing else there
  --help           this text
A passphrase is taken from DESKMATE_PASSPHRASE. Exit codes: 0 done, 1 failed, 2 called wrongly.`;

/** Runs one command line call (without `node` and the script) and answers its exit code. */
export async function runCli(argv: readonly string[], io: CliIo, deps: CliDeps, signal: AbortSignal): Promise<number> {
  const [name, ...rest] = argv;
  if (name === '--version' || name === '-v') return print(io, deps.version);
  if (name === '--help' || name === '-h' || name === 'help') return print(io, overview());
  const command = COMMANDS.find((each) => each.name === name);
  if (command === undefined) {
    io.writeErr(name === undefined ? `${overview()}\n` : `deskmate: there is no command ${name}. The commands are ${COMMANDS.map((each) => each.name).join(', ')}.\n`);
    return 2;
  }
  try {
    const { values, positionals } = readArgs(command, rest);
    if (values['help'] === true) return print(io, helpOf(command));
    return await command.run({ io, deps, values, positionals, isJson: values['json'] === true, store: storeOf(values, io, deps), signal });
  } catch (error) {
    return report(error, command, io);
  }
}

function print(io: CliIo, text: string): number {
  io.writeOut(`${text}\n`);
  return 0;
}

function readArgs(command: Command, args: readonly string[]): { values: OptionValues; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: { ...COMMON_OPTIONS, ...command.options }, allowPositionals: true, strict: true });
    return { values, positionals };
  } catch (error) {
    throw new UsageError(messageOf(error), { cause: error });
  }
}

function storeOf(values: OptionValues, io: CliIo, deps: CliDeps): StoreChoice {
  const keyFile = textOption(values, 'key-file');
  const passphrase = io.env['DESKMATE_PASSPHRASE'];
  return {
    storeDir: path.resolve(textOption(values, 'data') ?? deps.defaultStoreDir()),
    ...(keyFile === undefined ? {} : { keyFile: path.resolve(keyFile) }),
    ...(passphrase ? { passphrase } : {}),
  };
}

function report(error: unknown, command: Command, io: CliIo): number {
  if (error instanceof UsageError) {
    io.writeErr(`deskmate ${command.name}: ${error.message}\nUsage: deskmate ${command.usage}\n`);
    return 2;
  }
  const hint = error instanceof DeskmateError && error.code === 'locked' ? ' Give its passphrase in DESKMATE_PASSPHRASE, or its key with --key-file.' : '';
  io.writeErr(`deskmate ${command.name}: ${messageOf(error)}${hint}\n`);
  return 1;
}

function overview(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  return `Usage: deskmate COMMAND [options]\n\n${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join('\n')}\n\n${COMMON_HELP}\ndeskmate COMMAND --help tells more.`;
}

function helpOf(command: Command): string {
  return `Usage: deskmate ${command.usage}\n\n${command.summary}\n${command.details === '' ? '' : `\n${command.details}\n`}\n${COMMON_HELP}`;
}
