import type { CellMeasurement } from '../statistics/measure-cells.js';

/** How far one image keeps a law. */
export interface LawReading {
  /** What the law speaks of, such as the mean number of sides. */
  readonly value: number;
  /** How far it is from the law, 0 for none; NaN when the image has too little to tell. */
  readonly deviation: number;
}

/** A law of foams, as something that can be read off an image. */
export interface Law {
  readonly id: string;
  /** The law in a line. */
  readonly title: string;
  readonly source: string;
  read(image: CellMeasurement): LawReading;
}

/**
 * Makes a law to be judged beside the built-in ones.
 * @throws RangeError when the id is not of small letters, digits and hyphens
 * @example
 * const noGiants = defineLaw({ id: 'no-giants', title: 'no cell above 1 mm', source: 'our standard', read: ({ cells }) => {
 *   const value = Math.max(...cells.map((cell) => cell.equivalentDiameter));
 *   return { value, deviation: Math.max(0, value - 1000) };
 * } });
 */
export function defineLaw(law: Law): Law {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(law.id)) {
    throw new RangeError(`defineLaw: the id is ${law.id || '(empty)'}, expected small letters, digits and hyphens`);
  }
  return law;
}
