import { expect, it } from 'vitest';
import { SheetAlbum } from '../src/monitor/sheet-album.js';

it('keeps every sheet of a short run', () => {
  const album = new SheetAlbum(8);
  for (let epoch = 0; epoch < 8; epoch += 1) album.add(epoch, Uint8Array.of(epoch), []);
  expect([0, 3, 7].map((epoch) => album.get(epoch)?.sheet[0])).toEqual([0, 3, 7]);
});

it('thins the sheets of a long run evenly and never exceeds its capacity', () => {
  const album = new SheetAlbum(8);
  for (let epoch = 0; epoch < 1000; epoch += 1) album.add(epoch, Uint8Array.of(1), []);
  const kept = Array.from({ length: 1000 }, (_, epoch) => epoch).filter((epoch) => album.get(epoch));
  expect(kept.length).toBeGreaterThanOrEqual(4);
  expect(kept.length).toBeLessThanOrEqual(8);
  expect(kept[0]).toBe(0);
  expect(new Set(kept.slice(1).map((epoch, index) => epoch - kept[index])).size).toBe(1);
});
