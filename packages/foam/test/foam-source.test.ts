import { collect } from '@plateau/images';
import { describe, expect, it } from 'vitest';
import { FOAM_CLASSES, foamImage, foamSource, parseFoamSpec } from '../src/index.js';

describe('foamSource', () => {
  it('gives foamImage’s images in order, whatever the size of batch and set', async () => {
    const options = { className: 'graphene-low', seed: 7, size: 32 };
    const all = await collect(foamSource({ ...options, n: 5, batchSize: 2 }));
    const more = await collect(foamSource({ ...options, n: 8 }), { limit: 5 });
    const single = Array.from({ length: 5 }, (_, index) => Array.from(foamImage({ ...options, index }).image.data));
    expect(all).toMatchObject({ count: 5, height: 32, width: 32, channels: 1, range: [0, 255] });
    expect(Array.from(all.data)).toEqual(single.flat());
    expect(Array.from(more.data)).toEqual(single.flat());
  });

  it('gives the same images at the next iteration', async () => {
    const source = foamSource({ className: 'nanoclay', n: 3, size: 24 });
    expect(await collect(source)).toEqual(await collect(source));
  });

  it('says what it is', () => {
    const source = foamSource({ className: 'pristine', n: 2, seed: 1 });
    expect(source).toMatchObject({
      id: 'foam:pristine?n=2&seed=1',
      count: 2,
      labels: ['pristine', 'pristine'],
      pixelSize: { value: 8, unit: 'um' },
    });
  });

  it('refuses bad options before the first image', () => {
    expect(() => foamSource({ className: 'pristine', n: 0 })).toThrow('n is 0, expected a whole number of 1 or more');
    expect(() => foamSource({ className: 'pristine', n: 3, batchSize: 0.5 })).toThrow('batchSize is 0.5');
    expect(() => foamSource({ className: 'pristine', n: 3, size: 3 })).toThrow('size is 3');
    expect(() => foamSource({ className: 'foo', n: 3 })).toThrow('no foam class foo');
  });
});

describe('parseFoamSpec', () => {
  it('reads settings and fills in defaults', () => {
    expect(parseFoamSpec('foam:nanoclay?n=20&size=64')).toEqual({ className: 'nanoclay', n: 20, seed: 0, size: 64 });
    expect(parseFoamSpec('foam:pristine')).toEqual({ className: 'pristine', n: 500, seed: 0 });
    expect(parseFoamSpec('foam:pristine?seed=3&pixelSize=2.5um').pixelSize).toEqual({ value: 2.5, unit: 'um' });
  });

  it('reads back the id of every set', () => {
    for (const { name } of FOAM_CLASSES) {
      const { id } = foamSource({ className: name, n: 9, seed: 4, size: 32, pixelSize: { value: 6, unit: 'um' } });
      expect(foamSource(parseFoamSpec(id)).id).toBe(id);
    }
  });

  it.each([
    ['pristine', 'pristine is no foam specification, expected such as foam:pristine?n=500&seed=1'],
    ['foam:', 'no foam class (empty); the classes are pristine, graphene-low'],
    ['foam:graphite?n=5', 'no foam class graphite; the classes are pristine, graphene-low'],
    ['foam:pristine?count=5', 'unknown setting count; the settings are n, seed, size and pixelSize'],
    ['foam:pristine?n=five', 'n is five, expected a whole number of 1 or more'],
    ['foam:pristine?n=', 'n is (empty), expected a whole number of 1 or more'],
    ['foam:pristine?n=0', 'n is 0, expected a whole number of 1 or more'],
    ['foam:pristine?seed=-1', 'seed is -1, expected a whole number of 0 or more'],
    ['foam:pristine?pixelSize=3px', 'pixelSize is 3px, expected a length such as 8um'],
  ])('refuses %s in one line', (spec, message) => {
    expect(() => parseFoamSpec(spec)).toThrow(message);
  });
});
