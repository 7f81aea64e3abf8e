import { useCallback, useState } from 'react';
import type { About, Notice } from '../../../shared/contract/trust.contract.ts';
import { useTexts } from '../../base/texts.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { TextField } from '../../ui/fields.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FramedBlock } from '../../ui/framed-block.tsx';
import type { TrustPageProps } from './trust-page.types.ts';
import { useLoaded } from './use-loaded.ts';

/** Version, licences, the model's card, and the notices of everything that is shipped. */
export function AboutPage({ client, status }: TrustPageProps) {
  const { t } = useTexts();
  const { state, reload } = useLoaded(useCallback(() => client.trust.about({}), [client]));
  if (state.kind === 'loading') return <LoadingLines />;
  if (state.kind === 'failed') return <FailureNotice text={t('trust.failed')} failure={state.failure} onRetry={reload} />;
  const about = state.value;
  return (
    <>
      <FramedBlock title={t('about.version', { version: about.version })}>
        <LongText summary={t('about.licence')} text={about.licence} />
      </FramedBlock>
      <FramedBlock title={t('about.model')}>
        <p className="text-ink-2">{status.engine.modelId ?? t('settings.noModel')}</p>
        <LongText summary={t('about.modelCard')} text={about.modelCard} />
      </FramedBlock>
      <Notices notices={about.notices} />
    </>
  );
}

function LongText({ summary, text }: { summary: string; text: string }) {
  const { t } = useTexts();
  if (text === '') return <p className="text-ink-3">{t('about.missing')}</p>;
  return (
    <details>
      <summary className="min-h-7 cursor-pointer">{summary}</summary>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard */}
      <pre tabIndex={0} role="group" aria-label={summary} className="quiet-scroll ring-inside max-h-80 overflow-auto rounded bg-raised p-3 text-meta whitespace-pre-wrap">{text}</pre>
    </details>
  );
}

const matches = ({ name, licence }: Notice, words: string): boolean => `${name} ${licence}`.toLowerCase().includes(words.trim().toLowerCase());

function Notices({ notices }: Pick<About, 'notices'>) {
  const { t, formats } = useTexts();
  const [words, setWords] = useState('');
  const shown = notices.filter((notice) => matches(notice, words));
  return (
    <FramedBlock title={t('about.notices')}>
      <div className="flex items-end gap-3">
        <TextField label={t('about.search')} type="search" value={words} onChange={(event) => setWords(event.target.value)} className="w-72" />
        <span role="status" className="pb-1 text-meta text-ink-3">{shown.length === 0 ? t('about.noMatch') : t('about.count', { count: formats.number(shown.length) })}</span>
      </div>
      <ul className="flex flex-col divide-y divide-line">
        {shown.map((notice) => <li key={`${notice.name} ${notice.version}`} className="py-1"><LongText summary={`${notice.name} ${notice.version} · ${notice.licence}`} text={notice.text} /></li>)}
      </ul>
    </FramedBlock>
  );
}
