import { checkFeatures, checkPair } from '@plateau/fidelity';
import type { Matrix } from '@plateau/numerics';
import { checkSeparateGroups } from '../resampling/blocks.js';
import { MOST_ROWS } from '../resampling/fast-statistic.js';
import type { DiagnoseOptions } from './diagnose-options.js';

/** Images of either set that every part of a diagnosis can work with. */
const FEWEST = 20;

/**
 * Refuses what a diagnosis can't work with, before it computes anything.
 * @throws RangeError saying what is wrong with which set
 */
export function checkSets(reference: Matrix, generated: Matrix | undefined, options: DiagnoseOptions): void {
  const { groups = {}, logits, against, most = 2000 } = options;
  if (generated) checkPair(reference, generated, FEWEST);
  else checkFeatures(reference, 'reference', FEWEST);
  if (logits && logits.rows < FEWEST) {
    throw new RangeError(`the logits have ${logits.rows} rows and IS∞ needs ${FEWEST}: add images`);
  }
  if (against) {
    if (!generated) throw new RangeError('there is a set to hold against and no generated one: give both');
    checkAgainst(against, reference);
  }
  checkSeparateGroups(groups.reference, groups.generated);
  checkSeparateGroups(groups.reference, groups.against);
  if (!generated) return;
  checkMost(Math.max(reference.rows, generated.rows), most, MOST_ROWS);
  if (against) checkMost(Math.min(generated.rows, against.rows), most, MOST_ROWS / 2);
}

function checkAgainst(against: Matrix, { cols }: Matrix): void {
  if (against.rows < FEWEST) {
    throw new RangeError(`the set held against has ${against.rows} samples, at least ${FEWEST} are needed: add images`);
  }
  checkFeatures(against, 'given', FEWEST);
  if (against.cols === cols) return;
  throw new RangeError(
    `reference features have ${cols} columns and those held against ${against.cols}: extract all with the same layer of the ` +
      'same extractor',
  );
}

function checkMost(rows: number, most: number, limit: number): void {
  if (Math.min(rows, most) <= limit) return;
  throw new RangeError(
    `most is ${most} and there are ${rows} images a set: resampling keeps n×n matrices, for up to ${limit} images a set; lower most`,
  );
}
