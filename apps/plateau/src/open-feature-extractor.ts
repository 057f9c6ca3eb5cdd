import {
  openExtractor,
  withFeatureCache,
  type BackendName,
  type EngineName,
  type FeatureExtractor,
  type ResizeName,
} from '@plateau/features';
import type { CropMargins, ValueRange } from '@plateau/images';
import { warnOnStderr } from './warn.js';

/** The extractor that a command's words ask for. */
export interface ExtractorWords {
  readonly extractor: string;
  readonly layer?: string;
  readonly resize?: ResizeName;
  readonly crop?: CropMargins;
  readonly window?: ValueRange;
  readonly engine?: EngineName;
  /** Of tfjs. */
  readonly backend?: BackendName;
  /** Features that were computed before are read from disk. @default true */
  readonly cache?: boolean;
}

/** Opens the network that a command embeds images with. */
export async function openFeatureExtractor(words: ExtractorWords): Promise<FeatureExtractor> {
  const { extractor: weights, layer, resize, crop, window, engine, backend, cache = true } = words;
  const extractor = await openExtractor({
    weights,
    layer,
    resize,
    crop,
    window,
    engine,
    backend,
    onWarning: warnOnStderr,
  });
  return cache ? withFeatureCache(extractor) : extractor;
}
