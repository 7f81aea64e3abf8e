import { useState } from 'react';
import type { JobId } from '../../../shared/contract/ids.contract.ts';
import type { ImportReport, Job } from '../../../shared/contract/job.contract.ts';
import { backendWords } from '../../base/page-language.ts';
import { useTexts } from '../../base/texts.tsx';
import { useCopy } from '../../base/use-copy.ts';
import { Button } from '../../ui/button.tsx';
import { JobLine } from '../../ui/job-line.tsx';

const MOST_JOBS = 20;

/** Jobs, newest first, with what each refused and why. */
export function ImportJobs({ jobs, onCancel }: { jobs: readonly Job[]; onCancel: (id: JobId) => void }) {
  const { t } = useTexts();
  return (
    <section aria-label={t('import.jobs')} className="flex flex-col gap-2">
      <h2 className="font-semibold">{t('import.jobs')}</h2>
      {jobs.length === 0 && <p className="text-ink-3">{t('import.noJobs')}</p>}
      <ul className="flex flex-col">
        {jobs.slice(0, MOST_JOBS).map((job) => (
          <li key={job.id} className="border-b border-line py-2">
            <JobLine job={job} onCancel={() => onCancel(job.id)} />
            {job.report !== null && job.report.rejectedCount > 0 && <RejectedRows report={job.report} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function RejectedRows({ report }: { report: ImportReport }) {
  const { t, formats, language } = useTexts();
  const copy = useCopy();
  const [isShown, setIsShown] = useState(false);
  const asText = (): string => report.rejected.map(({ file, line, reason }) => `${file}\t${line ?? ''}\t${backendWords(reason, language)}`).join('\n');
  return (
    <div className="flex flex-col gap-2 pt-1 pl-6">
      <div className="flex gap-2">
        <Button size="compact" aria-expanded={isShown} onClick={() => setIsShown(!isShown)}>{t(isShown ? 'import.hideRejected' : 'import.showRejected')}</Button>
        {isShown && <Button size="compact" tone="ghost" onClick={() => copy(asText())}>{t('action.copy')}</Button>}
      </div>
      {isShown && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
        <div tabIndex={0} role="group" aria-label={t('import.rejected')} className="quiet-scroll max-h-64 overflow-auto rounded border border-line bg-surface">
          <table className="w-full border-collapse text-left text-meta">
            <thead className="bg-raised"><tr>{(['import.file', 'import.line', 'import.reason'] as const).map((key) => <th key={key} scope="col" className="px-2 py-1 font-semibold">{t(key)}</th>)}</tr></thead>
            <tbody>
              {report.rejected.map(({ file, line, reason }) => (
                <tr key={`${file}-${line}-${reason}`} className="border-t border-line">
                  <td className="max-w-52 truncate px-2 py-1" title={file}>{file.split(/[\\/]/).at(-1)}</td>
                  <td className="px-2 py-1">{line ?? '—'}</td>
                  <td className="px-2 py-1">{backendWords(reason, language)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {isShown && report.rejectedCount > report.rejected.length && <p className="text-meta text-ink-3">{t('import.rejectedMore', { count: formats.number(report.rejectedCount - report.rejected.length) })}</p>}
    </div>
  );
}
