import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as foam from '@plateau/foam';
import * as images from '@plateau/images';
import * as training from '@plateau/tfjs-wasm-training';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { afterEach, beforeAll, expect, it } from 'vitest';
import * as plateau from '../src/index.js';
import { pixelExtractor } from './fake-extractor.js';
import { temporaryFolder } from './temporary-folder.js';

const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');
const home = process.cwd();

// A program without the wasm backend has tfjs ready at once.
beforeAll(() => tf.ready());
afterEach(() => process.chdir(home));

/** The JavaScript blocks of a part of the README, with imports left out: the names are given. */
function blocks(heading: string): string[] {
  const part = readme.slice(readme.indexOf(`\n## ${heading}\n`)).split(/\n## /)[1]!;
  return [...part.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code!.replace(/^import .*;\n/gm, ''));
}

/** Runs blocks one after the other in one scope; what they print. The network is left out: pixels are the features. */
async function run(code: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  const quiet = { extractor: pixelExtractor(32 * 32), print: false, progress: false } as const;
  const scope = {
    ...foam,
    ...images,
    ...training,
    ...plateau,
    createMonitor: (options: plateau.MonitorOptions) => plateau.createMonitor({ ...options, ...quiet }),
    tf,
    console: { log: (line: unknown) => lines.push(String(line)) },
  };
  process.chdir(temporaryFolder());
  const body = code.map((block, index) =>
    index === 0 ? block : block.replace(/^const monitor = /m, 'const monitor2 = '),
  );
  const renamed = body.map((block, index) => (index === 0 ? block : block.replace('(tf, monitor)', '(tf, monitor2)')));
  const AsyncFunction = (async () => {}).constructor as new (
    ...words: string[]
  ) => (...values: unknown[]) => Promise<void>;
  await new AsyncFunction(...Object.keys(scope), renamed.join('\n'))(...Object.values(scope));
  return lines;
}

it('the training loop of the README runs', async () => {
  await expect(run(blocks('In a training loop'))).resolves.toEqual([]);
});

it('the trainers of the README train and print what it says', async () => {
  const lines = await run(blocks('Trainers to use and to copy'));
  expect(lines[0]).toMatch(/^checkpoints\/epoch-[01]$/);
  expect(readme).toContain(`prints two rows and \`${lines[1]}\``);
});
