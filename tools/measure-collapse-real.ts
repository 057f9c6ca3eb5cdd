// Measures the collapse detector on real trainings, healthy and made to collapse, and prints a table of docs/collapse.md:
//   npx tsx --conditions=@plateau/source tools/measure-collapse-real.ts --images foam:pristine?n=512 --seeds 1,2
// `--epochs` is the length of a run, `--after` the number of healthy epochs of one that collapses, `--model vae` trains a
// VAE, which is never made to collapse.
import { parseArgs } from 'node:util';
import { arraySource } from '@plateau/images';
import { createMonitor, type EpochReport, type MonitorSink } from 'plateau';
import { demoImages } from '../apps/plateau/src/demo/demo-images.js';
import { openTrainingBackend } from '../apps/plateau/src/training-backend.js';
import { createDcgan } from '../apps/plateau/src/trainers/dcgan.js';
import { createVae } from '../apps/plateau/src/trainers/vae.js';

const { values } = parseArgs({
  options: {
    images: { type: 'string', default: 'foam:pristine?n=512&seed=1' },
    model: { type: 'string', default: 'gan' },
    seeds: { type: 'string', default: '1' },
    epochs: { type: 'string', default: '12' },
    after: { type: 'string', default: '8' },
  },
});
const size = 64;
const epochs = Number(values.epochs);
const after = Number(values.after);
const tf = await openTrainingBackend();

process.stdout.write(
  '| images | model | seed | least spread after warm-up, share | stopped |\n| --- | --- | --- | --- | --- |\n',
);
for (const seed of values.seeds.split(',').map(Number)) {
  const endings = values.model === 'vae' ? ['healthy'] : ['healthy', `collapsing from epoch ${after}`];
  for (const ending of endings) {
    const { least, stop } = await run(seed, ending !== 'healthy');
    const verdict = stop ? `epoch ${stop.epoch}` : 'never';
    process.stdout.write(
      `| ${values.images} | ${values.model}, ${ending} | ${seed} | ${Number.isFinite(least) ? least.toFixed(2) : '–'} | ${verdict} |\n`,
    );
  }
}

async function run(seed: number, collapsing: boolean): Promise<{ least: number; stop: EpochReport | undefined }> {
  const images = await demoImages({ images: values.images, size, seed });
  const training = tf.tensor4d(images.training.data, [images.training.count, size, size, 1]);
  const trainer =
    values.model === 'vae'
      ? createVae(tf, { size, seed })
      : createDcgan(tf, { size, seed, stepsPerEpoch: 80, ...(collapsing ? { collapseAfterEpochs: after } : {}) });
  let least = Infinity;
  const watch: MonitorSink = {
    name: 'watch',
    epoch: ({ epoch, collapse }) => {
      if (epoch >= 3) least = Math.min(least, collapse!.signals.spread?.share ?? 0);
    },
  };
  const monitor = createMonitor({
    tf,
    generator: trainer.generator,
    latentDim: trainer.latentDim,
    reference: arraySource(images.reference, { id: images.id }),
    every: 1,
    sinks: [watch],
    progress: false,
    print: false,
  });
  let stop: EpochReport | undefined;
  for (let epoch = 0; epoch < epochs && !stop; epoch += 1) {
    const logs =
      'epoch' in trainer ? { ...(await trainer.epoch(training)) } : void (await trainer.fit(training, { epochs: 1 }));
    const report = await monitor.epochEnd(epoch, logs ?? {});
    if (report.stop) stop = report;
  }
  await monitor.end();
  training.dispose();
  trainer.dispose();
  return { least, stop };
}
