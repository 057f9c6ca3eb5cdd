import type { ImageBatch } from '@plateau/images';
import { expect, it } from 'vitest';
import { BatchExtractor } from '../src/batch-extractor.js';
import type { Engine } from '../src/engines/engine.js';
import { createOnnxruntimeEngine, importOnnxruntime } from '../src/engines/onnxruntime-engine.js';
import { openLanes, type Lanes } from '../src/engines/onnxruntime-lanes.js';
import { outputName, toOnnx } from '../src/onnx/to-onnx.js';
import { inputPixels } from '../src/prepare/input-pixels.js';
import { bundleWorker } from './bundle-worker.js';
import { weights } from './forward-case.js';
import { everyNode } from './small-networks.js';

const input = { height: 14, width: 14, scaling: { subtract: 127.5, divide: 127.5 } };
const pixels = { preparation: { resize: 'clean' }, input, layout: 'NCHW' } as const;

function grey(count: number): ImageBatch {
  const data = Uint8Array.from({ length: count * 12 * 10 }, (_, i) => (i * i) % 251);
  return { data, count, height: 12, width: 10, channels: 1, range: [0, 255] };
}

it('threads with a network of their own give what this thread gives, and say why they can’t', async () => {
  const script = await bundleWorker('engines/onnxruntime-lane.ts');
  const model = toOnnx(everyNode, weights);
  const bytes = new SharedArrayBuffer(model.length);
  new Uint8Array(bytes).set(model);
  const lanes = await openLanes(() => ({ bytes, input: 'image', output: outputName(everyNode) }), { script });
  const engine = await createOnnxruntimeEngine(await importOnnxruntime(), everyNode, weights);
  for (const count of [3, 5]) {
    const expected = await engine.run(inputPixels(grey(count), pixels), { count });
    expect(await lanes!.run({ batch: grey(count), ...pixels })).toEqual(expected);
  }
  await expect(lanes!.run({ batch: grey(1), ...pixels, preparation: { resize: 'none' } })).rejects.toThrow(
    'images are 10×12, the network reads 14×14',
  );
  lanes!.close();
  engine.dispose();
});

it('an extractor changes over to lanes once there are many images, keeps their order and frees its own network', async () => {
  // Features of an image: its first pixel, and 0 by the engine or 1 by a lane.
  const events: string[] = [];
  const lanes = {
    async run({ batch }: { batch: ImageBatch }) {
      // The first of two takes longer.
      await new Promise((resolve) => setTimeout(resolve, batch.data[0]! % 16 === 0 ? 20 : 1));
      return Float32Array.from({ length: 2 * batch.count }, (_, i) => (i % 2 === 0 ? batch.data[i / 2]! : 1));
    },
    close: () => void events.push('lanes closed'),
  };
  const engine: Engine = {
    name: 'fake',
    layout: 'NHWC',
    batchSize: 8,
    run: async (images, { count }) =>
      Float32Array.from({ length: 2 * count }, (_, i) => (i % 2 === 0 ? images[(3 * i) / 2]! : 0)),
    openLanes: async () => {
      events.push('lanes opened');
      return lanes as unknown as Lanes;
    },
    dispose: () => void events.push('engine freed'),
  };
  const extractor = new BatchExtractor({
    id: 'fake',
    layer: 'pool',
    dimension: 2,
    weightsSha256: '',
    input: { height: 1, width: 1, scaling: { subtract: 0, divide: 1 } },
    engine,
  });
  const batch: ImageBatch = {
    ...grey(0),
    data: Uint8Array.from({ length: 200 }, (_, i) => i),
    count: 200,
    height: 1,
    width: 1,
  };
  const { data } = await extractor.extract(batch);
  expect(Array.from(data.filter((_, i) => i % 2 === 0))).toEqual(Array.from(batch.data));
  const by = Array.from(data.filter((_, i) => i % 2 === 1));
  expect(by[0]).toBe(0);
  expect(by.at(-1)).toBe(1);
  expect(events).toEqual(['lanes opened', 'engine freed']);
  extractor.dispose();
  expect(events).toEqual(['lanes opened', 'engine freed', 'lanes closed']);
});
