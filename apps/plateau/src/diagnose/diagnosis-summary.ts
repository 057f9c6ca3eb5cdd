import { comparisonTable, frechetVersusNTable, metricsTable, textTable, type Diagnosis } from '@plateau/small-sample';
import { powerSentence } from './power-sentence.js';

/** A diagnosis as text for a terminal. */
export function diagnosisSummary(title: string, diagnosis: Diagnosis): string {
  const { metrics, frechetVersusN, verdict, memorisation, comparison, warnings } = diagnosis;
  const parts = [
    title,
    ...(verdict === undefined ? [] : [verdict]),
    ...(verdict === undefined ? [] : [powerSentence(diagnosis)]),
    ...(metrics.length > 0
      ? [
          `${textTable(metricsTable(metrics))}\n\nCeiling: noise that knows only the reference's overall mean and variance.`,
        ]
      : []),
    ...(comparison
      ? [`${comparison.verdict}, on ${comparison.n} images each:\n${textTable(comparisonTable(comparison))}`]
      : []),
    ...nearDuplicateLines(memorisation),
    ...(frechetVersusN
      ? [`FID of two groups of N reference images\n${textTable(frechetVersusNTable(frechetVersusN))}`]
      : []),
    ...(warnings.length > 0 ? [warnings.map((warning) => `warning: ${warning}`).join('\n')] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The nearest pairs of generated images that are nearly the same. */
function nearDuplicateLines(memorisation: Diagnosis['memorisation']): string[] {
  const pairs = memorisation?.duplicates.pairs ?? [];
  if (pairs.length === 0) return [];
  const lines = pairs
    .slice(0, 10)
    .map(({ first, second, names }) => `  ${names ? names.join('  ') : `rows ${first} and ${second}`}`);
  return [`Near-duplicates, ${pairs.length} pairs${pairs.length > 10 ? ', the nearest 10' : ''}:\n${lines.join('\n')}`];
}
