import { Command } from 'commander';
import { dirname } from 'node:path';
import { writeNpy } from '@plateau/numerics';
import writeFileAtomic from 'write-file-atomic';
import { embedSet } from '../embed-set.js';
import { openFeatureExtractor, type ExtractorWords } from '../open-feature-extractor.js';
import { makeOutputFolder } from '../output-folder.js';
import { openImages } from '../sets.js';
import { UsageError } from '../usage-error.js';
import { withExtractorOptions } from './extractor-options.js';
import { wholeNumber } from './option-parsers.js';

interface FeaturesWords extends ExtractorWords {
  readonly images: string;
  readonly out: string;
  readonly size?: number;
  readonly skipBad?: boolean;
}

/** `plateau features`: the features of a set of images, as an `.npy` file. */
export function featuresCommand(): Command {
  const command = new Command('features')
    .description('Writes the features of images as an .npy matrix, one row an image.')
    .requiredOption('--images <set>', 'folder of images, or foam:CLASS?n=500&seed=1')
    .requiredOption('--out <file>', 'the .npy file to write')
    .option('--size <pixels>', 'resizes images of mixed sizes to this square', wholeNumber(1))
    .option('--skip-bad', 'goes on without images that can’t be read')
    .action(features);
  return withExtractorOptions(command);
}

async function features(words: FeaturesWords): Promise<void> {
  if (!words.out.endsWith('.npy')) throw new UsageError(`--out is ${words.out}, expected a name that ends in .npy`);
  const source = await openImages(words.images, { ...words, decodeFirst: false });
  await makeOutputFolder(dirname(words.out));
  const extractor = await openFeatureExtractor(words);
  try {
    const matrix = await embedSet({ kind: 'images', source }, extractor);
    await writeFileAtomic(words.out, Buffer.from(writeNpy(matrix)));
    process.stdout.write(`${words.out}: ${matrix.rows}×${matrix.cols} features of ${source.id}\n`);
  } finally {
    extractor.dispose();
  }
}
