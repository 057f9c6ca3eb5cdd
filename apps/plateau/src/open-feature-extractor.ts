import { openExtractor, type FeatureExtractor } from '@plateau/features';
import { warnOnStderr } from './warn.js';

/** The extractor that a command's words ask for. */
export interface ExtractorWords {
  readonly extractor: string;
  readonly layer?: string;
}

/** Opens the network that a command embeds images with. */
export function openFeatureExtractor({ extractor, layer }: ExtractorWords): Promise<FeatureExtractor> {
  return openExtractor({ weights: extractor, layer, onWarning: warnOnStderr });
}
