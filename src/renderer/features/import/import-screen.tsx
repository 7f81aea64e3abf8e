import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { JobId } from '../../../shared/contract/ids.contract.ts';
import type { Job } from '../../../shared/contract/job.contract.ts';
import { useTexts } from '../../base/texts.tsx';
import type { Connection } from '../../connection/connection.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { ChannelList } from './channel-list.tsx';
import { FileChooser } from './file-chooser.tsx';
import { ImportJobs } from './import-jobs.tsx';
import { ImportPreviewPane } from './import-preview.tsx';
import type { ImportStore } from './import.store.ts';

export type FileAccess = Pick<Connection, 'chooseFiles' | 'pathOf'>;

/** Files in, with a look at them first; the jobs below; channels at the side. */
export function ImportScreen({ imports, files, jobs, onCancelJob }: { imports: ImportStore; files: FileAccess; jobs: readonly Job[]; onCancelJob: (id: JobId) => void }) {
  const { t } = useTexts();
  const step = useStore(imports.store, (state) => state.step);
  useEffect(() => imports.readChannels(), [imports]);
  return (
    // A scroll area must take focus, or the keyboard cannot reach what is below.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <div tabIndex={0} role="group" aria-label={t('import.title')} className="quiet-scroll ring-inside min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-[1180px] flex-col gap-6 p-6">
        <div>
          <h1 className="text-head font-semibold">{t('import.title')}</h1>
          <p className="text-ink-2">{t('import.intro')}</p>
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)_340px] gap-6 max-lg:grid-cols-1">
          <div className="flex min-w-0 flex-col gap-6">
            {step.kind === 'failed' && <FailureNotice text={t('import.previewFailed')} failure={step.failure} isFlush />}
            {step.kind === 'preview' ? <ImportPreviewPane imports={imports} draft={step.draft} isBusy={step.isBusy} failure={step.failure} /> : <FileChooser files={files} isReading={step.kind === 'reading'} onPath={(path) => void imports.preview(path)} />}
            <ImportJobs jobs={jobs} onCancel={onCancelJob} />
          </div>
          <ChannelList imports={imports} files={files} />
        </div>
      </div>
    </div>
  );
}
