import { expect, test } from 'vitest';
import { describeInceptionV3, networkUpTo, weightShapes } from '../src/index.js';
import { inferShapes } from '../src/network/infer-shapes.js';

const fid = describeInceptionV3({ variant: 'fid' });

// torchvision documents 27,161,264 parameters, of which the auxiliary classifier, not used here, has 3,326,696. To these come
// 17,216 running means and as many variances, and 8 classes more than ImageNet's 1000.
test('has as many weights as torchvision documents', () => {
  const sizes = [...weightShapes(fid).values()].map((shape) => shape.reduce((a, b) => a * b, 1));
  expect(sizes.reduce((a, b) => a + b, 0)).toBe(27_161_264 - 3_326_696 + 2 * 17_216 + 8 * 2049);
});

// The four feature sizes and the two logits of torch-fidelity's `inception-v3-compat`.
test.each([
  ['64', 'stem.pool_1', 64],
  ['192', 'stem.pool_2', 192],
  ['768', 'mixed7', 768],
  ['2048', 'pool', 2048],
  ['logits', 'logits', 1008],
  ['logits-without-bias', 'logits-without-bias', 1008],
])('layer %s is %s with %d values', (layer, node, values) => {
  const part = networkUpTo(fid, layer);
  expect(part.output.replace('.average', '')).toBe(node);
  expect(inferShapes(part).get(part.output)).toEqual({ height: 1, width: 1, channels: values });
});

test('differs from the Keras network in its last pool, its scaling and its gamma, and in nothing else up to the pool', () => {
  const keras = describeInceptionV3({ variant: 'keras' });
  const changes = keras.nodes.flatMap((node, i) => {
    const other = fid.nodes[i]!;
    return Object.entries(node).flatMap(([key, value]) =>
      JSON.stringify(value) === JSON.stringify(other[key as keyof typeof other]) ? [] : [`${node.kind} ${key}`],
    );
  });
  expect(new Set(changes)).toEqual(new Set(['input scaling', 'convolution batchNorm', 'average-pool kind']));
  expect(changes.filter((change) => change === 'average-pool kind')).toHaveLength(1);
  expect(fid.nodes.find(({ name }) => name === 'mixed10.branch_pool_pooled')).toMatchObject({ kind: 'max-pool' });
});

test('an unknown layer is refused with the names that the literature uses', () => {
  expect(() => networkUpTo(fid, '1024')).toThrow(
    /no layer '1024': expected one of 64, 192, 768, 2048, mixed0,.*logits/,
  );
});
