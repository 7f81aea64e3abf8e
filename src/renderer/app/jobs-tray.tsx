import { Popover } from '@base-ui/react/popover';
import { LoaderCircle } from 'lucide-react';
import { useStore } from 'zustand';
import { useTexts } from '../base/texts.tsx';
import { JobLine } from '../ui/job-line.tsx';
import type { AppStore } from './app.store.ts';

const MOST_SHOWN = 6;

/** The one place for long work; there only while something runs, with what ended lately below it. */
export function JobsTray({ app }: { app: AppStore }) {
  const { t } = useTexts();
  const jobs = useStore(app.store, (state) => state.jobs);
  const running = jobs.filter(({ state }) => state === 'running');
  if (running.length === 0) return null;
  return (
    <Popover.Root>
      <Popover.Trigger className="ring-inside flex w-full flex-col items-center gap-0.5 rounded py-1.5 text-center text-meta leading-4 text-accent hover:bg-surface">
        <LoaderCircle size={16} aria-hidden />
        {t('jobs.running', { count: running.length })}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="right" align="end" sideOffset={8} className="z-20">
          <Popover.Popup className="flex w-[420px] flex-col gap-3 rounded border border-line bg-surface p-3 text-ui shadow-float outline-none">
            <Popover.Title className="font-semibold">{t('jobs.tray')}</Popover.Title>
            {jobs.slice(0, MOST_SHOWN).map((job) => <JobLine key={job.id} job={job} onCancel={() => void app.cancelJob(job.id).catch(() => {})} />)}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
