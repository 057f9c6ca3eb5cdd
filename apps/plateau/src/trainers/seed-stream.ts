import { RandomState } from '@plateau/numerics';

/** An endless series of seeds for tfjs's initialisers and random tensors: the same for the same seed. */
export function seedStream(seed: number): () => number {
  const random = new RandomState(seed);
  return () => Math.floor(random.random() * 0x7fffffff);
}
