// Run by threads.test.ts: prints hashes of results computed by as many threads as the argument says.
import { createHash } from 'node:crypto';
import {
  columnMeans,
  gram,
  multiplyTransposed,
  nearestNeighbours,
  productBlocks,
  scatter,
  semidefiniteFactor,
  singularValues,
  squaredDistances,
} from '../src/index.js';
import { startThreads } from '../src/threads/index.js';
import { normal, single } from './helpers.js';

const threads = startThreads({ threads: Number(process.argv[2]) });
// Time for the workers to load, so that they take part.
await new Promise((resolve) => setTimeout(resolve, 500));
const [a, b] = [normal(700, 130, 1), single(normal(600, 130, 2))];
const blocks: Float64Array[] = [];
for (const { product } of productBlocks(a, b, { blockRows: 400 })) blocks.push(product.data.slice());
const results = [
  multiplyTransposed(a, b).data,
  gram(a).data,
  squaredDistances(a, b).data,
  nearestNeighbours(a, { k: 3 }).squaredDistances,
  scatter(a, columnMeans(a)).data,
  semidefiniteFactor(gram(b)).data,
  singularValues(multiplyTransposed(a, b)),
  Float64Array.from(blocks.flatMap((block) => [...block])),
];
await threads.stop();
process.stdout.write(
  results
    .map((data) =>
      createHash('sha256')
        .update(Uint8Array.from(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)))
        .digest('hex'),
    )
    .join(' '),
);
