import type { AppEvent, Settings, SettingsChange } from '../../shared/contract/app.contract.ts';
import type { AuditFilter } from '../../shared/contract/access.contract.ts';
import { auditCsv } from '../access/audit-csv.ts';
import { listAuditActions, listAuditLines } from '../access/audit-list.repository.ts';
import { insertAudit } from '../access/audit.repository.ts';
import { createRepService, type RepService } from '../access/rep.service.ts';
import { createSession, type SessionService } from '../access/session.service.ts';
import type { SuggestService } from '../assist/suggest.service.ts';
import type { WritableDb } from '../db/database.ts';
import { readProtection, unlock } from '../db/key-store.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { StorePaths } from '../platform/paths.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { readSettings, shopSettingsOf, writeSettings } from './app-state.ts';
import type { AppOptions } from './app.types.ts';
import { createFirstRun } from './first-run.service.ts';

const EXPORT_LIMIT = 50_000;

export type AccessDeps = { db: WritableDb; paths: StorePaths; options: Pick<AppOptions, 'host'>; context: () => WriteContext; emit: (event: AppEvent) => void; pinCost?: number };

/** Who is at the desk; made before everything else, since all of it acts for that rep. */
export function openSession({ db, paths, options, context, emit }: AccessDeps): SessionService {
  return createSession({
    db, context, isUnattended: options.host === 'cli',
    hasPassphrase: () => readProtection(paths.key)?.hasPassphrase ?? false,
    isPassphrase: (passphrase) => isPassphrase(paths, passphrase),
    idleLockMinutes: () => readSettings(db, null).idleLockMinutes,
    onChanged: (session) => emit({ type: 'session.changed', session }),
  });
}

async function isPassphrase(paths: StorePaths, passphrase: string): Promise<boolean> {
  try {
    await unlock(paths.key, { passphrase });
    return true;
  } catch (error) {
    if (error instanceof DeskmateError && error.code === 'wrong_key') return false;
    throw error;
  }
}

export type PeopleDeps = AccessDeps & { session: SessionService; settings: () => Settings; suggestions: Pick<SuggestService, 'forgetEmpty'> };

/** Profiles, settings and audit. */
export function openPeople(deps: PeopleDeps) {
  const { db, context, session, emit } = deps;
  session.whenEntered(() => {
    // another rep has other settings and sees other suggestions
    emit({ type: 'settings.changed', settings: deps.settings() });
    deps.suggestions.forgetEmpty();
    emit({ type: 'data.changed' });
  });
  const onChanged = (): void => {
    session.refresh();
    // the rep's name is among them
    emit({ type: 'settings.changed', settings: deps.settings() });
  };
  const reps = createRepService({ db, context, repId: session.repId, onChanged, ...(deps.pinCost === undefined ? {} : { pinCost: deps.pinCost }) });
  return {
    session, reps,
    settings: { get: deps.settings, set: (change: SettingsChange) => changeSettings(deps, reps, change) },
    firstRun: createFirstRun(db),
    audit: {
      list: ({ limit, ...filter }: AuditFilter & { before?: number | undefined; limit: number }) => {
        const lines = listAuditLines(db, { ...filter, limit: limit + 1 });
        return { lines: lines.slice(0, limit), hasMore: lines.length > limit };
      },
      actions: () => listAuditActions(db),
      exportCsv(filter: AuditFilter) {
        const lines = listAuditLines(db, { ...filter, limit: EXPORT_LIMIT });
        insertAudit(db, context(), { repId: session.repId(), action: 'audit.exported', entity: 'audit', entityId: String(lines.length) });
        return { fileName: `deskmate-audit-${new Date(context().nowMs).toISOString().slice(0, 10)}.csv`, text: auditCsv(lines), lineCount: lines.length };
      },
    },
    /** For what is done to the store as a whole. */
    noteStore: (action: 'store.backed_up' | 'store.restored' | 'store.restore_undone' | 'store.passphrase_set' | 'store.keychain_used'): void => insertAudit(db, context(), { repId: session.repId(), action, entity: 'store', entityId: 'store' }),
  };
}

function changeSettings({ db, context, session, emit, settings, suggestions }: PeopleDeps, reps: RepService, change: SettingsChange): Settings {
  const before = settings();
  const repId = session.repId();
  db.transaction(() => {
    writeSettings(db, repId, change);
    if (change.repName !== undefined) reps.rename(change.repName);
    const shop = shopSettingsOf(change);
    if (Object.keys(shop).length > 0) insertAudit(db, context(), { repId, action: 'shop.settings_changed', entity: 'settings', entityId: 'shop', after: shop });
  })();
  const after = settings();
  emit({ type: 'settings.changed', settings: after });
  if (before.quietMode !== after.quietMode || before.suggestionThreshold !== after.suggestionThreshold) {
    suggestions.forgetEmpty();
    // what is on screen was chosen by the former settings
    emit({ type: 'data.changed' });
  }
  return after;
}
