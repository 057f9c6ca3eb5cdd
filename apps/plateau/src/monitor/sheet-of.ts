import { contactSheet, encodePng, sliceBatch, type ImageBatch } from '@plateau/images';

/** A contact sheet of the first samples, PNG: 32 of up to 64 pixels, fewer of larger ones. */
export function sheetOf(samples: ImageBatch): Uint8Array {
  const wanted = samples.width <= 64 ? 32 : samples.width <= 128 ? 16 : 8;
  const shown = sliceBatch(samples, 0, Math.min(wanted, samples.count));
  return encodePng(contactSheet(shown, { columns: Math.min(8, Math.ceil(Math.sqrt(2 * shown.count))), gap: 2 }));
}
