import { describe, expect, it } from 'vitest';
import { classWeights } from '../src/finetune/class-weights.js';
import { accuracyOf, confusionMatrix } from '../src/finetune/confusion-matrix.js';
import { splitNetwork, type Unfreeze } from '../src/finetune/split-network.js';
import { stratifiedSplit } from '../src/finetune/stratified-split.js';
import { describeInceptionV3 } from '../src/index.js';
import { inferShapes } from '../src/network/infer-shapes.js';
import { convolutionsOf } from '../src/network/network.js';

describe('stratifiedSplit', () => {
  const labels = Array.from({ length: 90 }, (_, i) => (i % 3 === 0 ? 'rare' : 'common'));
  const options = { trainShare: 0.5, validationShare: 0.2, seed: 1 };

  it('puts every image in one part, and every class in each part in the shares asked for', () => {
    const { train, validation, test } = stratifiedSplit(labels, options);
    expect([...train, ...validation, ...test].sort((a, b) => a - b)).toEqual(labels.map((_, i) => i));
    const counts = (part: readonly number[]) =>
      ['rare', 'common'].map((label) => part.filter((i) => labels[i] === label).length);
    expect([train, validation, test].map(counts)).toEqual([
      [12, 24],
      [3, 6],
      [15, 30],
    ]);
  });

  it('depends on the seed, and on nothing else', () => {
    expect(stratifiedSplit(labels, options)).toEqual(stratifiedSplit(labels, options));
    expect(stratifiedSplit(labels, { ...options, seed: 2 })).not.toEqual(stratifiedSplit(labels, options));
  });

  it('leaves one image for each part of the smallest class', () => {
    const { train, validation, test } = stratifiedSplit(['a', 'a', 'a'], { ...options, trainShare: 0.99 });
    expect([train, validation, test].map(({ length }) => length)).toEqual([1, 1, 1]);
  });

  it('refuses a class of one image, and shares that are none', () => {
    expect(() => stratifiedSplit(['a', 'a', 'a', 'b'], options)).toThrow(
      "class 'b' has 1 image, expected 3 or more: one for each of training, validation and test",
    );
    expect(() => stratifiedSplit(labels, { ...options, trainShare: 1 })).toThrow('trainShare is 1');
    expect(() => stratifiedSplit(labels, { ...options, validationShare: -0.1 })).toThrow('validationShare is -0.1');
  });
});

// By hand.
describe('classWeights and confusionMatrix', () => {
  it('let every class count alike, 1 on average', () => {
    expect(classWeights([0, 0, 0, 1], 2)).toEqual([4 / 6, 2]);
    expect(classWeights([0, 0], 2)).toEqual([0.5, 0]);
  });

  it('count predictions by class', () => {
    const matrix = confusionMatrix({ labels: [0, 0, 1, 2], predictions: [0, 1, 1, 0], classes: 3 });
    expect(matrix).toEqual([
      [1, 1, 0],
      [0, 1, 0],
      [1, 0, 0],
    ]);
    expect(accuracyOf(matrix)).toBe(0.5);
  });
});

describe('splitNetwork', () => {
  const inception = describeInceptionV3({ variant: 'keras' });

  // Convolutions of each block by Szegedy et al.: mixed9 and mixed10 have 9 each, 94 in all.
  it.each<[Unfreeze, number, number, [number, number, number]]>([
    ['head', 94, 0, [1, 1, 2048]],
    ['mixed10', 85, 9, [8, 8, 2048]],
    ['mixed9', 76, 18, [8, 8, 1280]],
    ['mixed0', 5, 89, [35, 35, 192]],
    ['all', 0, 94, [299, 299, 3]],
  ])('%s: %i frozen, %i trained convolutions', (unfreeze, frozen, trained, [height, width, channels]) => {
    const { trunk, tail } = splitNetwork(inception, { unfreeze, classes: 6 });
    expect(trunk ? convolutionsOf(trunk).length : 0).toBe(frozen);
    expect(convolutionsOf(tail)).toHaveLength(trained);
    const shapes = inferShapes(tail);
    expect(shapes.get(tail.nodes[0]!.name)).toEqual({ height, width, channels });
    if (trunk) expect(inferShapes(trunk).get(trunk.output)).toEqual({ height, width, channels });
    expect(shapes.get('logits')).toEqual({ height: 1, width: 1, channels: 6 });
  });

  it('refuses a block that there is not', () => {
    expect(() => splitNetwork(inception, { unfreeze: 'mixed11', classes: 2 })).toThrow(
      "can't unfreeze 'mixed11': expected head, mixed10, mixed9, … mixed0, or all",
    );
  });
});
