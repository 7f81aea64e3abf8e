import { useEffect, useState } from 'react';
import { isHttpsAddress, type UpdateNews } from '../../../shared/contract/desktop.contract.ts';
import { callFailure } from '../../base/call-failure.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { RoleNote } from '../../ui/role-note.tsx';
import { FramedBlock } from '../../ui/framed-block.tsx';
import type { SettingsPageProps } from './settings-pages.tsx';

const KEY = /^[A-Za-z0-9+/]{43}=$/;

/** The feed that the owner may set, and what it said. */
export function UpdateSettings({ client, settings: { updateFeed }, session, onSave }: SettingsPageProps) {
  const { t } = useTexts();
  const isAllowed = session.allowed.includes('shop.settings');
  return (
    <FramedBlock title={t('desktop.updates')}>
      <p className="text-ink-2">{t('desktop.updates.help')}</p>
      <RoleNote session={session} action="shop.settings" />
      {isAllowed && <FeedForm key={updateFeed?.url ?? ''} feed={updateFeed} onSave={onSave} />}
      <News key={`news-${updateFeed?.url ?? ''}`} client={client} canCheck={isAllowed && updateFeed !== null} />
    </FramedBlock>
  );
}

function FeedForm({ feed, onSave }: { feed: SettingsPageProps['settings']['updateFeed']; onSave: SettingsPageProps['onSave'] }) {
  const { t } = useTexts();
  const { toasts } = useShell();
  const [url, setUrl] = useState(feed?.url ?? '');
  const [publicKey, setKey] = useState(feed?.publicKey ?? '');
  const [isTried, setTried] = useState(false);
  const [isUrl, isKey] = [isHttpsAddress(url.trim()), KEY.test(publicKey.trim())];
  const save = (updateFeed: typeof feed): void => void onSave({ updateFeed }).then((failure) => { if (failure !== null) toasts.problem({ key: `error.${failure.code}` }); });
  const submit = (): void => {
    setTried(true);
    if (isUrl && isKey) save({ url: url.trim(), publicKey: publicKey.trim() });
  };
  return (
    <form className="flex flex-col gap-3" onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <TextField label={t('desktop.updates.url')} value={url} maxLength={500} spellCheck={false} autoComplete="off" placeholder="https://" problem={isTried && !isUrl ? t('desktop.updates.badUrl') : null} onChange={(event) => setUrl(event.target.value)} />
      <TextField label={t('desktop.updates.key')} value={publicKey} maxLength={60} spellCheck={false} autoComplete="off" problem={isTried && !isKey ? t('desktop.updates.badKey') : null} onChange={(event) => setKey(event.target.value)} />
      <div className="flex gap-2">
        <Button type="submit">{t('desktop.updates.save')}</Button>
        {feed !== null && <Button tone="ghost" onClick={() => save(null)}>{t('desktop.updates.off')}</Button>}
      </div>
    </form>
  );
}

function News({ client, canCheck }: { client: SettingsPageProps['client']; canCheck: boolean }) {
  const { t, formats } = useTexts();
  const { toasts } = useShell();
  const [news, setNews] = useState<UpdateNews | null>(null);
  const [isAsking, setAsking] = useState(false);
  useEffect(() => void client.update.get({}).then(setNews, () => {}), [client]);
  const check = (): void => {
    setAsking(true);
    void client.update.check({}).then(setNews, (error: unknown) => toasts.problem({ key: `error.${callFailure(error).code}` })).finally(() => setAsking(false));
  };
  const words = news === null ? [] : [t(`desktop.news.${news.outcome}`, { version: news.version ?? '' }), news.reason === null ? '' : t(`desktop.news.reason.${news.reason}`), news.checkedAt === null ? '' : t('desktop.news.at', { at: formats.dateTime(news.checkedAt) })];
  return (
    <div className="flex flex-wrap items-center gap-3">
      {canCheck && <Button disabled={isAsking} onClick={check}>{t(isAsking ? 'desktop.updates.checking' : 'desktop.updates.check')}</Button>}
      <p role="status" className="text-ink-2">{words.filter((word) => word !== '').join(' · ')}</p>
      {news?.pageUrl != null && <a href={news.pageUrl} target="_blank" rel="noreferrer" className="text-accent underline">{t('desktop.updates.open')}</a>}
    </div>
  );
}
