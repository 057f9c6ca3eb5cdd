import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { registerTrainingKernels } from '@plateau/tfjs-wasm-training';
import type { BenchRow } from './bench-row.js';
import { dcganStep } from './models/dcgan-step.js';

type Kernel = { readonly name: string; readonly inputs: tf.NamedTensorMap; readonly attrs: object };

/** Seconds of a DCGAN step and of the kernels it spends its time in, against the backends' own. */
export default async function training(): Promise<BenchRow[]> {
  const own = new Map(tf.getKernelsForBackend('wasm').map((kernel) => [kernel.kernelName, kernel]));
  registerTrainingKernels(tf);
  await tf.setBackend('cpu');
  const small = { width: 8, batchSize: 8 };
  const smallOnCpu = fastest(dcganStep(tf, small), 1);
  await tf.setBackend('wasm');

  return [
    ...[64, 24].map((width) => ({
      name: `DCGAN step, 64×64, width ${width}, batch 32`,
      seconds: fastest(dcganStep(tf, { width, batchSize: 32 }), 3),
    })),
    row('DCGAN step, 64×64, width 8, batch 8', fastest(dcganStep(tf, small), 3), 'cpu backend', smallOnCpu),
    ...kernels().map((kernel) => {
      const original = own.get(kernel.name);
      const seconds = fastest(() => run(tf.getKernel(kernel.name, 'wasm'), kernel), 5);
      const { name } = kernel;
      return original
        ? row(
            name,
            seconds,
            "wasm backend's own",
            fastest(() => run(original, kernel), 2),
          )
        : { name, seconds };
    }),
    filterGradients(),
  ];
}

/** The work of the DCGAN's 16×16 layer at width 64, and a dense layer's gradient of the same size. */
function kernels(): Kernel[] {
  const [images, maps] = [tf.randomNormal([32, 32, 32, 64]), tf.randomNormal([32, 16, 16, 128])];
  const filter = tf.randomNormal([4, 4, 64, 128]);
  const convolution = { strides: 2, pad: 'same', dataFormat: 'NHWC' };
  return [
    {
      name: 'Conv2DBackpropFilter',
      inputs: { x: images, dy: maps },
      attrs: { ...convolution, filterShape: filter.shape },
    },
    { name: 'Conv2DBackpropInput', inputs: { dy: maps, filter }, attrs: { ...convolution, inputShape: images.shape } },
    {
      name: 'BatchMatMul',
      inputs: { a: tf.randomNormal([1024, 1024]), b: tf.randomNormal([1024, 1024]) },
      attrs: { transposeA: true, transposeB: false },
    },
    { name: 'Tile', inputs: { x: tf.randomNormal([1, 1, 1, 64]) }, attrs: { reps: [32, 32, 32, 1] } },
  ];
}

/** The same filter gradient as a convolution of the transposed input with the transposed output gradient. */
function filterGradients(): BenchRow {
  const kernel = kernels()[0]!;
  const { x, dy } = kernel.inputs as { x: tf.Tensor4D; dy: tf.Tensor4D };
  const pad: tf.backend_util.ExplicitPadding = [
    [0, 0],
    [1, 1],
    [1, 1],
    [0, 0],
  ];
  const dilated = () =>
    tf.tidy(() => {
      const [images, filter] = [tf.transpose(x, [3, 1, 2, 0]), tf.transpose(dy, [1, 2, 0, 3])];
      tf.transpose(tf.conv2d(images, filter, 1, pad, 'NHWC', 2), [1, 2, 0, 3]);
    });
  const seconds = fastest(() => run(tf.getKernel(kernel.name, 'wasm'), kernel), 5);
  return row('filter gradient by im2col and matrix product', seconds, 'by dilated convolution', fastest(dilated, 5));
}

function run(config: tf.KernelConfig, { inputs, attrs }: Kernel): void {
  const backend = tf.backend();
  const { dataId } = config.kernelFunc({ inputs, backend, attrs: { ...attrs } }) as tf.TensorInfo;
  backend.disposeData(dataId);
}

/** Seconds of the fastest of `times` calls, after one to warm up. */
function fastest(work: () => void, times: number): number {
  work();
  const seconds = Array.from({ length: times }, () => {
    const start = performance.now();
    work();
    return (performance.now() - start) / 1000;
  });
  return Math.min(...seconds);
}

function row(name: string, seconds: number, baseline: string, baselineSeconds: number): BenchRow {
  return { name, seconds, baseline: { name: baseline, seconds: baselineSeconds }, ratio: baselineSeconds / seconds };
}
