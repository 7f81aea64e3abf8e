import type { z } from 'zod';
import type { erasePreviewSchema } from '../../shared/contract/customer.contract.ts';
import type { RiskBand, RiskReason } from '../../shared/contract/risk.contract.ts';
import type { RepService } from '../access/rep.service.ts';
import type { ComposedSuggestion } from '../assist/suggest.types.ts';
import type { BackupResult } from '../db/backup.ts';
import type { ImportedConversation } from '../importing/conversation-line.ts';
import type { ImportService } from '../importing/import.service.ts';
import type { AdaptStatus } from '../../shared/contract/adapt.contract.ts';
import type { AdaptService } from '../app/adapt.service.ts';
import type { DemoService } from '../app/demo.service.ts';
import type { TuningService } from '../app/tuning.service.ts';
import type { ModelService } from '../models/model.service.ts';
import type { PackService } from '../packs/pack.service.ts';
import type { SearchService } from '../search/search.service.ts';

export type ErasePreview = z.infer<typeof erasePreviewSchema>;
export type EscalationWarning = { kind: 'escalation'; p: number; band: RiskBand; reasons: RiskReason[] };

/** What `deskmate suggest` prints. */
export type SuggestAnswer = { suggestions: ComposedSuggestion[]; questions: string[]; plans: string[]; warnings: EscalationWarning[] };

/** What the commands need of an open store. */
export type CliServices = {
  importFiles: ImportService['run'];
  /** Resolves when every stored text can be found by meaning, or the disk is full: the rest is embedded when the store is open again. */
  embedded(): Promise<void>;
  search: SearchService['query'];
  suggest(conversation: ImportedConversation): Promise<SuggestAnswer>;
  reps: Pick<RepService, 'list' | 'resetPin'>;
  erasePreview(customer: string): ErasePreview | Promise<ErasePreview>;
  erase(customerId: ErasePreview['customerId']): ErasePreview | Promise<ErasePreview>;
  /** Into the store's own backup folder when no target is named. */
  backup(target: string | null): BackupResult | Promise<BackupResult>;
  packs: { list: PackService['list']; install: PackService['installNow']; remove: PackService['removeNow'] };
  demo: { status: DemoService['status']; install: DemoService['installNow']; remove: DemoService['removeNow'] };
  models: ModelService & { /** Waits until everything is embedded by the model that is wanted. `onProgress` hears the share (0–1). Answers why it does not serve, or null. */ switched(onProgress: (doneRatio: number) => void, signal: AbortSignal): Promise<string | null> };
  adapt: Pick<AdaptService, 'status' | 'preview' | 'accept' | 'undo'> & { /** Trains and waits for it. @throws DeskmateError with what went wrong */ run(signal: AbortSignal): Promise<AdaptStatus> };
  tuning: Pick<TuningService, 'status' | 'measure' | 'keep' | 'own' | 'undo'>;
  close(): Promise<void>;
};
