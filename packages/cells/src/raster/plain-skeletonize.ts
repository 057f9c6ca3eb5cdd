import type { Mask } from './raster.js';

/** What `skeletonize` does without WebAssembly: a pixel is looked at again only after one of its neighbours is gone. */
export function plainSkeletonize({ data, width, height }: Mask): Mask {
  const stride = width + 2;
  const field = new Uint8Array(stride * (height + 2));
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0, f = (y + 1) * stride + 1; x < width; x++, i++, f++) if (data[i]) field[f] = 1;
  }
  const around = Int32Array.of(-stride, -stride + 1, 1, stride + 1, stride, stride - 1, -1, -stride - 1);
  const pending = [new PixelSet(field.length), new PixelSet(field.length)] as const;
  for (let f = 0; f < field.length; f++) {
    if (field[f] === 0 || neighbourhood(field, stride, f) === 255) continue;
    pending[0].add(f);
    pending[1].add(f);
  }
  for (let step = 0; pending[0].size + pending[1].size > 0; step = 1 - step) {
    const removed = keepRemovable(pending[step]!.take(), field, stride, REMOVABLE[step]!);
    for (let k = 0; k < removed.length; k++) field[removed[k]!] = 0;
    for (let k = 0; k < removed.length; k++) {
      for (let n = 0; n < 8; n++) {
        const f = removed[k]! + around[n]!;
        if (field[f] === 0) continue;
        pending[0].add(f);
        pending[1].add(f);
      }
    }
  }
  const result = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    const start = (y + 1) * stride + 1;
    result.set(field.subarray(start, start + width), y * width);
  }
  return { data: result, width, height };
}

/** Those of some pixels that a subiteration removes, in their own memory. */
function keepRemovable(pixels: Int32Array, field: Uint8Array, stride: number, removable: Uint8Array): Int32Array {
  let kept = 0;
  for (let k = 0; k < pixels.length; k++) {
    if (removable[neighbourhood(field, stride, pixels[k]!)]) pixels[kept++] = pixels[k]!;
  }
  return pixels.subarray(0, kept);
}

/** Which of the neighbours are there: bit 0 is the upper one, the others follow clockwise. */
function neighbourhood(field: Uint8Array, stride: number, f: number): number {
  const above = f - stride;
  const below = f + stride;
  return (
    field[above]! |
    (field[above + 1]! << 1) |
    (field[f + 1]! << 2) |
    (field[below + 1]! << 3) |
    (field[below]! << 4) |
    (field[below - 1]! << 5) |
    (field[f - 1]! << 6) |
    (field[above - 1]! << 7)
  );
}

/** Whether a subiteration removes a pixel, by its neighbourhood. */
const REMOVABLE = [0, 1].map((step) =>
  Uint8Array.from({ length: 256 }, (_, bits) => (isRemovable(bits, step) ? 1 : 0)),
);

function isRemovable(bits: number, step: number): boolean {
  const [p2, p3, p4, p5, p6, p7, p8, p9] = Array.from({ length: 8 }, (_, k) => (bits >> k) & 1) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const crossings = ((p2 ^ 1) & (p3 | p4)) + ((p4 ^ 1) & (p5 | p6)) + ((p6 ^ 1) & (p7 | p8)) + ((p8 ^ 1) & (p9 | p2));
  if (crossings !== 1) return false;
  const a = (p9 | p2) + (p3 | p4) + (p5 | p6) + (p7 | p8);
  const b = (p2 | p3) + (p4 | p5) + (p6 | p7) + (p8 | p9);
  const neighbours = Math.min(a, b);
  if (neighbours < 2 || neighbours > 3) return false;
  return (step === 0 ? (p2 | p3 | (p5 ^ 1)) & p4 : (p6 | p7 | (p9 ^ 1)) & p8) === 0;
}

/** Pixels that wait, each once, in the order in which they came. */
class PixelSet {
  size = 0;
  readonly #pixels: Int32Array;
  readonly #isIn: Uint8Array;

  constructor(pixels: number) {
    this.#pixels = new Int32Array(pixels);
    this.#isIn = new Uint8Array(pixels);
  }

  add(pixel: number): void {
    if (this.#isIn[pixel]) return;
    this.#isIn[pixel] = 1;
    this.#pixels[this.size++] = pixel;
  }

  /** All of them; the set is empty then. */
  take(): Int32Array {
    const taken = this.#pixels.slice(0, this.size);
    for (let k = 0; k < taken.length; k++) this.#isIn[taken[k]!] = 0;
    this.size = 0;
    return taken;
  }
}
