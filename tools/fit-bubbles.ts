// Fits the odds that tell bubbles from liquid to photographs of liquid foam, to all of them and to either half:
//   npx tsx --conditions=@plateau/source tools/fit-bubbles.ts
// Prints the weights, and the error of the count on the half that they were not fitted to.
import { findBubbles, type LabelMap } from '@plateau/cells';
import { bubbleFeatures, mayBeBubble } from '../packages/cells/src/segmentation/bubble-odds.js';
import { bubbleCandidates, type BubbleCandidates } from '../packages/cells/src/segmentation/find-bubbles.js';
import type { TreeRegion } from '../packages/cells/src/segmentation/region-tree.js';
import { bubblesOf } from './cells/annotated-counts.js';
import { readAnnotated } from './cells/data-sets.js';

interface Sample {
  readonly features: readonly number[];
  readonly isBubble: boolean;
}

const annotated = await readAnnotated('foam_bubbles', 'image', ['interior_mask']);
const photographs = annotated?.map(({ image, ...rest }) => ({
  image: { ...image, data: new Float32Array(image.data) },
  ...rest,
}));
if (!photographs) console.log('skipped: shared/data/cells/foam_bubbles is not beside the checkout');
else {
  const samples = photographs.map((photograph) =>
    labelled(bubbleCandidates(photograph.image), bubblesOf(photograph.truth.interior_mask!)),
  );
  console.log('all', rounded(logisticRegression(samples.flat())));
  for (const half of [0, 1]) {
    const weights = logisticRegression(samples.filter((_, k) => k % 2 === half).flat());
    const errors = photographs
      .filter((_, k) => k % 2 !== half)
      .map((photograph) => {
        const expected = bubblesOf(photograph.truth.interior_mask!).count;
        return Math.abs(findBubbles(photograph.image, { weights }).labels.count - expected) / expected;
      });
    const error = errors.reduce((sum, value) => sum + value, 0) / errors.length;
    console.log(half === 0 ? 'odd' : 'even', rounded(weights), `count error on the others ${error.toFixed(3)}`);
  }
}

/** Regions that hold most of one annotated bubble and little of any other are bubbles. */
function labelled({ basins, tree, enlarged }: BubbleCandidates, truth: LabelMap): Sample[] {
  const areas = new Int32Array(truth.count + 1);
  const parts = Array.from({ length: basins.count + 1 }, () => new Map<number, number>());
  basins.data.forEach((basin, i) => {
    const [x, y] = [i % basins.width, Math.floor(i / basins.width)];
    const bubble = truth.data[Math.floor(y / enlarged) * truth.width + Math.floor(x / enlarged)]!;
    if (bubble === 0) return;
    areas[bubble]!++;
    parts[basin]!.set(bubble, (parts[basin]!.get(bubble) ?? 0) + 1);
  });
  const shares = new Map<TreeRegion, Map<number, number>>();
  return tree.flatMap((region) => {
    const share = region.parts.length === 0 ? parts[region.label]! : new Map<number, number>();
    for (const part of region.parts) {
      for (const [bubble, n] of shares.get(part)!) share.set(bubble, (share.get(bubble) ?? 0) + n);
    }
    shares.set(region, share);
    if (!mayBeBubble(region)) return [];
    const total = [...share.values()].reduce((sum, n) => sum + n, 0);
    const isBubble = [...share].some(
      ([bubble, n]) => n > 0.7 * areas[bubble]! && n > 0.3 * region.moments.area && total - n < 0.15 * n,
    );
    return { features: bubbleFeatures(region), isBubble };
  });
}

/** Newton's method on the likelihood; so many more samples than weights need no penalty. */
function logisticRegression(samples: readonly Sample[]): number[] {
  const size = samples[0]!.features.length;
  let weights = new Array<number>(size).fill(0);
  for (let step = 0; step < 25; step++) {
    const system = Array.from({ length: size }, () => new Array<number>(size + 1).fill(0));
    for (const { features, isBubble } of samples) {
      const p = 1 / (1 + Math.exp(-features.reduce((sum, value, k) => sum + value * weights[k]!, 0)));
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) system[i]![j]! += p * (1 - p) * features[i]! * features[j]!;
        system[i]![size]! += ((isBubble ? 1 : 0) - p) * features[i]!;
      }
    }
    const change = solved(system);
    weights = weights.map((value, k) => value + change[k]!);
  }
  return weights;
}

/** Solves a positive definite system, its right side in the last column, by Gauss–Jordan elimination. */
function solved(system: number[][]): number[] {
  const size = system.length;
  for (let i = 0; i < size; i++) {
    const pivot = system[i]![i]!;
    system[i] = system[i]!.map((value) => value / pivot);
    for (let row = 0; row < size; row++) {
      if (row === i) continue;
      const factor = system[row]![i]!;
      system[row] = system[row]!.map((value, k) => value - factor * system[i]![k]!);
    }
  }
  return system.map((row) => row[size]!);
}

function rounded(weights: readonly number[]): string {
  return weights.map((value) => value.toFixed(2)).join(' ');
}
