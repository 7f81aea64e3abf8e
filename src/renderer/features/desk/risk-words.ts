import type { RiskReason, RiskSignal } from '../../../shared/contract/risk.contract.ts';
import { hasText, type TextKey } from '../../../shared/i18n/texts.ts';
import type { Texts } from '../../base/texts.tsx';

/** The most exact text there is for a reason's code, with its group first (`demand.complaint`), else the general one. */
function textOf(place: 'reason' | 'step', reason: RiskReason): TextKey {
  const group = reason.values['group'];
  const exact = `risk.${place}.${reason.feature}.${group}`;
  if (hasText(exact)) return exact;
  const plain = `risk.${place}.${reason.feature}`;
  return hasText(plain) ? plain : `risk.${place}.other`;
}

/** A reason in words: 等了 3 分 0 秒. */
export function reasonWords(reason: RiskReason, { t, formats }: Pick<Texts, 't' | 'formats'>): string {
  const waitMs = Number(reason.values['waitMs'] ?? 0);
  return t(textOf('reason', reason), { ...reason.values, duration: formats.duration(waitMs) });
}

/** What to do about the strongest reason that has a step of its own. */
export function nextStep(reasons: readonly RiskReason[], { t }: Pick<Texts, 't'>): string {
  const steps = reasons.filter(({ weight }) => weight > 0).map((reason) => textOf('step', reason));
  return t(steps.find((step) => step !== 'risk.step.other') ?? 'risk.step.other');
}

/** The signal the warning line shows now, if any: the newest one, unless the rep called it a false alarm. */
export function shownSignal(signals: readonly RiskSignal[]): RiskSignal | null {
  const newest = signals.at(-1);
  return newest !== undefined && newest.isShown && newest.label !== 'false_alarm' ? newest : null;
}
