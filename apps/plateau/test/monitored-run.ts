// A training run in a process of its own, for tests that kill it: `monitored-run.ts FOLDER FIRST-EPOCH EPOCHS`. Says
// `scored N` when the monitor has said that epoch N is scored.
import { arraySource } from '@plateau/images';
import type { io } from '@tensorflow/tfjs';
import { createMonitor } from '../src/monitor/create-monitor.js';
import { saveLayersModel } from '../src/monitor/save-layers-model.js';
import { pixelExtractor } from './fake-extractor.js';
import { noise, noisePixels } from './noise-images.js';

const [out, first, epochs] = process.argv.slice(2);
let epoch = Number(first);

/** Weights that say which epoch they are of, large enough to take some time. */
const model = {
  save: (handler: io.IOHandler) =>
    handler.save!({ modelTopology: { epoch }, weightSpecs: [], weightData: new Float32Array(5e5).fill(epoch).buffer }),
};
const monitor = createMonitor({
  generate: (count, context) => noise(count, 100 + context.epoch),
  reference: arraySource(noise(64, 1), { id: 'noise' }),
  extractor: pixelExtractor(noisePixels),
  samples: 32,
  metrics: ['fid', 'kid'],
  out,
  resume: true,
  checkpoint: { metric: 'fid', keep: 2, save: (directory) => saveLayersModel(model, directory) },
  every: 1,
  progress: false,
  print: false,
});
for (; epoch < Number(epochs); epoch += 1) {
  await monitor.epochEnd(epoch);
  process.stdout.write(`scored ${epoch}\n`);
}
await monitor.end();
