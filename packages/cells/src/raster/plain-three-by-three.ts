import type { Mask } from './raster.js';

/** What `eroded` and `dilated` do without WebAssembly, along rows and then down columns. */
export function plainThreeByThree({ data: mask, width, height }: Mask, isErosion: boolean): Uint8Array {
  // An erosion is the dilation of what is outside.
  const flip = isErosion ? 1 : 0;
  const rows = new Uint8Array(mask.length);
  for (let y = 0, i = 0; y < height; y++) {
    let before = mask[i]! ^ flip;
    let own = before;
    for (let x = 1; x <= width; x++, i++) {
      const behind = x < width ? mask[i + 1]! ^ flip : own;
      rows[i] = before | own | behind;
      before = own;
      own = behind;
    }
  }
  const result = new Uint8Array(mask.length);
  for (let y = 0, i = 0; y < height; y++) {
    const up = y > 0 ? width : 0;
    const down = y + 1 < height ? width : 0;
    for (let x = 0; x < width; x++, i++) result[i] = (rows[i - up]! | rows[i]! | rows[i + down]!) ^ flip;
  }
  return result;
}
