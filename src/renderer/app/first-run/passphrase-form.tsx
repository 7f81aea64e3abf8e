import { useState } from 'react';
import { callFailure } from '../../base/call-failure.ts';
import { useTexts } from '../../base/texts.tsx';
import type { Client } from '../../connection/connection.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { passphraseStrength, type Strength } from './passphrase-strength.ts';
import { StepButtons, StepSheet } from './step-sheet.tsx';

const SHAPES: Record<Strength, readonly [shape: string, colour: string]> = { short: ['○', 'text-ink-3'], weak: ['△', 'text-mid'], fair: ['◐', 'text-ink-2'], strong: ['✓', 'text-ok'] };

/** A passphrase twice, with its strength in words. A weak one is allowed: it is the shop's own choice, made knowing. */
export function PassphraseForm({ client, onBack, onDone }: { client: Client; onBack: () => void; onDone: (recoveryCode: string) => void }) {
  const { t } = useTexts();
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const strength = passphraseStrength(next);
  const [shape, colour] = SHAPES[strength];
  const isReady = strength !== 'short' && next === again && !isBusy;
  const submit = async (): Promise<void> => {
    setIsBusy(true);
    try {
      onDone((await client.app.setPassphrase({ current: null, next })).recoveryCode);
    } catch (error) {
      setProblem(t(`error.${callFailure(error).code}`));
      setIsBusy(false);
    }
  };
  return (
    <StepSheet title={t('welcome.protection.set')} body={t('welcome.protection.passphraseBody')}>
      <form className="flex flex-col gap-4" onSubmit={(event) => { event.preventDefault(); if (isReady) void submit(); }}>
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the form was just asked for */}
        <TextField autoFocus label={t('settings.newPassphrase')} type="password" autoComplete="new-password" maxLength={200} value={next} onChange={(event) => setNext(event.target.value)} />
        <p role="status" className="min-h-5 text-ink-2">{next !== '' && <>{t('welcome.strength')}{t('warning.colon')}<span className={colour}><span aria-hidden>{shape} </span>{t(`welcome.strength.${strength}`)}</span></>}</p>
        <TextField label={t('settings.repeatPassphrase')} type="password" autoComplete="new-password" maxLength={200} value={again} onChange={(event) => setAgain(event.target.value)} problem={again !== '' && !next.startsWith(again) ? t('settings.passphraseDiffers') : null} />
        {problem !== null && <p role="alert" className="text-high">{problem}</p>}
        <StepButtons onBack={onBack}><Button type="submit" tone="primary" disabled={!isReady}>{t('welcome.protection.set')}</Button></StepButtons>
      </form>
    </StepSheet>
  );
}
