import { formatValue } from '@plateau/scorecard';
import type { CollapseState, FailureKind } from '../run-event.js';

const names: Readonly<Record<string, string>> = {
  vendi: 'Vendi score',
  vendiInfinity: 'Vendi score of order ∞',
  spread: 'pairwise spread',
  duplicates: 'share of near-duplicates',
  copies: 'share of copies of reference images',
  distance: 'distance from the reference',
  recall: 'recall',
  coverage: 'coverage',
  contrast: 'contrast',
  sharpness: 'sharpness',
  discriminatorLoss: "discriminator's loss",
};
const looks: Readonly<Record<FailureKind, string>> = {
  collapse: 'the samples lack variety',
  memorisation: 'the samples are copies of reference images',
  divergence: 'the samples are far from all reference images',
  blur: 'the samples are blurred',
  blank: 'the samples are blank',
};

/** The evidence in words: what is wrong, the signals that say so beside the reference's own, how long, how sure. */
export function failureSentence(
  kind: FailureKind,
  { signals, streak, logEvidence, alpha }: Pick<CollapseState, 'signals' | 'streak' | 'logEvidence' | 'alpha'>,
): string {
  const parts = Object.entries(signals)
    .filter(([, { alarming }]) => alarming)
    .map(([name, { value, reference }]) => {
      const beside = name === 'discriminatorLoss' ? 'earlier' : "the reference's own";
      return `${names[name]} ${formatValue(value)}${reference === undefined ? '' : ` (${beside} ${formatValue(reference)})`}`;
    });
  const evidence =
    logEvidence === -Infinity
      ? ''
      : `, evidence 10^${(logEvidence / Math.LN10).toFixed(1)} where ${1 / alpha} stops a run`;
  return `${looks[kind]}: ${parts.join(', ')}; ${streak} scored ${streak === 1 ? 'epoch' : 'epochs'} in a row${evidence}`;
}
