import { describe, expect, it } from 'vitest';
import { wallsOfMask } from '../src/cells/walls-of-mask.js';

function wallsOf(values: readonly number[], most = 255): number[] {
  return Array.from(wallsOfMask({ data: Float32Array.from(values), width: values.length, height: 1, most }).data);
}

describe('wallsOfMask', () => {
  it('is what is black in a plain mask, of 0 and 255 or of 0 and 1', () => {
    expect(wallsOf([0, 255, 255, 0, 255])).toEqual([1, 0, 0, 1, 0]);
    expect(wallsOf([0, 1, 1, 0, 1])).toEqual([1, 0, 0, 1, 0]);
  });

  it('is what is 0 in a label map, of 8 or 16 bit, however few or many its cells', () => {
    expect(wallsOf([0, 1, 1, 0, 2], 65535)).toEqual([1, 0, 0, 1, 0]);
    const many = Array.from({ length: 256 }, (_, k) => k);
    expect(wallsOf(many)).toEqual(many.map((label) => (label === 0 ? 1 : 0)));
  });

  it('is what is darker than half-way in a mask with soft edges, as JPEG leaves it', () => {
    expect(wallsOf([3, 0, 9, 90, 251, 255, 248, 255, 254, 160, 1, 0])).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1]);
  });
});
