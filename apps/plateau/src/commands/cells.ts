import { join } from 'node:path';
import { parsePixelSize, type Polarity } from '@plateau/cells';
import type { Length } from '@plateau/images';
import { Command, InvalidArgumentError, Option } from 'commander';
import writeFileAtomic from 'write-file-atomic';
import type { AnalysedImage } from '../cells/analyse-image.js';
import { analyseImages, type AnalysedSet, type JobFor } from '../cells/analyse-images.js';
import { openAnalysts } from '../cells/analysts.js';
import { compareAnalysed, type Against } from '../cells/compare-by-class.js';
import { cellsReport } from '../cells/cells-report.js';
import { cellsCsv, imagesCsv, spatialCsv, summarise } from '../cells/cells-tables.js';
import { groupLaws } from '../cells/group-laws.js';
import { pngNames } from '../cells/png-names.js';
import { trainCellsCommand } from '../cells/train-cells.js';
import { makeOutputFolder } from '../output-folder.js';
import { stderrProgress } from '../progress.js';
import { UsageError } from '../usage-error.js';
import { warnOnStderr } from '../warn.js';
import { wholeNumber } from './option-parsers.js';

interface CellsWords {
  readonly images?: string;
  readonly pixelSize?: Length;
  readonly polarity?: 'dark' | 'bright';
  readonly compare?: string;
  readonly labels?: string;
  readonly out?: string;
  readonly seed: number;
  readonly model?: string;
  readonly skipBad?: boolean;
  readonly json?: boolean;
}

/** `plateau cells`: cells, their statistics and physics. */
export function cellsCommand(): Command {
  return new Command('cells')
    .description('Finds and measures the cells of micrographs, and compares them with those of a reference.')
    .option('--images <set>', 'folder of images of any sizes, or foam:CLASS?n=20&seed=1')
    .option('--pixel-size <length>', 'side of a pixel, such as 0.097um', pixelSize)
    .addOption(
      new Option('--polarity <walls>', 'walls are dark or bright; found by default').choices(['dark', 'bright']),
    )
    .option('--compare <set>', 'reference images to compare with, of the same pixel size')
    .option('--labels <dir>', 'writes 16-bit label maps there, 0 for wall')
    .option('--out <dir>', 'writes cells.csv, images.csv, spatial.csv, summary.json, overlays and report.html there')
    .option('--seed <number>', 'draws permutations and bootstrap samples', wholeNumber(0), 0)
    .option('--model <dir>', 'uses a segmentation that plateau cells train learned')
    .option('--skip-bad', 'goes on without images that can’t be read')
    .option('--json', 'prints { "images": […], "summary": … } and nothing else')
    .enablePositionalOptions()
    .action(cells)
    .addCommand(trainCellsCommand());
}

async function cells(words: CellsWords): Promise<void> {
  const { images: set, out, labels, pixelSize, seed } = words;
  if (set === undefined) throw new UsageError('plateau cells: --images is missing, a folder of images or foam:CLASS');
  if (words.model !== undefined && words.polarity !== undefined) {
    throw new UsageError(
      'plateau cells: --polarity is found or given for the automatic segmentation; leave it out with --model',
    );
  }
  for (const folder of [out, labels]) if (folder !== undefined) await makeOutputFolder(folder);
  const polarity: Polarity | undefined = words.polarity && `${words.polarity}-walls`;
  const analysts = await openAnalysts(
    words.model === undefined ? { automatic: polarity ? { polarity } : {} } : { model: words.model },
  );
  const pngName = pngNames();
  const under = (folder: string | undefined, file: string): string | undefined => folder && join(folder, pngName(file));
  let analysed: AnalysedSet;
  let reference: readonly AnalysedImage[] | undefined;
  const progress = stderrProgress();
  const common = { pixelSize, spatial: out !== undefined };
  try {
    const jobFor: JobFor = (file) => ({
      ...common,
      labels: under(labels, file),
      overlay: under(out && join(out, 'overlays'), file),
    });
    const { skipBad } = words;
    analysed = await analyseImages(set, analysts, { jobFor, progress, skipBad });
    if (words.compare !== undefined) {
      ({ images: reference } = await analyseImages(words.compare, analysts, {
        jobFor: () => common,
        progress,
        skipBad,
      }));
    }
  } finally {
    analysts.close();
  }
  const { images, skipped } = analysed;
  warnOf(images);
  const against = reference && compareAnalysed(reference, images, seed);
  for (const warning of against?.comparison.warnings ?? []) warnOnStderr(warning);
  const pValues = against?.comparison.imagePValues;
  const summary = { ...summarise(analysed), ...against };
  if (out !== undefined) {
    await writeFileAtomic(join(out, 'cells.csv'), cellsCsv(images));
    await writeFileAtomic(join(out, 'images.csv'), imagesCsv(images, pValues));
    await writeFileAtomic(join(out, 'spatial.csv'), spatialCsv(images));
    await writeFileAtomic(join(out, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
    const title = words.compare === undefined ? `Cells of ${set}` : `Cells of ${set} against ${words.compare}`;
    const overlay = (file: string): string => `overlays/${pngName(file)}`;
    const page = await cellsReport({ title, images, skipped, reference, against, overlay });
    await writeFileAtomic(join(out, 'report.html'), page);
  }
  process.stdout.write(
    words.json
      ? `${JSON.stringify({ images: images.map((image, i) => jsonOf(image, pValues?.[i])), summary })}\n`
      : textOf(images, against),
  );
}

function jsonOf({ file, label, measurement, choices, warnings }: AnalysedImage, pValue?: number): object {
  return {
    file,
    ...(label !== undefined && { class: label }),
    ...measurement.image,
    ...(pValue !== undefined && { pValue }),
    choices,
    warnings,
  };
}

function textOf(images: readonly AnalysedImage[], against: Against | undefined): string {
  const lines = images.map(({ file, measurement: { image } }) => {
    const { cellCount, porosity, equivalentDiameter, wallWidth, unit } = image;
    const length = (value: number): string => (Number.isFinite(value) ? `${value.toPrecision(4)} ${unit}` : '–');
    return `${file}: ${cellCount} cells, porosity ${porosity.toFixed(3)}, diameter ${length(equivalentDiameter)}, walls ${length(wallWidth)}`;
  });
  if (against) {
    const { physicalDistance, invalidShare } = against.comparison;
    const { broken, unread } = groupLaws(against.laws);
    lines.push(
      '',
      `physical distance: ${physicalDistance.toPrecision(3)} times the reference's own`,
      `physically invalid: ${Number.isNaN(invalidShare) ? "can't be told from so few reference images" : `${(100 * invalidShare).toFixed(0)} % of the images`}`,
      `laws broken: ${broken.length > 0 ? broken.join('; ') : 'none'}`,
      ...(unread.length > 0 ? [`laws that no generated image can be held to: ${unread.join('; ')}`] : []),
    );
  }
  return `${lines.join('\n')}\n`;
}

function warnOf(images: readonly AnalysedImage[]): void {
  const files = new Map<string, string[]>();
  for (const { file, warnings } of images) {
    for (const warning of warnings) files.set(warning, [...(files.get(warning) ?? []), file]);
  }
  for (const [warning, where] of files) {
    const more = where.length > 3 ? ` and ${where.length - 3} more` : '';
    const named = `${where.slice(0, 3).join(', ')}${more}`;
    warnOnStderr(`${where.length === images.length && images.length > 1 ? 'all images' : named}: ${warning}`);
  }
}

function pixelSize(text: string): Length {
  try {
    return parsePixelSize(text);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}
