import type { AttachmentId } from '../../shared/contract/attachment.contract.ts';
import type { ConversationId, RepId } from '../../shared/contract/ids.contract.ts';
import type { Macro, MacroPreview } from '../../shared/contract/macro.contract.ts';
import { isBindable, normaliseShortcut, shortcutConflict } from '../../shared/shortcut-conflict.ts';
import { csvCell } from '../access/audit-csv.ts';
import { insertAudit } from '../access/audit.repository.ts';
import { assertAllowed, isAllowed } from '../access/policy.ts';
import { getRep } from '../access/rep.repository.ts';
import { issueSentence, macroIssues } from '../assist/macro-check.ts';
import { fillMacro, type MacroScope } from '../assist/macro-text.ts';
import type { WritableDb } from '../db/database.ts';
import { listMarks, NO_MARK, setFavourite, setShortcut } from '../knowledge/macro-mark.repository.ts';
import { listMacroMedia, setMacroMedia } from '../knowledge/macro-media.repository.ts';
import { deleteMacro, getMacro, insertMacro, isVisibleMacro, listMacros, restoreMacro, setProposed, updateMacro, type FoundMacro } from '../knowledge/macro.repository.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { detectLanguage } from '../text/language.ts';

export type MacroDeps = {
  db: WritableDb;
  context: () => WriteContext;
  repId: () => RepId;
  scopeOf: (conversationId: ConversationId) => MacroScope;
  onChanged: () => void;
  onRemoved: (kind: 'macro', seqs: number[]) => void;
};
type MacroInput = { id?: string | undefined; code: string; title: string; text: string; scope: 'team' | 'personal' };

/** Macros as the signed-in rep sees and may change them: the team's by role, their own always, nobody else's. */
export function createMacroService(deps: MacroDeps) {
  const { db, context, repId, onChanged } = deps;
  /** One change in one transaction, with its audit line; answers the macro as it now is. */
  const change = (id: string, action: string, run: () => void): Macro => {
    db.transaction(() => {
      run();
      insertAudit(db, context(), { repId: repId(), action, entity: 'macro', entityId: id });
    })();
    onChanged();
    return viewOf(deps, getMacro(db, id));
  };
  return {
    macros: (): Macro[] => listVisible(deps),
    saveMacro(input: MacroInput): Macro {
      const [issue] = macroIssues(input.text);
      if (issue !== undefined) throw new DeskmateError('bad_request', issueSentence(issue));
      const id = db.transaction(() => saveOne(deps, input))();
      onChanged();
      return viewOf(deps, getMacro(db, id));
    },
    deleteMacro(id: string): Record<string, never> {
      assertEditable(deps, getMacro(db, id));
      const seq = db.transaction(() => {
        insertAudit(db, context(), { repId: repId(), action: 'macro.deleted', entity: 'macro', entityId: id });
        return deleteMacro(db, id, context().nowMs);
      })();
      deps.onRemoved('macro', [seq]);
      onChanged();
      return {};
    },
    restoreMacro: (id: string): Macro =>
      change(id, 'macro.restored', () => {
        restoreMacro(db, id);
        assertEditable(deps, getMacro(db, id));
      }),
    setMacroMedia(id: string, attachmentId: AttachmentId | null): Macro {
      assertEditable(deps, getMacro(db, id));
      return change(id, 'macro.media_set', () => setMacroMedia(db, id, attachmentId));
    },
    previewMacro: ({ text, conversationId }: { text: string; conversationId: ConversationId | null }): MacroPreview => previewOf(text, conversationId === null ? {} : deps.scopeOf(conversationId)),
    exportMacros: (scope: 'team' | 'personal') => exportCsv(listVisible(deps).filter((macro) => macro.scope === scope && (scope === 'team' || macro.repId === repId())), scope),
    ...ownMarks(deps),
    ...proposals(deps, change),
  };
}

/** What a rep may do with every macro they see: nobody else is touched by it. */
function ownMarks(deps: MacroDeps) {
  const { db, repId, onChanged } = deps;
  const mark = (id: string, run: () => void): Macro => {
    assertVisible(deps, getMacro(db, id));
    db.transaction(run)();
    onChanged();
    return viewOf(deps, getMacro(db, id));
  };
  return {
    favouriteMacro: (id: string, isFavourite: boolean): Macro => mark(id, () => setFavourite(db, repId(), id, isFavourite)),
    bindMacro: (id: string, shortcut: string | null): Macro =>
      mark(id, () => {
        if (shortcut !== null) refuseShortcut(deps, id, shortcut);
        setShortcut(db, repId(), id, shortcut);
      }),
  };
}

/** From a rep's own macros into the team's: the rep offers, a lead decides. */
function proposals(deps: MacroDeps, change: (id: string, action: string, run: () => void) => Macro) {
  const { db, context, repId } = deps;
  return {
    proposeMacro(id: string, isProposed: boolean): Macro {
      const macro = getMacro(db, id);
      if (macro.scope !== 'personal' || macro.repId !== repId()) throw new DeskmateError('forbidden', 'Only a macro of your own can be offered to the team.');
      return change(id, isProposed ? 'macro.proposed' : 'macro.proposal_withdrawn', () => setProposed(db, id, isProposed ? context().nowMs : null));
    },
    decideMacro(id: string, isAccepted: boolean): Record<string, never> {
      assertAllowed(roleOf(deps), 'macros.team');
      const macro = getMacro(db, id);
      if (macro.proposedAt === null) throw new DeskmateError('not_found', 'This macro is not offered to the team any more.');
      change(id, isAccepted ? 'macro.accepted' : 'macro.declined', () => {
        if (isAccepted) updateMacro(db, context(), id, { ...macro, scope: 'team', repId: null });
        setProposed(db, id, null);
      });
      return {};
    },
  };
}

function roleOf({ db, repId }: MacroDeps) {
  return getRep(db, repId()).role;
}

function saveOne(deps: MacroDeps, { id, scope, ...words }: MacroInput): string {
  const { db, context, repId } = deps;
  if (id !== undefined) assertEditable(deps, getMacro(db, id));
  if (scope === 'team') assertAllowed(roleOf(deps), 'macros.team');
  const before = id === undefined ? undefined : getMacro(db, id);
  const macro = { ...words, language: detectLanguage(words.text), intent: before?.intent ?? null, scope, repId: scope === 'team' ? null : (before?.repId ?? repId()) };
  const savedId = id ?? insertMacro(db, context(), macro);
  if (id !== undefined) updateMacro(db, context(), id, macro);
  if (scope === 'team') setProposed(db, savedId, null);
  insertAudit(db, context(), { repId: repId(), action: 'macro.saved', entity: 'macro', entityId: savedId });
  return savedId;
}

function canEdit(deps: MacroDeps, macro: FoundMacro): boolean {
  return macro.scope === 'personal' ? macro.repId === deps.repId() : isAllowed(roleOf(deps), 'macros.team');
}

/** A macro that may not be seen is not there. */
function assertVisible(deps: MacroDeps, macro: FoundMacro): void {
  const isOffered = macro.proposedAt !== null && isAllowed(roleOf(deps), 'macros.team');
  if (!isVisibleMacro(macro, deps.repId()) && !isOffered) throw new DeskmateError('not_found', 'There is no such macro.');
}

function assertEditable(deps: MacroDeps, macro: FoundMacro): void {
  assertVisible(deps, macro);
  if (macro.scope === 'team') assertAllowed(roleOf(deps), 'macros.team');
  else if (macro.repId !== deps.repId()) throw new DeskmateError('forbidden', 'This macro belongs to another rep. Accept it into the team first.');
}

function refuseShortcut({ db, repId }: MacroDeps, id: string, shortcut: string): void {
  if (!isBindable(shortcut)) throw new DeskmateError('bad_request', `${shortcut} cannot be a macro's keys: use a letter, digit or F key with Ctrl or Alt.`);
  const others = [...listMarks(db, repId()).values()].filter((mark) => mark.macroId !== id && mark.shortcut !== null);
  const taken = others.map((mark) => ({ shortcut: mark.shortcut ?? '', owner: mark.macroId }));
  const conflict = shortcutConflict(normaliseShortcut(shortcut), taken);
  const holder = conflict === null ? undefined : listMacros(db, repId()).find((macro) => macro.id === conflict.owner);
  // keys of a deleted macro are free
  if (holder !== undefined) throw new DeskmateError('conflict', `${shortcut} inserts the macro ${holder.code} already.`);
}

function previewOf(text: string, scope: MacroScope): MacroPreview {
  const issues = macroIssues(text);
  if (issues.some(({ kind }) => kind === 'syntax')) return { text: '', missingVariables: [], issues };
  return { ...fillMacro(text, scope), issues };
}

function listVisible(deps: MacroDeps): Macro[] {
  const isDecider = isAllowed(roleOf(deps), 'macros.team');
  const seen = listMacros(deps.db).filter((macro) => isVisibleMacro(macro, deps.repId()) || (isDecider && macro.proposedAt !== null));
  return viewsOf(deps, seen);
}

function viewOf(deps: MacroDeps, macro: FoundMacro): Macro {
  const [view] = viewsOf(deps, [macro]);
  if (view === undefined) throw new DeskmateError('internal', 'A macro without a view.');
  return view;
}

function viewsOf(deps: MacroDeps, macros: readonly FoundMacro[]): Macro[] {
  const marks = listMarks(deps.db, deps.repId());
  const media = listMacroMedia(deps.db);
  return macros.map((macro) => {
    const { seq: _seq, intent: _intent, ...shown } = macro;
    const { isFavourite, shortcut, useCount: ownUseCount, lastUsedAt } = marks.get(macro.id) ?? NO_MARK;
    return { ...shown, canEdit: canEdit(deps, macro), isFavourite, shortcut, ownUseCount, lastUsedAt, media: media.get(macro.id) ?? null };
  });
}

/** `code,title,text`, as the import reads it; cells that a spreadsheet would run are guarded. */
function exportCsv(macros: readonly Macro[], scope: 'team' | 'personal'): { name: string; csv: string; count: number } {
  const rows = [['code', 'title', 'text'], ...macros.map(({ code, title, text }) => [code, title, text])];
  return { name: `deskmate-macros-${scope}.csv`, csv: `\ufeff${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`, count: macros.length };
}
