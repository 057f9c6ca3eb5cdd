import { localThickness, measureSpatial, squaredDistance, type LabelMap } from '@plateau/cells';
import { RandomState } from '@plateau/numerics';
import { describe, expect, it } from 'vitest';
import { maskOf } from './raster.js';

describe('localThickness', () => {
  it('is at each pixel the largest disc of whole radius that lies in the phase and covers it', () => {
    const centres = new RandomState(2).randn(20);
    const phase = maskOf(40, 33, (x, y) =>
      Array.from({ length: 10 }, (_, k) => k).some(
        (k) => Math.hypot(x - 20 - 9 * centres[2 * k]!, y - 16 - 7 * centres[2 * k + 1]!) < 2 + k / 2,
      ),
    );
    const { data } = localThickness(phase);
    const depth = squaredDistance(phase).data;
    data.forEach((found, i) => {
      // By the definition, over all centres.
      let largest = 0;
      depth.forEach((squared, c) => {
        const r = Math.floor(Math.sqrt(squared));
        const away = ((i % 40) - (c % 40)) ** 2 + (Math.floor(i / 40) - Math.floor(c / 40)) ** 2;
        if (away < r * r) largest = Math.max(largest, 2 * r - 1);
      });
      expect(found).toBe(largest);
    });
  });
});

describe('measureSpatial', () => {
  // Eight cells 9 px wide with walls 3 px wide between them.
  const size = 93;
  const share = 72 / 93;
  const labels: LabelMap = {
    data: Int32Array.from({ length: size * size }, (_, i) =>
      (i % size) % 12 < 9 ? 1 + Math.floor((i % size) / 12) : 0,
    ),
    width: size,
    height: size,
    count: 8,
  };
  const spatial = measureSpatial(labels, { pixelSize: { value: 2, unit: 'um' } });

  it('reads widths off stripes, in physical units', () => {
    expect([spatial.unit, spatial.pixelSize]).toEqual(['um', 2]);
    expect(spatial.wallThickness).toBe(6);
    expect(spatial.wallThicknesses).toEqual([1, 1, 1, 1]);
    // Discs may reach beyond the border, so that the outer cells are no narrower than the others.
    expect(spatial.poreSizes[9]).toBe(1);
    expect(spatial.twoPointCorrelation[0]).toBeCloseTo(share, 12);
    expect(spatial.linealPath[0]).toBeCloseTo(share, 12);
    expect(spatial.linealPath.length).toBe(spatial.twoPointCorrelation.length);
    // Chords along the columns end at the border and are left out.
    expect(spatial.chordLengths).toEqual(Array.from({ length: 10 }, () => 1));
  });

  it('finds where the correlation has fallen to 1/e of its way', () => {
    const { twoPointCorrelation: s2, correlationLength } = spatial;
    const level = share ** 2 + (share - share ** 2) / Math.E;
    const before = Math.floor(correlationLength / 2);
    expect(s2[before]).toBeGreaterThanOrEqual(level);
    expect(s2[before + 1]).toBeLessThan(level);
  });

  it('says nothing of what is not there', () => {
    const blank = { ...labels, data: new Int32Array(size * size), count: 0 };
    const { poreSize, correlationLength, poreSizes, chordLengths } = measureSpatial(blank);
    expect([poreSize, correlationLength, poreSizes, chordLengths]).toEqual([NaN, NaN, [], []]);
    const full = { ...labels, data: labels.data.map(() => 1), count: 1 };
    expect(measureSpatial(full).wallThickness).toBeNaN();
  });
});
