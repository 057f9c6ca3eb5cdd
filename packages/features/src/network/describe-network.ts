import { describeInceptionV3 } from './inception-v3.js';
import type { Network } from './network.js';
import { describeSqueezeNet } from './squeeze-net.js';

/**
 * The network that a weight file names.
 * @param options.classes units of the classifier of a fine-tuned InceptionV3
 * @throws RangeError for an unknown name
 */
export function describeNetwork(id: string, options: { classes?: number } = {}): Network {
  switch (id) {
    case 'inception-v3':
      return describeInceptionV3({ variant: 'keras', ...options });
    case 'inception-2015-12-05':
      return describeInceptionV3({ variant: 'fid' });
    case 'squeezenet-1.1':
      return describeSqueezeNet();
    default:
      throw new RangeError(
        `unknown network '${id}': expected 'inception-v3', 'inception-2015-12-05' or 'squeezenet-1.1'`,
      );
  }
}
