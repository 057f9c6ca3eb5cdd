import { contactSheet, encodePng, sliceBatch, type ImageBatch } from '@plateau/images';

/**
 * Keeps an evenly thinned set of the sheets of a run: at most `capacity`, however long the run.
 *
 * The first sheet always stays; when the album is full every second one goes and the stride doubles.
 */
export class SheetAlbum {
  readonly #capacity: number;
  readonly #sheets = new Map<number, Uint8Array>();
  #stride = 1;
  #count = 0;

  constructor(capacity = 48) {
    this.#capacity = capacity;
  }

  add(epoch: number, sheet: Uint8Array): void {
    if (this.#count++ % this.#stride !== 0) return;
    this.#sheets.set(epoch, sheet);
    if (this.#sheets.size <= this.#capacity) return;
    [...this.#sheets.keys()].filter((_, index) => index % 2 === 1).forEach((key) => this.#sheets.delete(key));
    this.#stride *= 2;
  }

  get(epoch: number): Uint8Array | undefined {
    return this.#sheets.get(epoch);
  }
}

/** A contact sheet of the first samples, PNG: 32 of up to 64 pixels, fewer of larger ones. */
export function sheetOf(samples: ImageBatch): Uint8Array {
  const wanted = samples.width <= 64 ? 32 : samples.width <= 128 ? 16 : 8;
  const shown = sliceBatch(samples, 0, Math.min(wanted, samples.count));
  return encodePng(contactSheet(shown, { columns: Math.min(8, Math.ceil(Math.sqrt(2 * shown.count))), gap: 2 }));
}
