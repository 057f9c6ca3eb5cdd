import { contactSheet, encodePng, sliceBatch, type ImageBatch } from '@plateau/images';
import type { Projection } from './run-event.js';

/** What is kept of an epoch to look at. */
export interface AlbumPage {
  readonly sheet: Uint8Array;
  readonly projection: Projection;
}

/**
 * Keeps the pictures of an evenly thinned set of epochs: at most `capacity`, however long the run.
 *
 * The first always stays; when the album is full every second one goes and the stride doubles.
 */
export class SheetAlbum {
  readonly #capacity: number;
  readonly #pages = new Map<number, AlbumPage>();
  #stride = 1;
  #count = 0;

  constructor(capacity = 48) {
    this.#capacity = capacity;
  }

  add(epoch: number, sheet: Uint8Array, projection: Projection): void {
    if (this.#count++ % this.#stride !== 0) return;
    this.#pages.set(epoch, { sheet, projection });
    if (this.#pages.size <= this.#capacity) return;
    [...this.#pages.keys()].filter((_, index) => index % 2 === 1).forEach((key) => this.#pages.delete(key));
    this.#stride *= 2;
  }

  get(epoch: number): AlbumPage | undefined {
    return this.#pages.get(epoch);
  }
}

/** A contact sheet of the first samples, PNG: 32 of up to 64 pixels, fewer of larger ones. */
export function sheetOf(samples: ImageBatch): Uint8Array {
  const wanted = samples.width <= 64 ? 32 : samples.width <= 128 ? 16 : 8;
  const shown = sliceBatch(samples, 0, Math.min(wanted, samples.count));
  return encodePng(contactSheet(shown, { columns: Math.min(8, Math.ceil(Math.sqrt(2 * shown.count))), gap: 2 }));
}
