import type { ImportOptions } from '../../shared/contract/import.contract.ts';
import type { WritableDb } from '../db/database.ts';
import type { OpenedFile } from '../files/open-file.ts';
import type { WriteContext } from '../platform/write-context.ts';
import type { ImportItem } from './import-batch.ts';

/** What an importer works with. `source` names the file in the store: its path below the imported folder, or its name. */
export type ImportEnv = { db: WritableDb; ctx: WriteContext; options: ImportOptions; source: string };

/** Reads one opened file as one kind of record. Errors thrown mean that the file as a whole cannot be imported. */
export type Importer = (file: OpenedFile, env: ImportEnv) => AsyncGenerator<ImportItem>;
