import type { BackendName } from '@plateau/features';
import { arraySource } from '@plateau/images';
import { createMonitor } from '../monitor/create-monitor.js';
import type { RunSummary } from '../monitor/monitor-parts.js';
import { makeOutputFolder } from '../output-folder.js';
import { stderrProgress } from '../progress.js';
import { UsageError } from '../usage-error.js';
import { demoImages } from './demo-images.js';
import { demoModels } from './demo-models.js';
import { openTrainingBackend } from '../training-backend.js';

/** The words of `plateau demo`. */
export interface DemoWords {
  readonly model: 'gan' | 'vae';
  readonly images?: string;
  readonly epochs?: number;
  readonly backend?: BackendName;
  readonly out: string;
  readonly collapse?: boolean;
  readonly seed: number;
  readonly skipBad?: boolean;
}

const size = 64;
const samples = 96;

/** Trains a small generator with the monitor on, and says where its report is. Ctrl-C ends it with what there is. */
export async function runDemo(words: DemoWords): Promise<void> {
  if (words.collapse && words.model === 'vae') {
    throw new UsageError('--collapse is for the GAN, a VAE does not collapse like that: leave out --model vae');
  }
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  process.once('SIGINT', interrupt);
  try {
    const { outcome, best, report } = await watchedRun(words, interruption.signal);
    if (best) say(`Best epoch ${best.epoch}: ${words.out}/${best.directory}`);
    if (report) say(`Report: ${report}`);
    if (outcome.kind === 'interrupted') process.exitCode = 130;
  } finally {
    process.off('SIGINT', interrupt);
  }
}

async function watchedRun(words: DemoWords, signal: AbortSignal): Promise<RunSummary> {
  const { model, seed, out } = words;
  const source = words.images ?? `foam:pristine?n=512&seed=${seed}`;
  const images = await demoImages({ images: source, size, seed, skipBad: words.skipBad });
  await makeOutputFolder(out);
  const tf = await openTrainingBackend(words.backend);
  const demo = demoModels[model](tf, { size, seed, collapse: words.collapse ?? false });
  const { generator, latentDim } = demo.trainer;
  const monitor = createMonitor({
    tf,
    generator,
    latentDim,
    reference: arraySource(images.reference, { id: `${images.id}, held out` }),
    samples: Math.min(samples, images.reference.count),
    every: 1,
    out,
    title: `${model.toUpperCase()} on ${images.id}`,
    signal,
  });
  say(
    `A ${model.toUpperCase()} learns ${images.training.count} images of ${images.id} at ${size}×${size} ` +
      `(tfjs on ${tf.getBackend()}); ${images.reference.count} more are held out to score it.`,
  );
  const { data, count } = images.training;
  const training = tf.tensor4d(data, [count, size, size, 1]);
  const progress = stderrProgress();
  try {
    await monitor.prepare();
    await demo.train({ images: training, epochs: words.epochs ?? demo.epochs, monitor, progress, signal });
    return await monitor.end();
  } catch (error) {
    if (!signal.aborted) throw error;
    return await monitor.end({ kind: 'interrupted', sentence: 'Interrupted: what was scored until then is kept.' });
  } finally {
    progress.stop();
    training.dispose();
    demo.trainer.dispose();
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
