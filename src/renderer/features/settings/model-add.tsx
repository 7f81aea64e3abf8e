import { useState, type KeyboardEvent } from 'react';
import type { AddModel } from '../../../shared/contract/model.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import { isComposingKey } from '../../base/keys.ts';
import { useTexts } from '../../base/texts.tsx';
import type { Client } from '../../connection/connection.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';

type Pooling = 'auto' | NonNullable<AddModel['pooling']>;
type Fields = { target: string; name: string; pooling: Pooling; queryPrefix: string; passagePrefix: string };

const EMPTY: Fields = { target: '', name: '', pooling: 'auto', queryPrefix: '', passagePrefix: '' };
const POOLINGS: readonly Pooling[] = ['auto', 'mean', 'cls', 'last_token'];

/** A model from a folder or an address; what it does not say of itself can be said here. */
export function ModelAdd({ client, isBusy }: { client: Client; isBusy: boolean }) {
  const { t } = useTexts();
  const [fields, setFields] = useState(EMPTY);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const set = (change: Partial<Fields>): void => setFields((former) => ({ ...former, ...change }));
  const isReady = fields.target.trim() !== '' && !isBusy;
  const add = (): void => {
    client.model.add(inputOf(fields)).then(() => {
      setFields(EMPTY);
      setFailure(null);
    }, (error: unknown) => setFailure(callFailure(error)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !isComposingKey(event.nativeEvent) && isReady) add();
  };
  return (
    <div className="flex flex-col gap-3">
      <p className="text-ink-2">{t('models.addBody')}</p>
      <div className="flex flex-wrap items-end gap-3">
        <TextField className="min-w-72 flex-1" label={t('models.target')} value={fields.target} onChange={(event) => set({ target: event.target.value })} onKeyDown={onKeyDown} />
        <TextField className="w-44" label={t('models.name')} value={fields.name} onChange={(event) => set({ name: event.target.value })} onKeyDown={onKeyDown} />
        <Button tone="primary" disabled={!isReady} onClick={add}>{t('models.add')}</Button>
      </div>
      <details>
        <summary className="cursor-pointer text-meta text-ink-2">{t('models.more')}</summary>
        <div className="flex flex-wrap items-end gap-3 pt-2">
          <SelectField className="w-44" label={t('models.pooling')} value={fields.pooling} choices={POOLINGS.map((value) => ({ value, label: t(`models.pooling.${value}`) }))} onChange={(pooling) => set({ pooling })} />
          <TextField className="min-w-52 flex-1" label={t('models.queryPrefix')} value={fields.queryPrefix} onChange={(event) => set({ queryPrefix: event.target.value })} />
          <TextField className="min-w-52 flex-1" label={t('models.passagePrefix')} value={fields.passagePrefix} onChange={(event) => set({ passagePrefix: event.target.value })} />
        </div>
      </details>
      {failure !== null && <p role="alert" className="text-high">▲ {failure.sentence ?? t(`error.${failure.code}`)}</p>}
    </div>
  );
}

/** What was left empty is for the model to say. */
function inputOf({ target, name, pooling, queryPrefix, passagePrefix }: Fields): AddModel {
  return { target, ...(name.trim() !== '' && { id: name.trim() }), ...(pooling !== 'auto' && { pooling }), ...(queryPrefix !== '' && { queryPrefix }), ...(passagePrefix !== '' && { passagePrefix }) };
}
