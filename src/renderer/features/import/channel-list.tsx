import { clsx } from 'clsx';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { Channel } from '../../../shared/contract/app.contract.ts';
import { backendWords } from '../../base/page-language.ts';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import type { FileAccess } from './import-screen.tsx';
import type { ImportStore } from './import.store.ts';
import { LiveCustomersForm } from './live-customers-form.tsx';

const SPEEDS = ['1', '5', '10', '50', '0'] as const;
const LIMITS = ['5', '20', '100', '1000'] as const;
const STATE_COLOURS = { running: 'text-ok', stopped: 'text-ink-3', failed: 'text-high' } as const;
const STATE_SHAPES = { running: '●', stopped: '○', failed: '▲' } as const;

/** Replays and watched files: start, see how far, stop. */
export function ChannelList({ imports, files }: { imports: ImportStore; files: FileAccess }) {
  const { t } = useTexts();
  const channels = useStore(imports.store, (state) => state.channels);
  const failure = useStore(imports.store, (state) => state.channelFailure);
  return (
    <section aria-label={t('replay.title')} className="flex h-fit flex-col gap-3 rounded border border-line bg-surface p-4">
      <h2 className="font-semibold">{t('replay.title')}</h2>
      <p className="text-meta text-ink-2">{t('replay.intro')}</p>
      <ReplayForm imports={imports} files={files} />
      <LiveCustomersForm imports={imports} />
      {failure !== null && <p role="alert" className="text-high">{failure.sentence ?? t(`error.${failure.code}`)}</p>}
      <ul className="flex flex-col gap-2">
        {channels.length === 0 && <li className="text-ink-3">{t('replay.none')}</li>}
        {channels.map((channel) => <ChannelLine key={channel.id} channel={channel} onStop={() => void imports.stopChannel(channel.id)} />)}
      </ul>
    </section>
  );
}

function ReplayForm({ imports, files }: { imports: ImportStore; files: FileAccess }) {
  const { t } = useTexts();
  const [path, setPath] = useState('');
  const [speed, setSpeed] = useState<(typeof SPEEDS)[number]>('10');
  const [limit, setLimit] = useState<(typeof LIMITS)[number]>('20');
  const start = (): void => void imports.startReplay({ ...(path.trim() === '' ? {} : { path: path.trim() }), speed: Number(speed), limit: Number(limit) });
  return (
    <form className="flex flex-col gap-3" onSubmit={(event) => { event.preventDefault(); start(); }}>
      <div className="flex items-end gap-2">
        <TextField label={t('replay.path')} value={path} onChange={(event) => setPath(event.target.value)} spellCheck={false} className="flex-1" />
        <Button onClick={() => void files.chooseFiles().then(([first]) => { if (first !== undefined) setPath(first); }).catch(() => {})}>{t('import.choose')}</Button>
      </div>
      <div className="grid grid-cols-2 gap-2">
        <SelectField label={t('replay.speed')} value={speed} choices={SPEEDS.map((value) => ({ value, label: value === '0' ? t('replay.speedAll') : t('replay.speedTimes', { speed: value }) }))} onChange={setSpeed} />
        <SelectField label={t('replay.limit')} value={limit} choices={LIMITS.map((value) => ({ value, label: value }))} onChange={setLimit} />
      </div>
      <div className="flex gap-2">
        <Button type="submit" tone="primary">{t('replay.start')}</Button>
        <Button disabled={path.trim() === ''} onClick={() => void imports.watchFile(path.trim())}>{t('replay.addFile')}</Button>
      </div>
    </form>
  );
}

function ChannelLine({ channel, onStop }: { channel: Channel; onStop: () => void }) {
  const { t, language } = useTexts();
  const { replay } = channel;
  return (
    <li className="flex flex-col gap-1 border-t border-line pt-2">
      <div className="flex items-center gap-2">
        <span className={clsx('shrink-0 text-meta', STATE_COLOURS[channel.state])}><span aria-hidden>{STATE_SHAPES[channel.state]} </span>{t(`replay.state.${channel.state}`)}</span>
        <span className="min-w-0 flex-1 truncate" title={channel.title}>{channel.kind === 'demo' ? t('channel.demo') : `${t(`channel.${channel.kind}`)} · ${channel.title}`}</span>
        {channel.state === 'running' && <Button size="compact" onClick={onStop}>{t('replay.stop')}</Button>}
      </div>
      {replay !== null && <p className="text-meta text-ink-2">{t('replay.progress', { played: replay.playedCount, total: replay.totalCount })}</p>}
      {channel.demo !== undefined && <p className="text-meta text-ink-2">{t('liveCustomers.progress', { ended: channel.demo.endedCount, total: channel.demo.customerCount })}</p>}
      {channel.error !== null && <p className="text-meta text-high">{backendWords(channel.error, language)}</p>}
    </li>
  );
}
