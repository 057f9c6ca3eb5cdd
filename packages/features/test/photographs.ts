import type { ImageBatch } from '@plateau/images';

const [COUNT, HEIGHT, WIDTH] = [3, 120, 160];

/** Three RGB images with edges, gradients and texture, unlike one another: rings, tiles, speckle. */
export const photographs: ImageBatch = {
  data: Uint8Array.from({ length: COUNT * HEIGHT * WIDTH * 3 }, (_, i) => {
    const [c, x] = [i % 3, Math.floor(i / 3) % WIDTH];
    const y = Math.floor(i / (3 * WIDTH)) % HEIGHT;
    const image = Math.floor(i / (3 * WIDTH * HEIGHT));
    if (image === 0) return 128 + 100 * Math.sin(Math.hypot(x - 60, y - 50) / (4 + c));
    if (image === 1) return ((x >> 4) + (y >> 4)) % 2 === 0 ? 40 + x : 220 - y - 30 * c;
    return ((x * 48271 + y * 69621 + c * 16807) % 2147) / 2147 > 0.7 ? 230 : 60 + 20 * c;
  }),
  count: COUNT,
  height: HEIGHT,
  width: WIDTH,
  channels: 3,
  range: [0, 255],
};
