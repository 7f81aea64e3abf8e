import { useState } from 'react';
import { useStore } from 'zustand';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { ChoiceList } from './choice-list.tsx';
import { PassphraseForm } from './passphrase-form.tsx';
import { RecoveryCodeForm } from './recovery-code-form.tsx';
import { StepButtons, StepSheet, type StepProps } from './step-sheet.tsx';

type Protection = 'passphrase' | 'keychain' | 'none';

/** Who can open the file, with what it means. */
export function ProtectionStep({ page, onNext, onBack }: StepProps) {
  const { t } = useTexts();
  const { client } = page.connection;
  const status = useStore(page.app.store, (state) => state.status);
  const hasKeychain = status?.isKeychainAvailable ?? false;
  const [choice, setChoice] = useState<Protection>(hasKeychain ? 'keychain' : 'passphrase');
  const [isTyping, setIsTyping] = useState(false);
  const [recoveryCode, setRecoveryCode] = useState<string | null>(null);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  if (recoveryCode !== null) return <RecoveryCodeForm code={recoveryCode} onDone={() => onNext()} />;
  if (isTyping) return <PassphraseForm client={client} onBack={() => setIsTyping(false)} onDone={(code) => { setRecoveryCode(code); void page.app.refresh(); }} />;
  if (status?.keyProtection === 'passphrase') {
    return (
      <StepSheet title={t('welcome.protection.title')} body={t('welcome.protection.already')}>
        <StepButtons onBack={onBack}><Button tone="primary" onClick={() => onNext()}>{t('welcome.next')}</Button></StepButtons>
      </StepSheet>
    );
  }
  const choices = [
    ...(hasKeychain ? [{ value: 'keychain', title: t('welcome.protection.keychain'), body: t('welcome.protection.keychainBody') } as const] : []),
    { value: 'passphrase', title: t('welcome.protection.passphrase'), body: t('welcome.protection.passphraseBody') } as const,
    { value: 'none', title: t('welcome.protection.none'), body: t('welcome.protection.noneBody') } as const,
  ];
  const goOn = async (): Promise<void> => {
    if (choice === 'passphrase') return setIsTyping(true);
    try {
      if (choice === 'keychain' && status?.keyProtection !== 'keychain') page.app.setStatus(await client.app.useKeychain({}));
      onNext();
    } catch (error) {
      setFailure(callFailure(error));
    }
  };
  return (
    <StepSheet title={t('welcome.protection.title')} body={t('welcome.protection.body')}>
      <ChoiceList label={t('welcome.protection.title')} value={choice} choices={choices} onChange={setChoice} />
      {failure !== null && <p role="alert" className="text-high">{failure.sentence ?? t(`error.${failure.code}`)}</p>}
      <StepButtons onBack={onBack}><Button tone="primary" onClick={() => void goOn()}>{t('welcome.next')}</Button></StepButtons>
    </StepSheet>
  );
}
