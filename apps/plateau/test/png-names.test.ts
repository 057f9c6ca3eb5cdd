import { expect, it } from 'vitest';
import { pngNames } from '../src/cells/png-names.js';

it('gives two images of one name two names, each the same whenever it is asked for', () => {
  const nameOf = pngNames();
  expect(['a/foam.tif', 'a/foam.jpg', 'b/foam.TIFF', 'scan'].map(nameOf)).toEqual([
    'a/foam.png',
    'a/foam.jpg.png',
    'b/foam.png',
    'scan.png',
  ]);
  expect(nameOf('a/foam.jpg')).toBe('a/foam.jpg.png');
});
