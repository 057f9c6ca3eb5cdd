import type { FeatureExtractor } from '@plateau/features';
import type { Matrix } from '@plateau/numerics';
import { extractFeatures } from '@plateau/scorecard';
import { stderrProgress } from './progress.js';
import type { OpenedSet } from './sets.js';

/** The features of a SET: read as they are, or of its images, with progress on stderr. */
export async function embedSet(set: OpenedSet, extractor: FeatureExtractor): Promise<Matrix> {
  if (set.kind === 'features') return set.features;
  const progress = stderrProgress();
  progress.start(set.source.id, set.source.count ?? 0);
  try {
    return await extractFeatures(set.source, extractor, { onImages: (count) => progress.advance(count) });
  } finally {
    progress.stop();
  }
}
