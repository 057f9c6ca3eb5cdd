import { RandomState, type Matrix } from '@plateau/numerics';
import { describe, expect, it } from 'vitest';
import { CollapseDetector } from '../src/monitor/collapse/collapse-detector.js';
import type { GeneratorSignals, Yardstick } from '../src/monitor/collapse/generator-signals.js';
import { createCollapseDetector } from '../src/index.js';

const d = 16;

/** Normal features of falling variance, scaled, about a point. */
function cloud(n: number, seed: number, { scale = 1, shift = 0 } = {}): Matrix {
  const data = Float32Array.from(
    new RandomState(seed).randn(n, d),
    (value, at) => shift + (scale * value) / Math.sqrt(1 + (at % d)),
  );
  return { data, rows: n, cols: d };
}

/** Samples at a few points of a cloud, with a little noise. */
function modes(count: number, n: number, seed: number): Matrix {
  const centers = cloud(count, 77);
  const noise = cloud(n, seed, { scale: 0.02 });
  const data = noise.data.map((value, at) => value + centers.data[(Math.floor(at / d) % count) * d + (at % d)]);
  return { data, rows: n, cols: d };
}

const reference = cloud(200, 1);

/** The epochs at which a run of such features is stopped, and as what. */
function run(epochs: readonly Matrix[], options: object = {}) {
  const detector = createCollapseDetector({ reference, ...options });
  const states = epochs.map((generated, epoch) => detector.observe({ epoch, generated }));
  return { states, stop: states.findIndex(({ failed }) => failed), looks: states.map(({ looks }) => looks) };
}

function healthy(epochs: number, seed = 10): Matrix[] {
  return Array.from({ length: epochs }, (_, epoch) => cloud(100, seed + epoch));
}

describe('createCollapseDetector', () => {
  it('never stops a run that is like the reference', () => {
    const { stop, states } = run(healthy(60));
    expect(stop).toBe(-1);
    expect(states.at(-1)!.signals.vendi.share).toBeCloseTo(1, 1);
  });

  it.each([1, 3])('stops a run that falls to %i modes in the second scored epoch', (count) => {
    const { stop, states } = run([...healthy(6), ...[1, 2, 3].map((seed) => modes(count, 100, seed))]);
    expect(stop).toBe(7);
    expect(states[7]).toMatchObject({ looks: 'collapse', streak: 2, alpha: 0.01 });
    expect(states[7].logEvidence).toBeGreaterThan(Math.log(100));
    expect(states[7].sentence).toMatch(/^the samples lack variety: Vendi score .+ \(the reference's own .+\)/);
  });

  it('sees many modes by their repetition, whatever the Vendi score says', () => {
    const { stop, states } = run([...healthy(6), ...[1, 2, 3].map((seed) => modes(20, 100, seed))]);
    expect(stop).toBe(7);
    expect(states[7].signals.duplicates).toMatchObject({ value: 1, alarming: true });
  });

  it('sees a blob at the mean, which covers most of the reference', () => {
    const blob = (seed: number) => cloud(100, seed, { scale: 0.2 });
    const { stop, states } = run([...healthy(6), blob(1), blob(2)]);
    expect(stop).toBe(7);
    expect(states[7].signals.spread.share).toBeCloseTo(0.2, 1);
    expect(states[7].signals.coverage.value).toBeGreaterThan(0.7);
    expect(states[7].signals.vendi.share).toBeGreaterThan(0.8);
  });

  it('names copies of the reference memorisation', () => {
    const copies = (seed: number): Matrix => ({
      ...reference,
      data: reference.data.map((value, at) => value + 1e-3 * Math.sin(seed + at)),
    });
    const { stop, looks } = run([...healthy(5).map(double), copies(1), copies(2)]);
    expect(stop).toBe(6);
    expect(looks[6]).toBe('memorisation');
  });

  it('names samples far from everything divergence', () => {
    const far = (seed: number) => cloud(100, seed, { scale: 20, shift: 40 });
    const { stop, looks } = run([...healthy(5), far(1), far(2)]);
    expect(stop).toBe(6);
    expect(looks[6]).toBe('divergence');
  });

  it('takes NaN for a divergence at once', () => {
    const broken = cloud(100, 3);
    broken.data[5] = NaN;
    const { stop, states } = run([...healthy(2), broken]);
    expect(stop).toBe(2);
    expect(states[2].looks).toBe('divergence');
  });

  it('forgives a collapse of one epoch, and never in the warm-up', () => {
    const once = run([...healthy(5), modes(1, 100, 1), ...healthy(3), modes(1, 100, 2), ...healthy(3)]);
    expect(once.stop).toBe(-1);
    expect(once.looks.filter(Boolean)).toEqual(['collapse', 'collapse']);
    expect(
      run(
        [1, 2, 3, 4].map((seed) => modes(1, 100, seed)),
        { warmup: 4 },
      ).stop,
    ).toBe(-1);
  });

  it('leaves a young generator time while it gains variety, and stops one that never does', () => {
    const growing = Array.from({ length: 20 }, (_, t) => cloud(100, 50 + t, { scale: Math.min(1, 0.05 * (t + 1)) }));
    expect(run(growing).stop).toBe(-1);
    expect(run(Array.from({ length: 12 }, (_, t) => modes(1, 100, t))).stop).toBe(7); // 3 of warm-up, 5 of grace
  });

  it('takes a generator without variety for young, however evenly its samples lie apart', () => {
    // A tight cloud has no near-duplicates at first; then some, while its spread grows.
    const cluster = (t: number) => {
      const { data, ...shape } = cloud(100, 50 + t, { scale: 0.02 * 1.1 ** t });
      return { data: data.map((value, at) => (t > 3 && at >= 50 * d ? data[at - 50 * d] : value)), ...shape };
    };
    const { stop, states } = run(Array.from({ length: 20 }, (_, t) => cluster(t)));
    expect(states[3].signals.duplicates.value).toBeLessThan(0.3);
    expect(states[4].signals.duplicates.value).toBe(1);
    expect(stop).toBe(-1);
  });

  it('only names what it is told not to stop on', () => {
    const { stop, looks } = run([...healthy(5), modes(1, 100, 1), modes(1, 100, 2)], { stopOn: ['divergence'] });
    expect(stop).toBe(-1);
    expect(looks[6]).toBe('collapse');
  });

  it('refuses another number or width of samples, and too few', () => {
    const detector = createCollapseDetector({ reference });
    detector.observe({ epoch: 0, generated: cloud(100, 1) });
    expect(() => detector.observe({ epoch: 1, generated: cloud(50, 1) })).toThrow(
      'got 50 samples after epochs of 100: diversity depends on the number, give as many',
    );
    const narrow = { data: new Float32Array(100), rows: 100, cols: 1 };
    expect(() => detector.observe({ epoch: 1, generated: narrow })).toThrow('generated features are 1 wide');
    expect(() => detector.observe({ epoch: 1, generated: cloud(4, 1) })).toThrow('got 4 generated samples');
    expect(() => createCollapseDetector({ reference: cloud(4, 1) })).toThrow('got 4 reference samples');
  });

  it.each([
    [{ alpha: 0 }, 'collapse.alpha lies between 0 and 1, got 0'],
    [{ share: 1.5 }, 'collapse.share lies between 0 and 1, got 1.5'],
    [{ patience: 0 }, 'collapse.patience is a whole number of at least 1, got 0'],
    [{ warmup: 1.5 }, 'collapse.warmup is a whole number of at least 0, got 1.5'],
  ])('refuses %j', (options, message) => {
    expect(() => createCollapseDetector({ reference, ...options })).toThrow(message);
  });
});

function double(features: Matrix): Matrix {
  return { data: Float32Array.of(...features.data, ...features.data.map((v) => -v)), rows: 200, cols: d };
}

describe('CollapseDetector on signals', () => {
  const own: Yardstick = {
    n: 100,
    values: { vendi: 20, spread: 10, contrast: 0.2, sharpness: 0.1 },
    errors: { vendi: 0.05, spread: 0.02 },
  };
  const fine: GeneratorSignals = { n: 100, finite: true, vendi: 18, spread: 9, contrast: 0.2, sharpness: 0.1 };

  function stopOf(changed: Partial<GeneratorSignals>, options = {}) {
    const detector = new CollapseDetector(own, options);
    for (let epoch = 0; epoch < 5; epoch += 1) detector.observe(epoch, { ...fine, discriminatorLoss: 1 });
    detector.observe(5, { ...fine, ...changed });
    return detector.observe(6, { ...fine, ...changed });
  }

  it('tells blank samples from others that lack variety', () => {
    expect(stopOf({ spread: 0.01, vendi: 1, contrast: 0 })).toMatchObject({ failed: true, looks: 'blank' });
    expect(stopOf({ spread: 0.01, vendi: 1 })).toMatchObject({ failed: true, looks: 'collapse' });
  });

  it('names blur without stopping for it, unless it is told to', () => {
    expect(stopOf({ sharpness: 0.005 })).toMatchObject({ failed: false, looks: 'blur' });
    expect(stopOf({ sharpness: 0.005 }, { stopOn: ['blur'] })).toMatchObject({ failed: true, looks: 'blur' });
  });

  it('points out a discriminator’s loss far below what it was', () => {
    const { signals, failed } = stopOf({ discriminatorLoss: 0.01 });
    expect(signals.discriminatorLoss).toMatchObject({ reference: 1, alarming: true });
    expect(failed).toBe(false);
  });

  // The least stop of the mixture: w(t)·0.4·exp(M²/2 − M·x) = 100 with M = 6, at t = 3 and 4 of a run after three of warm-up.
  it('stops where the evidence of the streak reaches 1/α, and not before', () => {
    expect(stopOf({ vendi: 10.1 })).toMatchObject({ failed: true });
    expect(stopOf({ vendi: 11 })).toMatchObject({ failed: false });
  });
});
