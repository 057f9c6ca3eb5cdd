import { BatchExtractor } from './batch-extractor.js';
import type { Engine } from './engines/engine.js';
import { inferShapes } from './network/infer-shapes.js';
import { inputOf, type Network } from './network/network.js';
import type { Preparation } from './prepare/prepare-images.js';

/** A described network in an engine as a feature extractor. */
export class NetworkExtractor extends BatchExtractor {
  /** @param options.engine runs `network` with the weights that are named */
  constructor(options: {
    network: Network;
    layer: string;
    weights: { readonly id: string; readonly sha256: string };
    engine: Engine;
    /** @default clean-fid's resize */
    preparation?: Preparation;
    /** @default what the engine likes */
    batchSize?: number;
  }) {
    const { network, weights, ...rest } = options;
    super({
      ...rest,
      id: `${network.id}/${weights.id}`,
      dimension: inferShapes(network).get(network.output)!.channels,
      weightsSha256: weights.sha256,
      input: inputOf(network),
    });
  }
}
