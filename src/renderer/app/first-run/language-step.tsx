import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { ChoiceList } from './choice-list.tsx';
import { StepButtons, StepSheet, type StepProps } from './step-sheet.tsx';

// Each language in its own words, so that its reader finds it whatever is shown now.
const LANGUAGES = [{ value: 'zh-Hans', title: '简体中文' }, { value: 'zh-Hant', title: '繁體中文' }, { value: 'en', title: 'English' }] as const;

/** The system's language is chosen already; another one shows at once. */
export function LanguageStep({ page, onNext, onBack }: StepProps) {
  const { t, language } = useTexts();
  return (
    <StepSheet title={t('welcome.language.title')} body={t('welcome.language.body')}>
      <ChoiceList label={t('welcome.language.pick')} value={language} choices={LANGUAGES} onChange={(next) => void page.app.saveSettings({ language: next })} />
      <StepButtons onBack={onBack}><Button tone="primary" onClick={() => onNext()}>{t('welcome.next')}</Button></StepButtons>
    </StepSheet>
  );
}
