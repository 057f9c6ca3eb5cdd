import { describe, expect, it } from 'vitest';
import { decodeImage, encodePng, imageHeader } from '../src/index.js';
import { fixtureBytes, fixtureJson, flatImage } from './fixtures.js';

interface Expected {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  readonly range: [number, number];
  readonly samples: number[];
}

// By Pillow's decoder or by construction: test-fixtures/images/README.md.
const expected = fixtureJson<Record<string, Expected>>('files/expected.json');
const named = (kind: string) => Object.entries(expected).filter(([name]) => name.endsWith(kind));

describe('decodeImage', () => {
  it.each(named('.png'))('reads every sample of %s exactly', (name, { samples, ...shape }) => {
    const image = decodeImage(fixtureBytes(`files/${name}`));
    expect(image).toMatchObject({ count: 1, ...shape });
    expect(Array.from(image.data)).toEqual(samples);
    expect(image.data).toBeInstanceOf(shape.range[1] === 255 ? Uint8Array : Uint16Array);
  });

  it.each(named('.jpg'))('reads %s as libjpeg does, to a few grey levels', (name, { samples, ...shape }) => {
    const image = decodeImage(fixtureBytes(`files/${name}`));
    expect(image).toMatchObject({ count: 1, ...shape });
    // Decoders round differently, and where colour was subsampled libjpeg smooths it and jpeg-js repeats it.
    const tolerance = name === 'rgb420.jpg' ? 8 : 3;
    expect(Math.max(...samples.map((sample, i) => Math.abs(sample - image.data[i]!)))).toBeLessThanOrEqual(tolerance);
  });

  it.each(Object.entries(expected))(
    'knows size and channels of %s from its header',
    (name, { height, width, channels }) => {
      expect(imageHeader(fixtureBytes(`files/${name}`))).toMatchObject({ height, width, channels });
    },
  );

  it('tells kinds by content: other files are refused with their first bytes', () => {
    expect(() => decodeImage(new TextEncoder().encode('GIF89a'))).toThrow(
      'not a PNG, JPEG or TIFF: it starts with the bytes 47 49 46 38',
    );
    expect(() => decodeImage(new Uint8Array(0))).toThrow('the file has zero bytes');
  });

  it.each(['grey8.png', 'rgb444.jpg'])('refuses %s cut off anywhere', (name) => {
    const bytes = fixtureBytes(`files/${name}`);
    for (let length = 9; length < bytes.length - 1; length += 5) {
      expect(() => decodeImage(bytes.subarray(0, length)), `${length} bytes`).toThrow('truncated');
    }
  });

  it('refuses a PNG with a changed byte in its samples', () => {
    const bytes = encodePng(flatImage(20, 7));
    bytes[60]! ^= 0xff;
    expect(() => decodeImage(bytes)).toThrow('damaged PNG');
  });

  it('refuses an interlaced PNG below 8 bit, which the decoder would scramble', () => {
    expect(() => decodeImage(fixtureBytes('files/grey4-interlaced.png'))).toThrow(
      "an interlaced PNG of 4 bit a sample can't be decoded; save it without interlacing",
    );
  });

  it('refuses a header that claims more pixels than memory holds', () => {
    const bytes = encodePng(flatImage(4, 7));
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(16, 2_000_000_000);
    expect(() => decodeImage(bytes)).toThrow('its header claims 2000000000×4 pixels');
  });

  it('refuses lossless and 12-bit JPEGs, saying what to do', () => {
    const bytes = fixtureBytes('files/grey.jpg').slice();
    const frame = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xc0);
    const lossless = bytes.slice();
    lossless[frame + 1] = 0xc3;
    expect(() => decodeImage(lossless)).toThrow('lossless or arithmetic-coded JPEG');
    const deep = bytes.slice();
    deep[frame + 4] = 12;
    expect(() => decodeImage(deep)).toThrow("a JPEG of 12 bit a sample can't be decoded");
  });
});
