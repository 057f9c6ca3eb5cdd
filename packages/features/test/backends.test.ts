import type { Scalar, Tensor } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { backendNames, importTfjs, type BackendName } from '../src/engines/import-tfjs.js';
import { createTfjsEngine } from '../src/engines/tfjs-engine.js';
import { toLayersModel, type Tfjs } from '../src/index.js';
import { count, expectClose, expected, images, shape, weights } from './forward-case.js';
import { everyNode } from './small-networks.js';
import { useSwiftShader } from './use-swift-shader.js';

useSwiftShader();

/** What keeps a backend from running here, in words; undefined when it runs. */
async function reasonAgainst(backend: BackendName): Promise<string | undefined> {
  try {
    await importTfjs(backend);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const backends: { backend: BackendName; reason: string | undefined; title: string }[] = [];
for (const backend of backendNames) {
  const reason = await reasonAgainst(backend);
  backends.push({ backend, reason, title: reason === undefined ? backend : `${backend}, skipped: ${reason}` });
}

it('wasm and cpu are here always', () => {
  const present = backends.filter(({ reason }) => reason === undefined).map(({ backend }) => backend);
  expect(present).toEqual(expect.arrayContaining(['wasm', 'cpu']));
});

describe.each(backends)('$title', ({ backend, reason }) => {
  let tf: Tfjs;

  beforeAll(async () => {
    if (reason === undefined) ({ tf } = await importTfjs(backend));
  });

  it.skipIf(reason !== undefined)('computes what the definitions say, and says what it is', async () => {
    const engine = await createTfjsEngine(tf, everyNode, weights);
    expect(engine.name).toBe(`tfjs-${backend.startsWith('node') ? 'tensorflow' : backend}`);
    expectClose(await engine.run(images, { count }), expected);
    engine.dispose();
  });

  it.skipIf(reason !== undefined)('keeps no tensor', async () => {
    const before = tf.memory().numTensors;
    const engine = await createTfjsEngine(tf, everyNode, weights);
    await engine.run(images, { count });
    engine.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  // tfjs-backend-wasm has no gradients of convolutions: @plateau/tfjs-wasm-training brings and tests them.
  it.skipIf(reason !== undefined || backend === 'wasm')(
    'learns: a step down the gradient lowers the loss',
    async () => {
      const model = toLayersModel(tf, everyNode, weights);
      const [x, target] = [tf.tensor4d(images, shape), tf.zeros([count, 6])];
      const loss = () => tf.losses.meanSquaredError(target, model.apply(x, { training: true }) as Tensor) as Scalar;
      const optimizer = tf.train.sgd(0.01);
      const losses: number[] = [];
      for (let step = 0; step < 2; step++) {
        const value = optimizer.minimize(loss, true)!;
        losses.push((await value.data())[0]!);
        value.dispose();
      }
      expect(losses[1]).toBeLessThan(losses[0]!);
      optimizer.dispose();
      model.dispose();
      tf.dispose([x, target]);
    },
  );
});

it('what is not there is refused with what to install', async () => {
  const absent = backends.filter(({ reason }) => reason !== undefined);
  for (const { backend, reason } of absent) {
    expect(reason).toContain(`tfjs can't run on ${backend}: `);
    expect(reason).not.toContain('\n');
  }
});
