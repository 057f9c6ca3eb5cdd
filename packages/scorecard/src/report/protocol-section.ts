import type { Score } from '../score.js';
import { warningLines } from '../warning-lines.js';
import { escapeHtml } from './page.js';

/** How the numbers came about and what to beware of, as HTML. */
export function protocolSection(scores: readonly Score[]): string {
  const { extractor, preprocessing, seed } = scores[0].protocol;
  const facts = [
    ...(extractor
      ? [`features: ${extractor.id}, layer ${extractor.layer}, weights sha256 ${extractor.weightsSha256.slice(0, 16)}…`]
      : ['features: as given']),
    ...(preprocessing ? [`resize: ${preprocessing.resize}, values in [${preprocessing.valueRange.join(', ')}]`] : []),
    `seed: ${seed}`,
    ...scores.map(({ metric, protocol }) => `${metric}: ${JSON.stringify(protocol.params)}`),
  ];
  const warnings = warningLines(scores);
  const list = (items: readonly string[]) =>
    `<ul>${items.map((item) => `<li><code>${escapeHtml(item)}</code></li>`).join('')}</ul>`;
  return [
    `<h2>How these numbers were made</h2>${list(facts)}`,
    warnings.length > 0 ? `<h2>Warnings</h2>${list(warnings)}` : '',
  ].join('\n');
}
