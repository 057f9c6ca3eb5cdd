import { resizeBilinear, type ImageBatch } from '@plateau/images';
import { describe, expect, it } from 'vitest';
import { describePreparation, prepareImages } from '../src/prepare/prepare-images.js';
import { useWasm } from './use-wasm.js';

function greyImage(height: number, width: number): ImageBatch & { data: Uint8Array } {
  const data = Uint8Array.from({ length: height * width }, (_, i) => {
    const [y, x] = [Math.floor(i / width), i % width];
    return (31 * y + 17 * x + ((x * y) % 97) * 5) % 256;
  });
  return { data, count: 1, height, width, channels: 1, range: [0, 255] };
}

const greatestDifference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce(
    (greatest, value, i) => Math.max(greatest, Math.abs(value - b[i]!)),
    Math.abs(a.length - b.length),
  );

// TensorFlow.js has TensorFlow 1's resize, and PyTorch's under `halfPixelCenters`; its cpu backend computes positions in
// float64: where float32 positions are exact they agree to 1e-4, elsewhere to what 3e-5 of a pixel make of steps of 255.
describe.each([
  ['legacy-tensorflow', 'corners', false],
  ['legacy-pytorch', 'centres', true],
] as const)('%s', (_, positions, halfPixelCenters) => {
  it.each([
    [64, 64, 16, 128, 1e-4],
    [5, 8, 10, 32, 1e-4],
    [200, 200, 299, 299, 2e-2],
    [350, 320, 299, 299, 2e-2],
  ])('equals TensorFlow.js: %i×%i to %i×%i', async (fromHeight, fromWidth, height, width, tolerance) => {
    const tf = await useWasm();
    await tf.setBackend('cpu');
    const image = greyImage(fromHeight, fromWidth);
    const expected = tf.tidy(() => {
      const input = tf.tensor4d(Float32Array.from(image.data), [1, fromHeight, fromWidth, 1]);
      return tf.image.resizeBilinear(input, [height, width], false, halfPixelCenters).dataSync();
    });
    expect(greatestDifference(resizeBilinear(image, { height, width, positions }).data, expected)).toBeLessThan(
      tolerance,
    );
  });
});

describe('prepareImages', () => {
  const image = greyImage(20, 10);

  it('crops, then windows, then resizes', () => {
    const prepared = prepareImages(
      image,
      { resize: 'none', crop: { bottom: 8, top: 2 }, window: [50, 101] },
      { height: 10, width: 10 },
    );
    const expected = Array.from(image.data.slice(20, 120), (value) => Math.min(Math.max((value - 50) * 5, 0), 255));
    expect(greatestDifference(prepared.data, expected)).toBeLessThan(1e-4);
  });

  it('leaves images as they are without a resize, and refuses others', () => {
    expect(prepareImages(image, { resize: 'none' }, { height: 20, width: 10 }).data).toEqual(
      Float32Array.from(image.data),
    );
    expect(() => prepareImages(image, { resize: 'none' }, { height: 299, width: 299 })).toThrow(
      "images are 10×20, the network reads 299×299: resize them, or choose another resize than 'none'",
    );
  });

  it('says what it did', () => {
    expect(describePreparation({ resize: 'clean' })).toBe('clean');
    expect(describePreparation({ resize: 'none', crop: { bottom: 64 }, window: [0, 4095] })).toBe(
      'none, crop 0 0 64 0, window 0…4095',
    );
  });
});
