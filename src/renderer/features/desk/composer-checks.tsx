import { clsx } from 'clsx';
import { hasText } from '../../../shared/i18n/texts.ts';
import type { GuardViolation } from '../../../shared/contract/suggestion.contract.ts';
import { variableLabels } from '../../base/macro-variable-label.ts';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { useComposer, useDesk } from './desk-context.tsx';
import { placeholdersIn } from './draft-marks.ts';
import { insertAsTyped } from './text-insertion.ts';

const MOST_SHOWN = 3;
const NONE: readonly GuardViolation[] = [];

/** What stands against the reply, before it is sent: each with its rewrite, and one question, asked once, in place. */
export function ComposerChecks() {
  const { t } = useTexts();
  const violations = useComposer((state) => (state.checkedText === state.text ? state.violations : NONE));
  const text = useComposer((state) => state.text);
  const failure = useComposer((state) => state.sendFailure);
  const names = variableLabels(t, placeholdersIn(text).map(({ name }) => name));
  const isAsked = useComposer((state) => state.askedText !== null && state.askedText === state.text);
  const isClear = violations.length === 0 && names === '' && failure === null;
  if (isClear) return null;
  return (
    <div className="flex flex-col gap-1 pb-1.5 text-meta">
      {failure !== null && <p role="alert" className="text-high">{t('composer.sendFailed')} {failure.sentence ?? t(`error.${failure.code}`)}</p>}
      <HolesLine names={isAsked ? '' : names} />
      {violations.length > 0 && (
        <ul aria-label={t('guard.list')} className="flex flex-col gap-1">
          {violations.slice(0, MOST_SHOWN).map((violation) => <ViolationLine key={`${violation.ruleId}-${violation.start}`} violation={violation} isFirst={violation === violations.find(({ rewrite }) => rewrite !== null)} />)}
        </ul>
      )}
      {isAsked && <SendQuestion holes={names} />}
    </div>
  );
}

function HolesLine({ names }: { names: string }) {
  const { t } = useTexts();
  return names === '' ? null : <p className="text-mid">△ {t('composer.missing', { names })} · {t('composer.holes')}</p>;
}

function ViolationLine({ violation, isFirst }: { violation: GuardViolation; isFirst: boolean }) {
  const { t } = useTexts();
  const { rewrite, start, end, severity, kind } = violation;
  const label = `guard.${kind}`;
  const apply = (): void => {
    const field = document.querySelector<HTMLTextAreaElement>('textarea#reply');
    if (field !== null && rewrite !== null) insertAsTyped(field, rewrite, start, end);
  };
  return (
    <li className="flex min-w-0 items-center gap-2">
      <span className={clsx('min-w-0 truncate', severity === 'block' ? 'text-high' : 'text-mid')}>
        <span aria-hidden>{severity === 'block' ? '▲' : '△'} </span>{t(hasText(label) ? label : 'guard.other')}{t('warning.colon')}{violation.text}
      </span>
      {rewrite !== null && <Button id={isFirst ? 'guard-rewrite' : undefined} size="compact" onClick={apply} className="min-w-0 shrink"><span className="truncate">{rewrite === '' ? t('guard.remove') : t('guard.rewrite', { text: rewrite })}</span></Button>}
    </li>
  );
}

function SendQuestion({ holes }: { holes: string }) {
  const { t } = useTexts();
  const desk = useDesk();
  return (
    <p role="alert" className="flex items-center gap-2 text-high">
      <span>{holes !== '' ? t('composer.askHoles', { names: holes }) : t('guard.ask')}</span>
      <Button size="compact" onClick={() => { desk.composer.dropQuestion(); desk.focusField(); }}>{t('guard.edit')}</Button>
      <Button size="compact" tone="danger" onClick={() => void desk.composer.send()}>{t('guard.sendAnyway')}</Button>
    </p>
  );
}
