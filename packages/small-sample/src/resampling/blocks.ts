import type { RandomState } from '@plateau/numerics';

/** What belongs to one specimen, by row: rows of one group are drawn together. Default: every row is its own. */
export type Groups = readonly (string | number)[];

/**
 * The rows of each group.
 * @throws RangeError when there are not as many labels as rows, or fewer than two groups
 */
export function blocksOf(count: number, groups: Groups | undefined, role: string): Int32Array[] {
  if (groups === undefined) return Array.from({ length: count }, (_, row) => Int32Array.of(row));
  if (groups.length !== count) {
    throw new RangeError(`${role} has ${count} rows and ${groups.length} group labels: give one label a row`);
  }
  const rows = new Map<string | number, number[]>();
  groups.forEach((group, row) => rows.set(group, [...(rows.get(group) ?? []), row]));
  if (rows.size < 2)
    throw new RangeError(`all ${count} rows of ${role} are of one group: at least 2 groups are needed`);
  return [...rows.values()].map((list) => Int32Array.from(list));
}

/**
 * Refuses groups that occur in both sets: their rows are not independent of each other.
 * @throws RangeError naming some of them
 */
export function checkSeparateGroups(reference: Groups | undefined, generated: Groups | undefined): void {
  const known = new Set(reference);
  const shared = [...new Set(generated)].filter((group) => known.has(group));
  if (shared.length > 0) {
    throw new RangeError(
      `groups ${shared.slice(0, 3).join(', ')} are in both sets: an interval needs sets of different specimens`,
    );
  }
}

/** The rows of some blocks, one after another. */
export function rowsOf(blocks: readonly Int32Array[]): Int32Array {
  const rows = new Int32Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let at = 0;
  for (const block of blocks) {
    rows.set(block, at);
    at += block.length;
  }
  return rows;
}

/** As many blocks as there are, drawn with replacement. */
export function drawBlocks(blocks: readonly Int32Array[], random: RandomState): Int32Array {
  return rowsOf(blocks.map(() => blocks[random.randint(blocks.length)]));
}

/** Joins blocks at random into at most `count` bundles of nearly equal numbers of rows: large blocks are dealt first. */
export function bundleBlocks(blocks: readonly Int32Array[], count: number, random: RandomState): Int32Array[] {
  const order = Array.from(random.permutation(blocks.length), (block) => blocks[block]);
  order.sort((a, b) => b.length - a.length);
  const bundles = Array.from({ length: Math.min(count, blocks.length) }, () => ({
    size: 0,
    parts: [] as Int32Array[],
  }));
  for (const block of order) {
    const smallest = bundles.reduce((least, bundle) => (bundle.size < least.size ? bundle : least));
    smallest.size += block.length;
    smallest.parts.push(block);
  }
  return bundles.map(({ parts }) => rowsOf(parts));
}
