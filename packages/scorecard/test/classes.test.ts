import { classDistances, frechetDistance, vendiScore } from '@plateau/fidelity';
import { matrix, RandomState } from '@plateau/numerics';
import { describe, expect, it } from 'vitest';
import { classReport, classTable, compareClasses, projectionChart, renderSvg } from '../src/index.js';

/** Two classes that lie apart along the first feature, in which there is most variance. */
function labelled(rows: number, seed: number, labels: readonly string[]) {
  const data = new RandomState(seed).randn(rows, 4);
  labels.forEach((label, i) => (data[4 * i]! += label === 'b' ? 20 : 0));
  return { features: matrix(data, rows, 4), labels };
}

const half = (count: number) => Array.from({ length: 2 * count }, (_, i) => (i < count ? 'a' : 'b'));
const reference = labelled(20, 1, half(10));
const generated = labelled(16, 2, half(8));
const comparison = compareClasses(reference, generated, { seed: 3 });

const first = (set: { features: ReturnType<typeof matrix> }, rows: number) =>
  matrix(set.features.data.slice(0, 4 * rows), rows, 4);

describe('compareClasses', () => {
  it('gives each class the metrics of its images alone', () => {
    const [a, b] = comparison.classes;
    expect([a!.label, b!.label]).toEqual(['a', 'b']);
    expect(a!.images).toEqual({ reference: 10, generated: 8 });
    expect(a!.fid).toBe(frechetDistance(first(reference, 10), first(generated, 8)).value);
    expect(a!.vendi).toMatchObject({ images: 8 });
    // The score does not depend on the order of images.
    expect(a!.vendi!.generated).toBeCloseTo(vendiScore(first(generated, 8)), 10);
    const own = classDistances(reference.features, reference.labels, reference.features, reference.labels);
    expect(a!.same.reference).toBe(own[0]!.same);
    expect(a!.different.generated).toBeGreaterThan(3 * a!.same.generated!);
  });

  it('is calm where both sets are one', () => {
    const { classes } = compareClasses(reference, reference, { seed: 3 });
    for (const { fid, vendi, same } of classes) {
      expect(fid).toBeCloseTo(0, 9);
      expect(vendi!.generated).toBeCloseTo(vendi!.reference, 9);
      expect(same.generated).toBe(same.reference);
    }
  });

  it('leaves out what a class without generated images has not, and counts those of no class', () => {
    const odd = { ...generated, labels: generated.labels.map((label) => (label === 'b' ? 'c' : label)) };
    const result = compareClasses(reference, odd, { seed: 3 });
    expect(result.unknown).toBe(8);
    expect(result.classes[1]).toMatchObject({ label: 'b', images: { generated: 0 } });
    expect(result.classes[1]).not.toHaveProperty('fid');
    expect(classTable(result)[2]!.map((cell) => cell === '–')).toEqual([
      ...[false, false, false, false, true],
      ...[false, true, true, true, true],
    ]);
  });

  it('projects both sets on the components of the reference', () => {
    const { explained, reference: own, generated: others } = comparison.projection;
    // The classes are 20 apart along the first component, with variance 1 about each: 100 of about 104.
    expect(explained[0]).toBeGreaterThan(0.9);
    expect(explained[0] + explained[1]).toBeLessThanOrEqual(1);
    expect(own.reduce((sum, { x }) => sum + x, 0)).toBeCloseTo(0, 6);
    const side = Math.sign(own[0]!.x);
    for (const { x, label } of [...own, ...others]) expect(Math.sign(x)).toBe(label === 'a' ? side : -side);
  });
});

describe('the report', () => {
  it('draws every image of a class of the reference once a panel', async () => {
    const svg = await renderSvg(projectionChart(comparison.projection));
    // Circles of the reference, of the reference in grey, of the generated images; two more in the legend.
    expect(svg.match(/aria-roledescription="circle"/g)).toHaveLength(20 + 20 + 16);
  });

  it('escapes names, and says what the numbers were made with', async () => {
    const facts = { title: 'a & b', extractor: 'inception <1>', labelsFrom: 'their folders' };
    const html = await classReport(comparison, facts);
    expect(html).toContain('a &#38; b');
    expect(html).toContain('inception &#60;1&#62;; classes of the generated images: their folders');
    expect(html).toContain('<svg');
  });
});
