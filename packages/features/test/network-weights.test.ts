import { describe, expect, test } from 'vitest';
import { checkWeights, createWeights, type WeightTensor } from '../src/index.js';
import { oneConvolution, trainedLookingWeights } from './small-networks.js';

const a: WeightTensor = { shape: [1, 1], data: Float32Array.of(0.5) };
const b: WeightTensor = { shape: [2], data: Float32Array.of(1, -2) };
const hash = (...tensors: [string, WeightTensor][]): string =>
  createWeights({ id: 'test', provenance: 'test', tensors: new Map(tensors) }).sha256;

describe('the hash of weights', () => {
  test('is that of names, shapes and little-endian numbers in order of names', () => {
    // Python: sha256('a 1×1\n'.encode() + pack('<f', .5) + 'b 2\n'.encode() + pack('<2f', 1, -2))
    const expected = '51fcbd7b29bc38faeffae84c3b8d11c40e331a131e30b04b326bd65d8d3093d4';
    expect(hash(['a', a], ['b', b])).toBe(expected);
    expect(hash(['b', b], ['a', a])).toBe(expected);
  });

  test.each<[string, [string, WeightTensor][]]>([
    [
      'a number',
      [
        ['a', a],
        ['b', { ...b, data: Float32Array.of(1, -2.0000002) }],
      ],
    ],
    [
      'a shape',
      [
        ['a', a],
        ['b', { ...b, shape: [1, 2] }],
      ],
    ],
    [
      'a name',
      [
        ['a', a],
        ['c', b],
      ],
    ],
  ])('changes with %s', (_, tensors) => {
    expect(hash(...tensors)).not.toBe(hash(['a', a], ['b', b]));
  });
});

describe('weights of another network are refused', () => {
  const good = trainedLookingWeights(oneConvolution);
  const changed = (name: string, tensor?: WeightTensor) => {
    const tensors = new Map(good.tensors);
    if (tensor) tensors.set(name, tensor);
    else tensors.delete(name);
    return createWeights({ ...good, tensors });
  };

  test('the right ones are not', () => {
    expect(() => checkWeights(oneConvolution, good)).not.toThrow();
  });

  test('a missing tensor is named with its shape', () => {
    expect(() => checkWeights(oneConvolution, changed('conv/kernel'))).toThrow(
      new RangeError("weights 'test' lack the tensor conv/kernel (3×3×3×4) of small: they are of another network"),
    );
  });

  test('another shape is named with the one expected', () => {
    const kernel = { shape: [1, 1, 3, 4], data: new Float32Array(12) };
    expect(() => checkWeights(oneConvolution, changed('conv/kernel', kernel))).toThrow(
      /conv\/kernel as 1×1×3×4 \(12 numbers\), small expects 3×3×3×4/,
    );
  });

  test('fewer numbers than the shape says are noticed', () => {
    const beta = { shape: [4], data: new Float32Array(3) };
    expect(() => checkWeights(oneConvolution, changed('conv/beta', beta))).toThrow(/conv\/beta as 4 \(3 numbers\)/);
  });
});
