import { nearestNeighbours, type Matrix } from '@plateau/numerics';

/** Columns that hold one value throughout a set, or throughout both where two are given. */
export function constantColumns(reference: Matrix, generated?: Matrix): number {
  let count = 0;
  for (let k = 0; k < reference.cols; k++) {
    if (isConstant(reference, k) && (!generated || isConstant(generated, k))) count++;
  }
  return count;
}

function isConstant({ data, rows, cols }: Matrix, column: number): boolean {
  for (let i = 1; i < rows; i++) if (data[i * cols + column] !== data[column]) return false;
  return true;
}

/** Generated rows that equal a reference row exactly; a set given as both sets counts throughout. */
export function exactDuplicatesAcross(reference: Matrix, generated: Matrix): number {
  const { squaredDistances } = nearestNeighbours({ ...generated }, reference, { k: 1 });
  return squaredDistances.filter((distance) => distance === 0).length;
}
