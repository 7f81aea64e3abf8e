import type { AppStatus } from '../../../shared/contract/app.contract.ts';
import type { DesktopFacts } from '../../../shared/desktop-bridge.ts';

/** Facts for whoever helps, one a line: versions, states and counts. No path, since it holds the user's name, and nothing of a customer. */
export function diagnosticFacts({ version, keyProtection, engine, counts, recovery }: AppStatus, { host, platform, versions, prefs, features }: DesktopFacts): string {
  const pairs = (record: Readonly<Record<string, unknown>>): string => Object.entries(record).map(([name, value]) => `${name}=${String(value)}`).join(' ');
  return [
    `deskmate ${version}`,
    `host ${host}, ${platform}`,
    `versions ${pairs(versions)}`,
    `store key=${keyProtection ?? 'none'} ${pairs(counts)}`,
    `engine state=${engine.state} model=${engine.modelId ?? 'none'} backend=${engine.backend ?? 'none'} pending=${engine.pendingCount} restarts=${engine.restartCount} ${pairs(engine.vectors)}`,
    `recovery ${pairs(recovery)}`,
    `window ${pairs(prefs)}`,
    `features ${pairs(Object.fromEntries(Object.entries(features).map(([name, { state, reason }]) => [name, reason === null ? state : `${state}(${reason})`])))}`,
  ].join('\n');
}
