import { useCallback } from 'react';
import type { ContactLine } from '../../../shared/contract/trust.contract.ts';
import { callFailure } from '../../base/call-failure.ts';
import { wordOr } from '../../base/code-words.ts';
import { saveText } from '../../base/file-transfer.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { FramedBlock } from '../../ui/framed-block.tsx';
import type { TrustPageProps } from './trust-page.types.ts';
import { useLoaded } from './use-loaded.ts';

/** Every host that was contacted, by which feature and how much. */
export function ContactsPage({ client }: TrustPageProps) {
  const { t, formats } = useTexts();
  const { toasts } = useShell();
  const { state, reload } = useLoaded(useCallback(() => client.trust.contacts({}), [client]));
  const exportAll = (): void =>
    void client.trust.exportContacts({}).then(({ fileName, text, lineCount }) => {
      saveText(fileName, text, 'text/csv;charset=utf-8');
      toasts.show({ key: 'contacts.exported', values: { count: formats.number(lineCount) } });
    }, (error: unknown) => toasts.problem({ key: `error.${callFailure(error).code}` }));
  return (
    <FramedBlock title={t('contacts.title')}>
      <p className="text-ink-2">{t('contacts.body')}</p>
      {state.kind === 'loading' && <LoadingLines count={2} />}
      {state.kind === 'failed' && <FailureNotice text={t('trust.failed')} failure={state.failure} onRetry={reload} />}
      {state.kind === 'ready' && <Hosts lines={state.value} />}
      {state.kind === 'ready' && state.value.length > 0 && <div><Button onClick={exportAll}>{t('contacts.export')}</Button></div>}
    </FramedBlock>
  );
}

function Hosts({ lines }: { lines: readonly ContactLine[] }) {
  const { t } = useTexts();
  const outside = lines.filter(({ isLocal }) => !isLocal);
  const local = lines.filter(({ isLocal }) => isLocal);
  return (
    <>
      {outside.length === 0 && <EmptyState title={t('contacts.empty')} body={t('contacts.emptyBody')} />}
      {outside.length > 0 && <HostTable title={t('contacts.outside')} lines={outside} />}
      {local.length > 0 && <HostTable title={t('contacts.local')} lines={local} />}
    </>
  );
}

function HostTable({ title, lines }: { title: string; lines: readonly ContactLine[] }) {
  const { t, formats } = useTexts();
  return (
    <table className="w-full table-fixed text-left">
      <caption className="pb-1 text-left text-ink-2">{title}</caption>
      <thead className="text-meta text-ink-3">
        <tr>
          <th scope="col" className="py-1 font-normal">{t('contacts.host')}</th><th scope="col" className="w-24 font-normal">{t('contacts.feature')}</th><th scope="col" className="w-28 font-normal">{t('contacts.count')}</th>
          <th scope="col" className="w-20 font-normal">{t('contacts.out')}</th><th scope="col" className="w-20 font-normal">{t('contacts.in')}</th><th scope="col" className="w-36 font-normal">{t('contacts.first')}</th><th scope="col" className="w-36 font-normal">{t('contacts.last')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.host} ${line.feature}`} className="h-7 border-t border-line">
            <th scope="row" className="truncate font-normal" title={line.host}>{line.host}</th>
            <td className="truncate" title={line.feature}>{wordOr(t, `contacts.feature.${line.feature}`, line.feature)}</td>
            <td className="truncate">{formats.number(line.contactCount)}{line.failureCount > 0 && <span className="text-mid"> · {t('contacts.failed', { count: formats.number(line.failureCount) })}</span>}</td>
            <td className="truncate">{formats.bytes(line.bytesOut)}</td>
            <td className="truncate">{formats.bytes(line.bytesIn)}</td>
            <td className="truncate">{formats.dateTime(line.firstAt)}</td>
            <td className="truncate">{formats.dateTime(line.lastAt)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
