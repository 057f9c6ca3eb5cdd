import { checkBatch } from './check-batch.js';
import { convertRange } from './convert-range.js';
import type { ImageBatch } from './image-batch.js';
import type { ImageSize } from './resize-clean.js';

/** Which input position an output pixel takes, and so where images end up shifted by half a pixel. */
export interface BilinearOptions extends ImageSize {
  /**
   * `corners`: position i · scale, as TensorFlow 1's `resize_bilinear` and so the first FID code. `centres`: position
   * (i + ½) · scale − ½, as PyTorch's `interpolate` with `align_corners=False`.
   */
  readonly positions: 'corners' | 'centres';
}

/**
 * Bilinear resize without antialiasing, as older FID code does: two neighbours along each axis, whatever the scale, so that
 * shrinking aliases. Positions and values are float32, as in the original implementations.
 *
 * Whatever the batch's range, it is scaled to [0, 255] first. Parmar, Zhang and Zhu (2022) show how much it changes an FID:
 * use `resizeClean` unless older numbers are to be met.
 * @returns float32 images in [0, 255], as many channels as before
 * @throws RangeError when a side is no whole number of 1 or more
 * @example
 * const step = { data: Uint8Array.of(0, 200), count: 1, height: 1, width: 2, channels: 1, range: [0, 255] } as const;
 * resizeBilinear(step, { height: 1, width: 4, positions: 'corners' }).data // => Float32Array [0, 100, 200, 200]
 * resizeBilinear(step, { height: 1, width: 4, positions: 'centres' }).data // => Float32Array [0, 50, 150, 200]
 */
export function resizeBilinear(
  batch: ImageBatch,
  { height, width, positions }: BilinearOptions,
): ImageBatch & { readonly data: Float32Array } {
  for (const [name, side] of Object.entries({ height, width })) {
    if (!Number.isInteger(side) || side < 1) {
      throw new RangeError(`resizeBilinear: ${name} is ${side}, expected a whole number of 1 or more`);
    }
  }
  const { count, channels, height: inputHeight, width: inputWidth } = checkBatch(batch);
  const input = convertRange(batch, [0, 255]).data;
  const position = POSITIONS[positions]({ height, width });
  const down = taps(inputHeight, height, position);
  const across = taps(inputWidth, width, position);
  const data = new Float32Array(count * height * width * channels);
  let at = 0;
  for (let image = 0; image < count; image++) {
    for (let y = 0; y < height; y++) {
      const upper = (image * inputHeight + down.first[y]!) * inputWidth;
      const lower = (image * inputHeight + down.second[y]!) * inputWidth;
      for (let x = 0; x < width; x++) {
        const [left, right] = [across.first[x]!, across.second[x]!];
        for (let c = 0; c < channels; c++) {
          const top = mix(
            input[(upper + left) * channels + c]!,
            input[(upper + right) * channels + c]!,
            across.weight[x]!,
          );
          const bottom = mix(
            input[(lower + left) * channels + c]!,
            input[(lower + right) * channels + c]!,
            across.weight[x]!,
          );
          data[at++] = mix(top, bottom, down.weight[y]!);
        }
      }
    }
  }
  return { ...batch, data, height, width, range: [0, 255] };
}

/** For each output sample the two input samples that it mixes, and how much of the second. */
interface Taps {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly weight: Float32Array;
}

/** Input position of output sample `i`, in float32; `scale` is float32, too. */
type Position = (i: number, scale: number) => number;

/**
 * PyTorch has two kernels on CPUs, and takes the one for small outputs up to this height + width (with one thread, always).
 * It is compiled to fused multiply-adds, which round once: values beside a step of 255 differ by up to 4e-3 of a grey level.
 */
const PYTORCH_SMALL_OUTPUT = 128;

const POSITIONS: Record<BilinearOptions['positions'], (output: ImageSize) => Position> = {
  corners: () => (i, scale) => Math.fround(i * scale),
  centres: ({ height, width }) => {
    const fused = height + width <= PYTORCH_SMALL_OUTPUT;
    return (i, scale) => {
      const product = (i + 0.5) * scale;
      return Math.max(0, Math.fround((fused ? product : Math.fround(product)) - 0.5));
    };
  },
};

function taps(inputSize: number, outputSize: number, positionOf: Position): Taps {
  const scale = Math.fround(inputSize / outputSize);
  const first = new Int32Array(outputSize);
  const second = new Int32Array(outputSize);
  const weight = new Float32Array(outputSize);
  for (let i = 0; i < outputSize; i++) {
    const position = positionOf(i, scale);
    first[i] = Math.min(Math.floor(position), inputSize - 1);
    second[i] = Math.min(first[i]! + 1, inputSize - 1);
    weight[i] = position - first[i]!;
  }
  return { first, second, weight };
}

function mix(a: number, b: number, weight: number): number {
  return Math.fround(a + Math.fround(Math.fround(b - a) * weight));
}
