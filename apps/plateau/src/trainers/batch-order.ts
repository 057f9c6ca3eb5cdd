import type { RandomState } from '@plateau/numerics';

/**
 * An endless series of batches of indices below `count`: every index occurs once before any occurs again.
 * @throws RangeError when a batch is larger than the set
 */
export function* batchOrder(count: number, batchSize: number, random: RandomState): Generator<number[], never> {
  if (batchSize > count) throw new RangeError(`got batches of ${batchSize} from ${count} images`);
  let waiting: number[] = [];
  for (;;) {
    if (waiting.length < batchSize) waiting = [...waiting, ...random.permutation(count)];
    yield waiting.slice(0, batchSize);
    waiting = waiting.slice(batchSize);
  }
}
