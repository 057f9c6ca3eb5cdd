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
  it.each(named('.png'))('reads every sample of %s exactly', async (name, { samples, ...shape }) => {
    const image = await decodeImage(fixtureBytes(`files/${name}`));
    expect(image).toMatchObject({ count: 1, ...shape });
    expect(Array.from(image.data)).toEqual(samples);
    expect(image.data).toBeInstanceOf(shape.range[1] === 255 ? Uint8Array : Uint16Array);
  });

  it.each(named('.jpg'))('reads every sample of %s as libjpeg does', async (name, { samples, ...shape }) => {
    const image = await decodeImage(fixtureBytes(`files/${name}`));
    expect(image).toMatchObject({ count: 1, ...shape });
    expect(Array.from(image.data)).toEqual(samples);
  });

  it.each(Object.entries(expected))(
    'knows size and channels of %s from its header',
    (name, { height, width, channels }) => {
      expect(imageHeader(fixtureBytes(`files/${name}`))).toMatchObject({ height, width, channels });
    },
  );

  it('tells kinds by content: other files are refused with their first bytes', async () => {
    await expect(decodeImage(new TextEncoder().encode('GIF89a'))).rejects.toThrow(
      'not a PNG, JPEG or TIFF: it starts with the bytes 47 49 46 38',
    );
    await expect(decodeImage(new Uint8Array(0))).rejects.toThrow('the file has zero bytes');
  });

  it.each(['grey8.png', 'rgb444.jpg'])('refuses %s cut off anywhere', async (name) => {
    const bytes = fixtureBytes(`files/${name}`);
    for (let length = 9; length < bytes.length - 1; length += 5) {
      await expect(decodeImage(bytes.subarray(0, length)), `${length} bytes`).rejects.toThrow('truncated');
    }
  });

  it('refuses a PNG with a changed byte in its samples', async () => {
    const bytes = encodePng(flatImage(20, 7));
    bytes[60]! ^= 0xff;
    await expect(decodeImage(bytes)).rejects.toThrow('damaged PNG');
  });

  it('refuses an interlaced PNG below 8 bit, which the decoder would scramble', async () => {
    await expect(decodeImage(fixtureBytes('files/grey4-interlaced.png'))).rejects.toThrow(
      "an interlaced PNG of 4 bit a sample can't be decoded; save it without interlacing",
    );
  });

  it('refuses a header that claims more pixels than memory holds', async () => {
    const bytes = encodePng(flatImage(4, 7));
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(16, 2_000_000_000);
    await expect(decodeImage(bytes)).rejects.toThrow('its header claims 2000000000×4 pixels');
  });

  it('refuses a JPEG whose codes end early though its end mark is there, and reads the next one', async () => {
    const whole = fixtureBytes('files/rgb444.jpg');
    const cut = whole.slice(0, whole.length - 40);
    cut.set([0xff, 0xd9], cut.length - 2);
    await expect(decodeImage(cut)).rejects.toThrow('damaged JPEG: its coded pixels end early');
    const image = await decodeImage(whole);
    expect(Array.from(image.data)).toEqual(expected['rgb444.jpg']!.samples);
  });

  it('leaves errors that nobody catches to the program', async () => {
    const before = process.listeners('uncaughtException');
    await decodeImage(fixtureBytes('files/grey.jpg'));
    expect(process.listeners('uncaughtException')).toEqual(before);
  });

  it('refuses lossless, 12-bit and CMYK JPEGs, saying what to do', async () => {
    const bytes = fixtureBytes('files/grey.jpg').slice();
    const frame = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xc0);
    const lossless = bytes.slice();
    lossless[frame + 1] = 0xc3;
    await expect(decodeImage(lossless)).rejects.toThrow('lossless or arithmetic-coded JPEG');
    const deep = bytes.slice();
    deep[frame + 4] = 12;
    await expect(decodeImage(deep)).rejects.toThrow("a JPEG of 12 bit a sample can't be decoded");
    const cmyk = bytes.slice();
    cmyk[frame + 9] = 4;
    await expect(decodeImage(cmyk)).rejects.toThrow("a CMYK JPEG can't be decoded; save it as grey or RGB");
  });
});
