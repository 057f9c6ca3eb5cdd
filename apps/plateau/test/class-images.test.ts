import { FOAM_CLASSES, foamSource } from '@plateau/foam';
import { collect } from '@plateau/images';
import { expect, test } from 'vitest';
import { classImages } from '../src/finetune/class-images.js';

test('foam:all is so many of each class, the same at each pass', async () => {
  const images = await classImages('foam:all?n=2&seed=5&size=32');
  expect(images.id).toBe('foam:all?n=2&seed=5&size=32');
  const names = FOAM_CLASSES.map(({ name }) => name).sort();
  expect(images.labels).toEqual(names.flatMap((name) => [name, name]));
  const all = await collect(images);
  expect(all).toMatchObject({ count: 14, height: 32, width: 32 });
  const second = await collect(foamSource({ className: names[1]!, n: 2, seed: 5, size: 32 }));
  expect(all.data.subarray(2 * 32 * 32, 4 * 32 * 32)).toEqual(second.data);
  expect(await collect(images)).toEqual(all);
});

test('settings that foam does not know are refused', async () => {
  await expect(classImages('foam:all?m=2')).rejects.toThrow('unknown setting m');
  await expect(classImages('foam:every?n=2')).rejects.toThrow(/foam:every/);
});
