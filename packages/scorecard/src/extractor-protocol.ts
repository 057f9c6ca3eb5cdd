import type { FeatureExtractor } from '@plateau/features';
import type { Protocol } from './score.js';

/** The part of a protocol that an extractor decides. */
export function extractorProtocol({
  id,
  layer,
  weightsSha256,
  resize,
}: FeatureExtractor): Pick<Protocol, 'extractor' | 'preprocessing'> {
  return { extractor: { id, layer, weightsSha256 }, preprocessing: { resize, valueRange: [0, 255] } };
}
