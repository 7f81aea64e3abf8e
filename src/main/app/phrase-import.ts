import type { RepId } from '../../shared/contract/ids.contract.ts';
import type { Phrase, PhrasePreview } from '../../shared/contract/macro.contract.ts';
import { insertAudit } from '../access/audit.repository.ts';
import type { WritableDb } from '../db/database.ts';
import type { OpenedFile } from '../files/open-file.ts';
import { planPhrases, readPhraseList, type PhraseList } from '../importing/phrase-list.ts';
import { listMacros, upsertMacro } from '../knowledge/macro.repository.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { detectLanguage } from '../text/language.ts';

export type PhraseDeps = {
  db: WritableDb;
  context: () => WriteContext;
  repId: () => RepId;
  openFile: (path: string) => Promise<OpenedFile>;
  /** The file was read for good: a copy that a page uploaded goes. */
  onRead: (path: string) => void;
  onChanged: () => void;
};

const SHOWN_PHRASES = 500;

/** A rep's own phrase list becomes their own macros; nobody else sees them. */
export function createPhraseImport({ db, context, repId, openFile, onRead, onChanged }: PhraseDeps) {
  const plan = (list: PhraseList): Phrase[] => planPhrases(list.phrases, listMacros(db).filter((macro) => macro.scope === 'personal' && macro.repId === repId()));
  return {
    async previewPhrases(path: string): Promise<PhrasePreview> {
      const list = await readPhraseList(await openFile(path));
      const phrases = plan(list);
      return { path, columns: list.columns, phrases: phrases.slice(0, SHOWN_PHRASES), phraseCount: phrases.length, rejected: list.rejected.slice(0, SHOWN_PHRASES) };
    },
    async importPhrases(path: string): Promise<{ added: number; updated: number; unchanged: number; rejectedCount: number }> {
      const list = await readPhraseList(await openFile(path));
      const counts = { added: 0, updated: 0, unchanged: 0 };
      db.transaction(() => {
        const ctx = context();
        for (const { code, title, text } of plan(list)) counts[upsertMacro(db, ctx, { code, title, text, language: detectLanguage(text), scope: 'personal', repId: repId() })] += 1;
        insertAudit(db, ctx, { repId: repId(), action: 'phrases.imported', entity: 'rep', entityId: repId(), after: counts });
      })();
      onRead(path);
      if (counts.added + counts.updated > 0) onChanged();
      return { ...counts, rejectedCount: list.rejected.length };
    },
  };
}
