import { useState } from 'react';
import type { PackProblem } from '../../../shared/contract/pack.contract.ts';
import { callFailure } from '../../base/call-failure.ts';
import { isComposingKey } from '../../base/keys.ts';
import { useTexts } from '../../base/texts.tsx';
import type { Client } from '../../connection/connection.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';

type Checked = { kind: 'idle' } | { kind: 'checking' } | { kind: 'checked'; path: string; problems: readonly PackProblem[] } | { kind: 'failed'; sentence: string };

/** A pack from a folder: checked first, installed only when nothing is wrong. */
export function PackFolder({ client }: { client: Client }) {
  const { t, formats } = useTexts();
  const [path, setPath] = useState('');
  const [checked, setChecked] = useState<Checked>({ kind: 'idle' });
  const run = async (work: () => Promise<Checked>): Promise<void> => {
    setChecked({ kind: 'checking' });
    try {
      setChecked(await work());
    } catch (error) {
      const { code, sentence } = callFailure(error);
      setChecked({ kind: 'failed', sentence: sentence ?? t(`error.${code}`) });
    }
  };
  const check = (): void => void run(async () => ({ kind: 'checked', path, problems: (await client.pack.check({ path })).problems }));
  const install = (folder: string): void => void run(async () => {
    await client.pack.install({ path: folder });
    setPath('');
    return { kind: 'idle' };
  });
  const isReady = path.trim() !== '' && checked.kind !== 'checking';
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-end gap-3">
        <TextField className="min-w-72 flex-1" label={t('packs.folder')} value={path} onChange={(event) => { setPath(event.target.value); setChecked({ kind: 'idle' }); }} onKeyDown={(event) => { if (event.key === 'Enter' && !isComposingKey(event.nativeEvent) && isReady) check(); }} />
        <Button disabled={!isReady} onClick={check}>{t(checked.kind === 'checking' ? 'packs.checking' : 'packs.check')}</Button>
        {checked.kind === 'checked' && checked.problems.length === 0 && <Button tone="primary" onClick={() => install(checked.path)}>{t('packs.install')}</Button>}
      </div>
      <div role="status">
        {checked.kind === 'failed' && <p className="text-high">▲ {checked.sentence}</p>}
        {checked.kind === 'checked' && checked.problems.length === 0 && <p className="text-ok">✓ {t('packs.right')}</p>}
        {checked.kind === 'checked' && checked.problems.length > 0 && <p className="text-high">▲ {t('packs.problems', { count: formats.number(checked.problems.length) })}</p>}
      </div>
      {checked.kind === 'checked' && checked.problems.length > 0 && (
        <ul className="flex flex-col gap-1 text-meta">
          {checked.problems.slice(0, SHOWN_COUNT).map(({ file, line, message }) => <li key={`${file} ${line} ${message}`} className="break-words"><code>{file}:{line}</code> {message}</li>)}
        </ul>
      )}
    </div>
  );
}

const SHOWN_COUNT = 50;
