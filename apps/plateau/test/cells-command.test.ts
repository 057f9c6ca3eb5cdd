import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { foamImage } from '@plateau/foam';
import { decodeImage, writePng } from '@plateau/images';
import { describe, expect, it } from 'vitest';
import { runCommand } from './run-command.js';
import { temporaryFolder } from './temporary-folder.js';

/** What the command printed; throws what it complained of. */
async function run(...words: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand('cells', ...words);
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

async function foamFolder(className: string, count: number): Promise<string> {
  const folder = temporaryFolder();
  for (let index = 0; index < count; index++) {
    const { image } = foamImage({ className, seed: 3, index, size: 96 + 32 * index });
    await writePng(join(folder, `img${index}.png`), image);
  }
  return folder;
}

describe('plateau cells', () => {
  it('writes tables, a summary, overlays, a page and label maps, for images of several sizes', async () => {
    const [images, out, labels] = [await foamFolder('nanoclay', 2), temporaryFolder(), temporaryFolder()];
    const printed = await run('--images', images, '--pixel-size', '8um', '--out', out, '--labels', labels, '--json');
    const { images: rows, summary } = JSON.parse(printed);
    expect(rows.map(({ file }: { file: string }) => file)).toEqual(['img0.png', 'img1.png']);
    expect(rows[0].unit).toBe('um');
    expect(summary.cells).toBe(rows[0].cellCount + rows[1].cellCount);
    const cells = (await readFile(join(out, 'cells.csv'), 'utf8')).trim().split('\n');
    expect(cells[0]).toMatch(/^file,cell,area,equivalentDiameter,perimeter,circularity/);
    expect(cells).toHaveLength(1 + summary.cells);
    expect((await readFile(join(out, 'images.csv'), 'utf8')).split('\n')[0]).toMatch(/^file,class,cellCount,/);
    // A line for each function at each whole number of pixels; S2 starts with the porosity.
    const spatial = (await readFile(join(out, 'spatial.csv'), 'utf8')).split('\n');
    expect(spatial[0]).toBe('file,function,length,value,unit');
    const [file, name, length, value, unit] = spatial[1]!.split(',');
    expect([file, name, length, unit]).toEqual(['img0.png', 'twoPointCorrelation', '0', 'um']);
    expect(Number(value)).toBeCloseTo(rows[0].porosity, 6);
    expect(summary.poreSize.mean).toBeGreaterThan(summary.wallThickness.mean);
    expect(await readdir(join(out, 'overlays'))).toEqual(['img0.png', 'img1.png']);
    const page = await readFile(join(out, 'report.html'), 'utf8');
    expect(page).toContain('<section id="cells">');
    // Cell diameters and five spatial functions.
    expect(page.match(/<svg/g)).toHaveLength(6);
    const map = await decodeImage(await readFile(join(labels, 'img1.png')));
    expect(map.range).toEqual([0, 65535]);
    expect([map.width, map.height]).toEqual([128, 128]);
    expect(Math.max(...map.data)).toBe(rows[1].cellCount);
  });

  it('leaves an information bar out of all numbers', async () => {
    const folder = temporaryFolder();
    const { image } = foamImage({ className: 'pristine', seed: 3, size: 128 });
    const data = new Uint8Array(128 * 148).fill(8);
    data.set(image.data as Uint8Array);
    for (let x = 10; x < 100; x += 7) for (let y = 132; y < 142; y++) data[128 * y + x] = 250;
    await writePng(join(folder, 'bar.png'), { ...image, data, height: 148 });
    await writePng(join(folder, 'plain.png'), image);
    const { images } = JSON.parse(await run('--images', folder, '--json'));
    const [bar, plain] = images;
    expect(bar.choices.informationBar).toBe(20);
    expect([bar.height, bar.porosity, bar.cellDensity]).toEqual([128, plain.porosity, plain.cellDensity]);
  });

  it('takes the pixel size from foam and from TIFF tags, and px where nobody knows it', async () => {
    const pixels = async (...words: string[]): Promise<[number, string]> => {
      const { pixelSize, unit } = JSON.parse(await run(...words, '--json')).images[0];
      return [pixelSize, unit];
    };
    expect(await pixels('--images', 'foam:pristine?n=1&size=96&pixelSize=5um')).toEqual([5, 'um']);
    const folder = temporaryFolder();
    await copyFile(new URL('../../../test-fixtures/tiff/fei.tif', import.meta.url), join(folder, 'fei.tif'));
    expect(await pixels('--images', folder)).toEqual([97, 'nm']);
    expect(await pixels('--images', folder, '--pixel-size', '0.2um')).toEqual([0.2, 'um']);
    expect(await pixels('--images', await foamFolder('pristine', 1))).toEqual([1, 'px']);
    await copyFile(new URL('../../../test-fixtures/tiff/oblong.tif', import.meta.url), join(folder, 'oblong.tif'));
    await expect(run('--images', folder)).rejects.toThrow(/oblong.tif: its pixels are 97×120 nm, expected square/);
  });

  it('averages no lengths of several units', async () => {
    const folder = await foamFolder('pristine', 1);
    await copyFile(new URL('../../../test-fixtures/tiff/fei.tif', import.meta.url), join(folder, 'fei.tif'));
    await expect(run('--images', folder)).rejects.toThrow(
      /fei.tif has one in nm, img0.png has no pixel size: give one for all with --pixel-size, or measure them apart/,
    );
    expect(JSON.parse(await run('--images', folder, '--pixel-size', '97nm', '--json')).images).toHaveLength(2);
  });

  it('names what can’t be read and stops, or goes on without it when told to', async () => {
    const images = await foamFolder('pristine', 2);
    const whole = await readFile(join(images, 'img0.png'));
    // One whose header says so, one whose header is whole.
    await writeFile(join(images, 'a.png'), '');
    await expect(run('--images', images)).rejects.toThrow(
      /1 of 3 images .* a\.png \(the file has zero bytes\).*--skip-bad/,
    );
    whole.fill(255, whole.length >> 1, whole.length - 40);
    await writeFile(join(images, 'a.png'), whole);
    await writeFile(join(images, 'b.png'), '');
    const out = temporaryFolder();
    const { code, stdout, stderr } = await runCommand(
      'cells',
      '--images',
      images,
      '--skip-bad',
      '--out',
      out,
      '--json',
    );
    expect(code).toBe(0);
    expect(stderr).toMatch(/left out 2 of 4 images, which can't be read: b\.png, a\.png/);
    const { images: rows, summary } = JSON.parse(stdout);
    expect(rows.map(({ file }: { file: string }) => file)).toEqual(['img0.png', 'img1.png']);
    expect(summary.images).toBe(2);
    expect(summary.skipped.map(({ path }: { path: string }) => path)).toEqual(['b.png', 'a.png']);
    expect(await readFile(join(out, 'report.html'), 'utf8')).toContain('b.png: the file has zero bytes');
    await rm(join(images, 'b.png'));
    await expect(run('--images', images)).rejects.toThrow(/a\.png: .*--skip-bad/);
    for (const name of ['img0.png', 'img1.png']) await rm(join(images, name));
    await expect(run('--images', images, '--skip-bad')).rejects.toThrow(/no image of .* can be read: a\.png: /);
  });

  it('trains without images and masks that can’t be read when told to', async () => {
    const [images, masks, out] = [await foamFolder('pristine', 2), temporaryFolder(), join(temporaryFolder(), 'model')];
    const { truth } = foamImage({ className: 'pristine', seed: 3, index: 0, size: 96 });
    const data = Uint8Array.from(truth.labels, (label) => (label > 0 ? 255 : 0));
    await writePng(join(masks, 'img0.png'), { data, count: 1, width: 96, height: 96, channels: 1, range: [0, 255] });
    await writeFile(join(masks, 'img1.png'), '');
    const words = ['train', '--images', images, '--masks', masks, '--out', out, '--classifier', 'forest'];
    await expect(run(...words)).rejects.toThrow(/img1\.png \(the file has zero bytes\).*--skip-bad/);
    expect(await run(...words, '--skip-bad')).toMatch(/^1 images, 20 trees/);
    await rm(join(images, 'img0.png'));
    await expect(run(...words, '--skip-bad')).rejects.toThrow(/no image of .* has a mask in .* that can be read/);
  });

  it('compares with a reference', async () => {
    const [images, reference] = [await foamFolder('pristine', 2), await foamFolder('nanoclay', 3)];
    const { images: rows, summary } = JSON.parse(await run('--images', images, '--compare', reference, '--json'));
    expect(summary.comparison.unit).toBe('px');
    expect(rows.map(({ pValue }: { pValue: number }) => pValue)).toEqual(summary.comparison.imagePValues);
    expect(summary.comparison.worstFirst).toHaveLength(2);
    expect(summary.laws.length).toBeGreaterThan(5);
  });

  it('takes blank images for invalid, not for walls of the other polarity', async () => {
    const blank = temporaryFolder();
    const data = new Uint8Array(96 * 96).fill(90);
    const image = { data, count: 1, width: 96, height: 96, channels: 1, range: [0, 255] } as const;
    for (const name of ['a.png', 'b.png']) await writePng(join(blank, name), image);
    const words = ['--images', blank, '--compare', 'foam:pristine?n=20&size=96&seed=2&pixelSize=8um'];
    const printed = await run(...words, '--pixel-size', '8um');
    expect(printed).toContain('physically invalid: 100 % of the images');
    expect(printed).toMatch(/laws that no generated image can be held to: .*walls close their cells/);
  });

  it('says which of the images have walls of a polarity that no reference image has', async () => {
    const [images, reference] = [await foamFolder('pristine', 3), await foamFolder('nanoclay', 3)];
    const { image } = foamImage({ className: 'pristine', seed: 3, size: 128 });
    const data = image.data.map((value) => 255 - value);
    await writePng(join(images, 'inverted.png'), { ...image, data });
    const { stderr } = await runCommand('cells', '--images', images, '--compare', reference);
    expect(stderr).toMatch(/1 of 4 generated images have dark walls, which no reference image has: inverted.png\n/);
    expect(stderr).toMatch(/3 and 4 images: no difference in one property can be significant/);
  });

  it('takes such images for invalid, however well they would measure', async () => {
    const [images, reference] = [await foamFolder('pristine', 3), await foamFolder('pristine', 20)];
    const { image } = foamImage({ className: 'pristine', seed: 3, size: 128 });
    await writePng(join(images, 'inverted.png'), { ...image, data: image.data.map((value) => 255 - value) });
    const printed = await run('--images', images, '--compare', reference, '--json');
    const { images: rows, summary } = JSON.parse(printed);
    expect(rows.find(({ file }: { file: string }) => file === 'inverted.png').pValue).toBeCloseTo(1 / 21, 12);
    expect(rows[summary.comparison.worstFirst[0]].file).toBe('inverted.png');
    expect(summary.comparison.invalidShare).toBe(0.25);
  });

  it('compares by class where both sets have labels, and refuses opposite polarities', async () => {
    const [images, reference] = [temporaryFolder(), temporaryFolder()];
    for (const [folder, seed] of [
      [images, 1],
      [reference, 2],
    ] as const) {
      for (const className of ['pristine', 'nanoclay']) {
        await mkdir(join(folder, className));
        for (const index of [0, 1]) {
          await writePng(
            join(folder, className, `${index}.png`),
            foamImage({ className, seed, index, size: 96 }).image,
          );
        }
      }
    }
    const out = temporaryFolder();
    const { summary } = JSON.parse(await run('--images', images, '--compare', reference, '--out', out, '--json'));
    expect(Object.keys(summary.byClass)).toEqual(['nanoclay', 'pristine']);
    expect(summary.byClass.pristine.physicalDistance).toBeGreaterThan(0);
    const [property] = summary.comparison.properties;
    expect(property.interval[0]).toBeLessThanOrEqual(property.interval[1]);
    expect(await readFile(join(out, 'report.html'), 'utf8')).toContain('By class');

    const inverted = temporaryFolder();
    const { image } = foamImage({ className: 'nanoclay', seed: 3, size: 128 });
    const data = image.data.map((value) => 255 - value);
    for (const name of ['a.png', 'b.png']) await writePng(join(inverted, name), { ...image, data });
    await expect(run('--images', inverted, '--compare', reference)).rejects.toThrow(
      /the generator inverts the contrast/,
    );
  });

  it('trains a segmentation and uses it', async () => {
    const [images, masks, out] = [await foamFolder('pristine', 1), temporaryFolder(), join(temporaryFolder(), 'model')];
    const { truth } = foamImage({ className: 'pristine', seed: 3, index: 0, size: 96 });
    const data = Uint8Array.from(truth.labels, (label) => (label > 0 ? 255 : 0));
    await writePng(join(masks, 'img0.png'), { data, count: 1, width: 96, height: 96, channels: 1, range: [0, 255] });
    expect(await run('train', '--images', images, '--masks', masks, '--out', out, '--steps', '2')).toMatch(
      /1 images, 2 steps/,
    );
    const { images: rows } = JSON.parse(await run('--images', images, '--model', out, '--json'));
    expect(rows[0].choices.polarity).toBe('bright-walls');
  });

  it('trains on the label maps that it writes', async () => {
    const [images, labels, out] = [await foamFolder('pristine', 1), temporaryFolder(), join(temporaryFolder(), 'f')];
    const found = JSON.parse(await run('--images', images, '--labels', labels, '--json')).images[0];
    await run('train', '--images', images, '--masks', labels, '--out', out, '--classifier', 'forest');
    const [learned] = JSON.parse(await run('--images', images, '--model', out, '--json')).images;
    expect(Math.abs(learned.porosity - found.porosity)).toBeLessThan(0.05);
  });

  it('trains a forest on scribbles in seconds, and uses it', async () => {
    const [images, scribbles, out] = [await foamFolder('pristine', 1), temporaryFolder(), join(temporaryFolder(), 'f')];
    const { truth } = foamImage({ className: 'pristine', seed: 3, index: 0, size: 96 });
    // Every fifth row is drawn on.
    const data = Uint8Array.from(truth.labels, (label, i) => (Math.floor(i / 96) % 5 > 0 ? 0 : label > 0 ? 128 : 255));
    const drawing = { data, count: 1, width: 96, height: 96, channels: 1, range: [0, 255] } as const;
    await writePng(join(scribbles, 'img0.png'), drawing);
    const words = ['train', '--images', images, '--scribbles', scribbles, '--out', out];
    await expect(run(...words)).rejects.toThrow(/scribbles train a forest only/);
    expect(await run(...words, '--classifier', 'forest')).toMatch(/1 images, 20 trees/);
    const { images: rows } = JSON.parse(await run('--images', images, '--model', out, '--json'));
    expect(rows[0].choices.polarity).toBe('bright-walls');
    expect(Math.abs(rows[0].cellCount / truth.cellCount - 1)).toBeLessThan(0.2);
    await writePng(join(scribbles, 'img0.png'), { ...drawing, data: data.map((value) => value && 77) });
    await expect(run(...words, '--classifier', 'forest')).rejects.toThrow(/hold 77 at pixel 0; expected 0/);
    await expect(run('--images', images, '--model', scribbles)).rejects.toThrow(/that plateau cells train wrote/);
  });

  it('refuses wrong words and masks of another size in a line', async () => {
    await expect(run()).rejects.toThrow(/--images is missing/);
    await expect(run('--images', 'x', '--model', 'y', '--polarity', 'dark')).rejects.toThrow(
      /leave it out with --model/,
    );
    await expect(run('--images', 'x', '--pixel-size', 'wide')).rejects.toThrow(/such as 0.097um/);
    const [images, masks] = [await foamFolder('pristine', 1), temporaryFolder()];
    await expect(run('train', '--images', images, '--masks', masks, '--out', masks)).rejects.toThrow(
      /no PNG, JPEG or TIFF/,
    );
    const { image } = foamImage({ className: 'pristine', size: 64 });
    await writePng(join(masks, 'img0.png'), image);
    await expect(run('train', '--images', images, '--masks', masks, '--out', masks)).rejects.toThrow(
      /64×64, its image 96×96/,
    );
  });
});
