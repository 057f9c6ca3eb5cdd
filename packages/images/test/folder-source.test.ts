import { existsSync } from 'node:fs';
import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collect, encodePng, folderSource, resizeClean, toUint8, writePng, type ImageBatch } from '../src/index.js';
import { fixtureBytes, flatImage, sharedData, temporaryFolder } from './fixtures.js';

/** A folder with these files; names with `/` make folders. */
async function folderOf(files: Readonly<Record<string, ImageBatch | Uint8Array>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), 'count' in content ? encodePng(content) : content);
  }
  return folder;
}

const text = new TextEncoder().encode('not an image');
const cutOff = encodePng(flatImage(8, 3)).subarray(0, 40);

describe('folderSource', () => {
  it('gives the images in natural order, in batches, the same at each iteration', async () => {
    const folder = await folderOf(
      Object.fromEntries([10, 2, 1, 30, 4].map((value) => [`img${value}.png`, flatImage(4, value)])),
    );
    const source = await folderSource(folder, { batchSize: 2 });
    expect(source).toMatchObject({
      id: folder,
      count: 5,
      height: 4,
      width: 4,
      channels: 1,
      range: [0, 255],
      skipped: [],
    });
    expect(source.labels).toBeUndefined();
    expect(source.paths).toEqual(['img1.png', 'img2.png', 'img4.png', 'img10.png', 'img30.png']);
    for (let pass = 0; pass < 2; pass++) {
      const firsts: number[][] = [];
      for await (const { data, count } of source) {
        firsts.push(Array.from({ length: count }, (_, i) => data[16 * i]!));
      }
      expect(firsts).toEqual([[1, 2], [4, 10], [30]]);
    }
  });

  it('takes class folders as labels', async () => {
    const folder = await folderOf({
      'b/1.png': flatImage(4, 3),
      'a/2.png': flatImage(4, 2),
      'a/deep/1.png': flatImage(4, 1),
      'notes.txt': text,
    });
    const source = await folderSource(folder);
    expect(source.labels).toEqual(['a', 'a', 'b']);
    expect(source.paths).toEqual(['a/2.png', 'a/deep/1.png', 'b/1.png']);
  });

  it('leaves folders below alone when the folder itself has images, unless asked', async () => {
    const folder = await folderOf({ 'top.png': flatImage(4, 1), 'below/2.png': flatImage(4, 2) });
    expect((await folderSource(folder)).paths).toEqual(['top.png']);
    const all = await folderSource(folder, { recursive: true });
    expect(all.paths).toEqual(['below/2.png', 'top.png']);
    expect(all.labels).toBeUndefined();
    await expect(folderSource(join(folder, 'below', '..'), { recursive: false })).resolves.toMatchObject({ count: 1 });
  });

  it('tells images by content, and passes over other files and hidden ones', async () => {
    const folder = await folderOf({
      'really-a-png.jpg': flatImage(4, 1),
      'no-extension': flatImage(4, 2),
      'notes.txt': text,
      '._1.png': text,
    });
    expect((await folderSource(folder)).paths).toEqual(['no-extension', 'really-a-png.jpg']);
  });

  it('follows links, but not in circles', async () => {
    const folder = await folderOf({ 'a/1.png': flatImage(4, 1) });
    await symlink(join(folder, 'a'), join(folder, 'b'));
    await symlink(folder, join(folder, 'a', 'circle'));
    expect((await folderSource(folder)).labels).toEqual(['a', 'b']);
  });

  it('gives grey when no image has a colour, RGB when one has, and what is asked for', async () => {
    const folder = await folderOf({ '1.png': flatImage(4, 9), '2.png': flatImage(4, 5, 5, 5) });
    expect(await collect(await folderSource(folder))).toMatchObject({ channels: 1, count: 2 });
    expect(await collect(await folderSource(folder, { channels: 3 }))).toMatchObject({ channels: 3 });
    await writePng(join(folder, '3.png'), flatImage(4, 255, 0, 0));
    const mixed = await collect(await folderSource(folder));
    expect(mixed.channels).toBe(3);
    expect([0, 48, 96].map((at) => Array.from(mixed.data.subarray(at, at + 3)))).toEqual([
      [9, 9, 9],
      [5, 5, 5],
      [255, 0, 0],
    ]);
    // Luma of red: 0.299 × 255.
    expect((await collect(await folderSource(folder, { channels: 1 }))).data[32]).toBe(76);
  });

  it('gives 16 bit when one image has it', async () => {
    const deep: ImageBatch = { ...flatImage(4, 0), data: new Uint16Array(16).fill(1000), range: [0, 65535] };
    const batch = await collect(await folderSource(await folderOf({ '1.png': flatImage(4, 200), '2.png': deep })));
    expect(batch.range).toEqual([0, 65535]);
    expect([batch.data[0], batch.data[16]]).toEqual([200 * 257, 1000]);
  });

  it('refuses mixed sizes, naming two files, and resizes them when asked', async () => {
    const folder = await folderOf({ 'a.png': flatImage(8, 1), 'b.png': flatImage(8, 1), 'c.png': flatImage(6, 5) });
    await expect(folderSource(folder)).rejects.toThrow(
      `images in ${folder} differ in size: a.png is 8×8, c.png is 6×6; give size (--size) to resize them all to one`,
    );
    const batch = await collect(await folderSource(folder, { size: { height: 4, width: 5 } }));
    expect(batch).toMatchObject({ count: 3, height: 4, width: 5 });
    expect(batch.data.at(-1)).toBe(5);
  });

  it('resizes as resizeClean does, rounded', async () => {
    const image = flatImage(8, 0);
    (image.data as Uint8Array).forEach((_, i, data) => (data[i] = (i * 37) % 256));
    const batch = await collect(await folderSource(await folderOf({ 'a.png': image }), { size: 5 }));
    expect(batch.data).toEqual(toUint8(resizeClean(image, { height: 5, width: 5 })).data);
  });

  it('reads the first `limit` images only, not counting bad ones', async () => {
    const files = { '1.png': flatImage(4, 1), '2.png': cutOff, '3.png': flatImage(4, 3), '4.png': new Uint8Array(0) };
    const source = await folderSource(await folderOf(files), { limit: 2, skipBad: true });
    expect(source.paths).toEqual(['1.png', '3.png']);
    expect(source.skipped.map(({ path }) => path)).toEqual(['2.png']);
  });

  it('goes on to the next image when one of the first `limit` turns out to be damaged', async () => {
    const damaged = encodePng(flatImage(4, 2));
    damaged[45]! ^= 0xff;
    const files = { '1.png': damaged, '2.png': flatImage(4, 2), '3.png': flatImage(4, 3) };
    const source = await folderSource(await folderOf(files), { limit: 1, skipBad: true });
    expect(source.paths).toEqual(['2.png']);
  });

  it('gives the same images when none fits the cache', async () => {
    const files = { '1.png': flatImage(4, 1), '2.png': flatImage(4, 2, 0, 9) };
    const folder = await folderOf(files);
    const [cached, read] = [await folderSource(folder), await folderSource(folder, { cacheBytes: 0 })];
    expect(await collect(read)).toEqual(await collect(cached));
    await writePng(join(folder, '2.png'), flatImage(5, 1));
    await expect(collect(read)).rejects.toThrow('2.png was changed while it was used: it is 5×5 now');
    await rm(join(folder, '1.png'));
    await expect(collect(read)).rejects.toThrow("1.png can't be read any more: missing");
  });

  it('decodes while images are used when asked: the same images, batches without colour grey', async () => {
    const colour = { ...flatImage(4, 2), channels: 3 as const, data: Uint8Array.from({ length: 48 }, (_, i) => i % 3) };
    const grey = { ...colour, data: new Uint8Array(48).fill(7) };
    const folder = await folderOf({
      '1.png': flatImage(4, 1),
      '2.png': grey,
      '3.png': colour,
      '4.png': flatImage(4, 4),
    });
    const source = await folderSource(folder, { batchSize: 2, decodeFirst: false });
    expect(source).toMatchObject({ count: 4, height: 4, width: 4, channels: 3, range: [0, 255] });
    const batches: ImageBatch[] = [];
    for await (const batch of source) batches.push(batch);
    expect(batches.map(({ channels }) => channels)).toEqual([1, 3]);
    expect([batches[0]!.data[0], batches[0]!.data[16]]).toEqual([1, 7]);
    expect([...batches[1]!.data.subarray(0, 3), batches[1]!.data[48]]).toEqual([0, 1, 2, 4]);
  });

  it('decodes while images are used when asked: headers are checked before, the rest on the way', async () => {
    const damaged = encodePng(flatImage(4, 2));
    damaged[45]! ^= 0xff;
    const folder = await folderOf({ '1.png': flatImage(4, 1), '2.png': damaged, '3.png': flatImage(4, 3) });
    const source = await folderSource(folder, { batchSize: 1, decodeFirst: false });
    const batches = source[Symbol.asyncIterator]();
    expect((await batches.next()).value).toMatchObject({ count: 1 });
    await expect(batches.next()).rejects.toThrow(`${join(folder, '2.png')} can't be read: damaged PNG`);
    const skipping = await folderSource(folder, { decodeFirst: false, skipBad: true });
    expect(skipping.paths).toEqual(['1.png', '3.png']);
    await writeFile(join(folder, '2.png'), cutOff);
    await expect(folderSource(folder, { decodeFirst: false })).rejects.toThrow('2.png (truncated');
  });

  it('counts damaged images, names the first three and says what to do', async () => {
    const files: Record<string, ImageBatch | Uint8Array> = {
      '1.png': new Uint8Array(0),
      '2.png': cutOff,
      '3.jpg': text,
    };
    for (const name of ['4.png', '5.png']) files[name] = cutOff;
    for (let i = 6; i < 12; i++) files[`${i}.png`] = flatImage(4, i);
    const folder = await folderOf(files);
    await expect(folderSource(folder)).rejects.toThrow(
      `5 of 11 images in ${folder} can't be read: 1.png (the file has zero bytes), ` +
        '2.png (truncated: 40 bytes, and no IEND chunk among them), ' +
        '3.jpg (not a PNG, JPEG or TIFF: it starts with the bytes 6e 6f 74 20), and 2 more; ' +
        'repair or remove them, or skip with skipBad (--skip-bad)',
    );
    const source = await folderSource(folder, { skipBad: true });
    expect(source.count).toBe(6);
    expect(source.skipped).toHaveLength(5);
    expect(source.skipped[0]).toEqual({ path: '1.png', reason: 'the file has zero bytes' });
  });

  it('finds a truncated JPEG and one damaged inside', async () => {
    const jpeg = fixtureBytes('files/rgb444.jpg');
    const cut = jpeg.subarray(0, jpeg.length - 40);
    await expect(folderSource(await folderOf({ 'a.jpg': cut }))).rejects.toThrow('a.jpg (truncated');
    const hollow = Uint8Array.from([...cut, 0xff, 0xd9]);
    await expect(folderSource(await folderOf({ 'a.jpg': hollow }))).rejects.toThrow('a.jpg (damaged JPEG');
  });

  it('refuses a folder in which every image is bad, even when they may be skipped', async () => {
    const folder = await folderOf({ '1.png': cutOff });
    await expect(folderSource(folder, { skipBad: true })).rejects.toThrow('1 of 1 images in');
    await expect(folderSource(folder, { skipBad: true })).rejects.toThrow('repair them');
  });

  it('keeps labels and images together when some are skipped', async () => {
    const folder = await folderOf({ 'a/1.png': cutOff, 'a/2.png': flatImage(4, 2), 'b/1.png': flatImage(4, 3) });
    expect((await folderSource(folder, { skipBad: true })).labels).toEqual(['a', 'b']);
  });

  it('refuses what is no folder of images', async () => {
    const folder = await folderOf({ 'notes.txt': text, 'photo.bmp': text });
    await expect(folderSource(folder)).rejects.toThrow(
      `no PNG, JPEG or TIFF images in ${folder}: it holds 2 other files, such as notes.txt`,
    );
    await expect(folderSource(join(folder, 'nowhere'))).rejects.toThrow(
      `no folder ${join(folder, 'nowhere')}: give the path of a folder of PNG, JPEG or TIFF images`,
    );
    await expect(folderSource(join(folder, 'notes.txt'))).rejects.toThrow('notes.txt is a file, expected a folder');
    await expect(folderSource(await temporaryFolder())).rejects.toThrow(': it holds no files');
  });

  it.skipIf(process.getuid?.() === 0)('names a file that may not be read (the superuser may read all)', async () => {
    const folder = await folderOf({ '1.png': flatImage(4, 1) });
    await chmod(join(folder, '1.png'), 0);
    await expect(folderSource(folder)).rejects.toThrow('1.png (permission denied)');
  });

  it('refuses options that can not be', async () => {
    const folder = await folderOf({ '1.png': flatImage(4, 1) });
    for (const options of [{ batchSize: 0 }, { limit: 0 }, { size: -3 }, { size: { height: 4, width: 1.5 } }]) {
      await expect(folderSource(folder, options)).rejects.toThrow('expected a whole number of 1 or more');
    }
  });

  const steel = join(sharedData, 'classes/neu_steel');
  it.skipIf(!existsSync(steel))(
    'reads 1200 grey JPEGs stored as RGB, in six classes (needs ../shared/data)',
    async () => {
      const source = await folderSource(steel);
      expect(source).toMatchObject({ count: 1200, height: 200, width: 200, channels: 1 });
      expect(new Set(source.labels).size).toBe(6);
      expect(source.paths.slice(0, 2)).toEqual(['crazing/crazing_1.jpg', 'crazing/crazing_2.jpg']);
    },
  );
});
