import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ImportReport } from '../../../shared/contract/job.contract.ts';
import type { PackSource } from '../../../shared/contract/pack.contract.ts';
import { problemLine } from '../../packs/pack.service.ts';
import type { CliServices } from '../cli-services.ts';
import { UsageError, writeJson, type CliIo, type Command, type CommandContext } from '../cli.types.ts';
import { createProgressLines } from '../progress-lines.ts';

const ACTIONS = { validate, install, list, remove } as const;

export const packCommand: Command = {
  name: 'pack',
  usage: 'pack validate|install|list|remove [PATH|NAME]',
  summary: 'Checks, installs, lists or removes packs of articles, macros, intents and rules',
  details: `  pack validate PATH      prints every problem as file:line: what is wrong; how to mend it. Needs no store
  pack install PATH|NAME  a folder, or a pack that ships with Deskmate; installing a newer version keeps what reps changed
  pack list               installed packs, and those that ship with Deskmate
  pack remove NAME        takes out what the pack brought and no rep changed
Options:
  --no-wait               do not wait until the new texts can be found by meaning
Format: docs/formats.md. Prints JSON with --json. Exit code 1 for a pack with problems.`,
  options: { 'no-wait': { type: 'boolean' } },
  run(context) {
    const [action, target, ...rest] = context.positionals;
    if (action === undefined || !Object.hasOwn(ACTIONS, action) || rest.length > 0) throw new UsageError(`The first word must be one of ${Object.keys(ACTIONS).join(', ')}.`);
    return ACTIONS[action as keyof typeof ACTIONS](context, target);
  },
};

function needed(target: string | undefined, what: string): string {
  if (target === undefined) throw new UsageError(`Name ${what}.`);
  return target;
}

async function validate({ io, deps, isJson }: CommandContext, target: string | undefined): Promise<number> {
  const problems = await deps.checkPack(path.resolve(needed(target, 'the folder of a pack')));
  if (isJson) writeJson(io, { problems });
  else io.writeOut(problems.length === 0 ? 'The pack is right.\n' : problems.map((problem) => `${problemLine(problem)}\n`).join(''));
  return problems.length === 0 ? 0 : 1;
}

async function install(context: CommandContext, target: string | undefined): Promise<number> {
  const name = needed(target, 'a folder or a pack that ships with Deskmate');
  const source: PackSource = existsSync(path.join(name, 'pack.yaml')) ? { path: path.resolve(name) } : { name };
  return withServices(context, async (services) => {
    const { io, signal, values, isJson, deps } = context;
    const report = await services.packs.install(source, { signal, progress: createProgressLines(io, 'installed', deps.nowMs) });
    if (values['no-wait'] !== true && report.added + report.updated > 0) await services.embedded();
    return printed(io, report, isJson);
  });
}

function list(context: CommandContext): Promise<number> {
  return withServices(context, async (services) => {
    const { io, isJson } = context;
    const packs = await services.packs.list();
    if (isJson) writeJson(io, packs);
    else for (const { name, version, state, counts } of packs) io.writeOut(`${name} ${version}  ${state}  ${Object.entries(counts).map(([kind, count]) => `${count} ${kind}`).join(', ')}\n`);
    return 0;
  });
}

function remove(context: CommandContext, target: string | undefined): Promise<number> {
  const name = needed(target, 'the pack');
  return withServices(context, async (services) => printed(context.io, await services.packs.remove(name, { signal: context.signal }), context.isJson));
}

async function withServices({ deps, store }: CommandContext, work: (services: CliServices) => Promise<number>): Promise<number> {
  const services = await deps.openServices(store);
  try {
    return await work(services);
  } finally {
    await services.close();
  }
}

function printed(io: CliIo, report: ImportReport, isJson: boolean): number {
  if (isJson) writeJson(io, report);
  else {
    io.writeOut(`${report.added} added, ${report.updated} updated or removed, ${report.unchanged} left as they were, ${report.rejectedCount} not taken\n`);
    for (const { reason } of report.rejected) io.writeOut(`  ${reason}\n`);
  }
  return 0;
}
