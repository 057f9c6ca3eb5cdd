import type { EpochRecord } from '@plateau/features';

/** An epoch in one line. */
export function epochLine({ epoch, loss, validationLoss, validationAccuracy, seconds }: EpochRecord): string {
  const accuracy = (100 * validationAccuracy).toFixed(1);
  return `epoch ${epoch}: loss ${loss.toFixed(4)}, validation ${validationLoss.toFixed(4)} (${accuracy} % right), ${seconds.toFixed(0)} s`;
}
