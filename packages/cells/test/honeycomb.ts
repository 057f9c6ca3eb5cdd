import { gaussianBlur, type Raster } from '@plateau/cells';
import { RandomState } from '@plateau/numerics';

const SIZE = 256;
const FINE = 4;
/** From the middle of a cell to that of the next. */
export const PITCH = 32;
const TURN = 0.2;

/**
 * A honeycomb of straight walls, blurred as by a lens, averaged into pixels, with noise. Widths in pixels.
 * @param grain standard deviation of the Gaussian that makes neighbouring pixels' noise alike, as compression does
 */
export function honeycomb(wall: number, blur: number, { noise = 6, grain = 0, pitch = PITCH } = {}): Raster {
  const size = SIZE * FINE;
  const drawn = new Float32Array(size * size);
  for (let i = 0; i < drawn.length; i++) {
    const [u, v] = [((i % size) + 0.5) / FINE, (Math.floor(i / size) + 0.5) / FINE];
    // Turned, so that edges cross the grid of pixels everywhere.
    drawn[i] =
      depth(u * Math.cos(TURN) - v * Math.sin(TURN), u * Math.sin(TURN) + v * Math.cos(TURN), pitch) < wall / 2
        ? 190
        : 70;
  }
  const blurred = gaussianBlur({ data: drawn, width: size, height: size }, blur * FINE).data;
  const data = new Float32Array(SIZE * SIZE);
  for (let i = 0; i < blurred.length; i++) {
    const [x, y] = [Math.floor((i % size) / FINE), Math.floor(i / size / FINE)];
    data[y * SIZE + x]! += blurred[i]! / FINE ** 2;
  }
  const white = Float32Array.from(new RandomState(Math.round(10 * wall)).randn(data.length));
  const grains = gaussianBlur({ data: white, width: SIZE, height: SIZE }, grain).data;
  // A Gaussian of standard deviation σ leaves 1/(2√π·σ) of white noise.
  const level = noise * Math.max(1, 2 * Math.sqrt(Math.PI) * grain);
  return { data: data.map((value, i) => value + level * grains[i]!), width: SIZE, height: SIZE };
}

/** How far a point is from the border of the hexagon that it lies in. */
function depth(x: number, y: number, pitch: number): number {
  const row = pitch * Math.sqrt(0.75);
  const near: number[][] = [];
  for (let r = Math.floor(y / row) - 1; r <= Math.floor(y / row) + 2; r++) {
    const column = Math.round(x / pitch - (r % 2 === 0 ? 0 : 0.5));
    for (let c = column - 1; c <= column + 1; c++) near.push([(c + (r % 2 === 0 ? 0 : 0.5)) * pitch, r * row]);
  }
  const [first, second] = near.map(([u, v]) => (x - u!) ** 2 + (y - v!) ** 2).sort((a, b) => a - b);
  return (second! - first!) / (2 * pitch);
}
