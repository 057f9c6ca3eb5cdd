import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { arraySource, type ImageBatch } from '@plateau/images';
import { RandomState } from '@plateau/numerics';
import { scoreFeatures } from '@plateau/scorecard';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { scoreCheckpointsCommand } from '../src/commands/score-checkpoints.js';
import { saveLayersModel } from '../src/monitor/save-layers-model.js';
import { openTrainingBackend } from '../src/training-backend.js';
import { findModels } from '../src/score-checkpoints/find-models.js';
import { loadGenerator } from '../src/score-checkpoints/load-generator.js';
import { localModelReader, type ModelReader } from '../src/score-checkpoints/model-reader.js';
import { readModel } from '../src/score-checkpoints/read-model.js';
import { readModels } from '../src/score-checkpoints/read-models.js';
import { scoreModels, type ScoreModelsOptions } from '../src/score-checkpoints/score-models.js';
import { silentProgress } from '../src/progress.js';
import { createVae } from '../src/trainers/vae.js';
import { pixelExtractor } from './fake-extractor.js';
import { runCommand } from './run-command.js';
import { temporaryFolder } from './temporary-folder.js';

const side = 4;
let folder: string;

beforeAll(async () => {
  await openTrainingBackend();
});

beforeEach(() => {
  folder = temporaryFolder();
});

/** A generator from latents of 3 to images whose contrast is `gain`. */
function generatorOf(gain: number): tf.LayersModel {
  const kernelInitializer = tf.initializers.randomNormal({ stddev: gain, seed: 1 });
  return tf.sequential({
    layers: [
      tf.layers.dense({ inputShape: [3], units: side * side, activation: 'tanh', kernelInitializer }),
      tf.layers.reshape({ targetShape: [side, side, 1] }),
    ],
  });
}

async function save(path: string, model: tf.LayersModel): Promise<void> {
  await saveLayersModel(model, join(folder, path));
}

/** The dense layer and reshape of {@link generatorOf} as a graph model, as tfjs-converter writes one. */
function saveGraph(path: string, kernel: Float32Array): void {
  const float = { type: 'DT_FLOAT' };
  const constant = (name: string, type: string, size: number[]) => ({
    name,
    op: 'Const',
    attr: {
      dtype: { type },
      value: { tensor: { dtype: type, tensorShape: { dim: size.map((length) => ({ size: String(length) })) } } },
    },
  });
  const node = [
    {
      name: 'z',
      op: 'Placeholder',
      attr: { dtype: float, shape: { shape: { dim: [{ size: '-1' }, { size: '3' }] } } },
    },
    constant('kernel', 'DT_FLOAT', [3, side * side]),
    constant('shape', 'DT_INT32', [4]),
    { name: 'product', op: 'MatMul', input: ['z', 'kernel'], attr: { T: float } },
    { name: 'image', op: 'Tanh', input: ['product'], attr: { T: float } },
    { name: 'images', op: 'Reshape', input: ['image', 'shape'], attr: { T: float, Tshape: { type: 'DT_INT32' } } },
  ];
  mkdirSync(join(folder, path), { recursive: true });
  const shape = Int32Array.of(-1, side, side, 1);
  writeFileSync(join(folder, path, 'a.bin'), new Uint8Array(kernel.buffer, kernel.byteOffset, kernel.byteLength));
  writeFileSync(join(folder, path, 'b.bin'), new Uint8Array(shape.buffer));
  writeFileSync(
    join(folder, path, 'model.json'),
    JSON.stringify({
      format: 'graph-model',
      modelTopology: { node, library: {}, versions: {} },
      weightsManifest: [
        {
          paths: ['a.bin', 'b.bin'],
          weights: [
            { name: 'kernel', shape: [3, side * side], dtype: 'float32' },
            { name: 'shape', shape: [4], dtype: 'int32' },
          ],
        },
      ],
    }),
  );
}

function noise(count: number): ImageBatch {
  const data = Float32Array.from(new RandomState(1).randomSample(count * side * side), (u) => 2 * u - 1);
  return { data, count, height: side, width: side, channels: 1, range: [-1, 1] };
}

const setup = { samples: 32, seed: 7, range: [-1, 1] as const, network: { extractor: 'none' } };

async function run(more: Partial<ScoreModelsOptions> = {}) {
  const printed: string[] = [];
  const warned: string[] = [];
  const extractor = pixelExtractor(side * side);
  const found = await findModels(folder);
  const models = await Promise.all(
    found.map(async (model) => ({
      ...model,
      sha256: await readModel(join(folder, model.path)).then(
        ({ sha256 }) => sha256,
        () => '',
      ),
    })),
  );
  const result = await scoreModels({
    title: 'Saved models',
    directory: folder,
    models,
    reference: arraySource(noise(64), { id: 'noise' }),
    extractor,
    readers: [localModelReader(setup, extractor)],
    metrics: ['fid', 'kid', 'vendi'],
    metricOptions: {},
    samples: setup.samples,
    seed: setup.seed,
    drawing: {},
    out: join(folder, 'scores'),
    print: (line) => printed.push(line),
    warn: (message) => warned.push(message),
    progress: silentProgress,
    ...more,
  });
  return { ...result, printed, warned };
}

describe('findModels', () => {
  it('goes by the numbers in the paths; links and drafts are left out', async () => {
    for (const name of ['epoch-10', 'epoch-9', 'epoch-9.draft-77', '.hidden-1', 'earlier-2026/epoch-3']) {
      mkdirSync(join(folder, 'checkpoints', name), { recursive: true });
      writeFileSync(join(folder, 'checkpoints', name, 'model.json'), '{}');
    }
    symlinkSync(folder, join(folder, 'loop'));
    expect(await findModels(folder)).toEqual([
      { path: 'checkpoints/epoch-9', epoch: 9 },
      { path: 'checkpoints/epoch-10', epoch: 10 },
    ]);
  });

  it('counts where the paths have no numbers of their own, and takes the folder itself', async () => {
    for (const name of ['b', 'a']) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'model.json'), '{}');
    }
    expect((await findModels(folder)).map(({ epoch }) => epoch)).toEqual([0, 1]);
    expect(await findModels(join(folder, 'a'))).toEqual([{ path: '.', epoch: 0 }]);
  });

  it('says what it looked for', async () => {
    await expect(findModels(folder)).rejects.toThrow('expected folders with model.json, such as checkpoints/epoch-3');
    await expect(findModels(join(folder, 'absent'))).rejects.toThrow('ENOENT');
  });
});

describe('loadGenerator', () => {
  const draw = async (path: string, words = {}) => {
    const { generator, latentDim, dispose } = await loadGenerator(tf, await readModel(join(folder, path)), words);
    const images = generator.predict(tf.ones([1, latentDim])) as tf.Tensor;
    const values = [...images.dataSync()];
    dispose();
    return values;
  };

  it('draws the same from a model and from its graph', async () => {
    const model = generatorOf(1);
    await save('layers', model);
    saveGraph('graph', (await model.getWeights()[0]!.data()) as Float32Array);
    const [layers, graph] = [await draw('layers'), await draw('graph')];
    expect(layers).toHaveLength(side * side);
    layers.forEach((value, i) => expect(graph[i]).toBeCloseTo(value, 6));
  });

  it('takes the decoder out of an autoencoder that has custom layers', async () => {
    const vae = createVae(tf, { size: 16, width: 2, latentDim: 5, seed: 1 });
    await save('vae', vae.model);
    const drawn = await draw('vae', { decoder: 'reconstruction' });
    expect(drawn).toEqual([...(vae.generator.predict(tf.ones([1, 5])) as tf.Tensor).dataSync()]);
    await expect(draw('vae', { decoder: 'decoder' })).rejects.toThrow(
      /no decoder decoder; models within it: .*reconstruction/,
    );
    vae.dispose();
  });

  it('leaves no tensor behind', async () => {
    await save('layers', generatorOf(1));
    const saved = await readModel(join(folder, 'layers'));
    const before = tf.memory().numTensors;
    (await loadGenerator(tf, saved, {})).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses what takes no latents, and latents of another length', async () => {
    await save('layers', generatorOf(1));
    await expect(draw('layers', { latentDim: 4 })).rejects.toThrow(
      "--latent-dim is 4, but the model's input is 3 wide",
    );
    const image = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [side, side, 1] })] });
    await save('image', image);
    await expect(draw('image')).rejects.toThrow(
      'expected latents [n, latentDim]; of an autoencoder name the --decoder',
    );
  });

  it('refuses weights that lie elsewhere, and what is no model', async () => {
    const write = (json: string) => {
      mkdirSync(join(folder, 'bad'), { recursive: true });
      writeFileSync(join(folder, 'bad', 'model.json'), json);
    };
    write(JSON.stringify({ modelTopology: {}, weightsManifest: [{ paths: ['../../secret'], weights: [] }] }));
    await expect(readModel(join(folder, 'bad'))).rejects.toThrow(
      'names the weights "../../secret", expected a file beside',
    );
    write('{');
    await expect(readModel(join(folder, 'bad'))).rejects.toThrow('model.json is not JSON');
    write('{}');
    await expect(readModel(join(folder, 'bad'))).rejects.toThrow('no modelTopology or no weightsManifest');
  });
});

describe('readModels', () => {
  it('yields in order however long each takes, with no more than one model a reader', async () => {
    let open = 0;
    let most = 0;
    const reader = (): ModelReader => ({
      async read(directory) {
        most = Math.max(most, ++open);
        await new Promise((resolve) => setTimeout(resolve, directory === 'slow' ? 30 : 1));
        open--;
        if (directory === 'bad') throw new Error('broken');
        return directory as never;
      },
      close: () => Promise.resolve(),
    });
    const seen: unknown[] = [];
    for await (const result of readModels(['slow', 'b', 'bad', 'd'], [reader(), reader()])) {
      seen.push('failed' in result ? result.failed.message : result.reading);
    }
    expect(seen).toEqual(['slow', 'b', 'broken', 'd']);
    expect(most).toBe(2);
  });
});

describe('scoreModels', () => {
  it('scores every model as the scorecard does, and writes table, log, samples and report', async () => {
    for (const [epoch, gain] of [
      [2, 0.5],
      [10, 2],
    ] as const)
      await save(`checkpoints/epoch-${epoch}`, generatorOf(gain));
    const { checkpoints, best, report, printed } = await run();
    expect(checkpoints.map(({ model, epoch }) => [model, epoch])).toEqual([
      ['checkpoints/epoch-2', 2],
      ['checkpoints/epoch-10', 10],
    ]);
    const extractor = pixelExtractor(side * side);
    const { features } = await localModelReader(setup, extractor).read(join(folder, 'checkpoints/epoch-10'));
    const [fid] = scoreFeatures(await extractor.extract(noise(64)), features, { metrics: ['fid'], seed: setup.seed });
    expect(checkpoints[1]!.scores[0]!.value).toBeCloseTo(fid!.value, 10);
    const kids = checkpoints.map(({ scores }) => scores[1]!.value);
    expect(best).toMatchObject({ metric: 'kid', value: Math.min(...kids) });
    expect(printed[0]!.split(/\s+/).filter(Boolean)).toEqual(['epoch', 'fid', 'kid', 'vendi']);
    expect(readFileSync(report!, 'utf8')).toContain('<td>checkpoints/epoch-10</td>');
    const lines = readFileSync(join(folder, 'scores', 'metrics.jsonl'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual([
      'start',
      'epoch',
      'epoch',
      'end',
    ]);
  });

  it('goes on where it was: only new and changed models are scored', async () => {
    for (const epoch of [0, 1]) await save(`epoch-${epoch}`, generatorOf(1 + epoch));
    const first = await run();
    await save('epoch-2', generatorOf(3));
    await save('epoch-1', generatorOf(4));
    const read: string[] = [];
    const local = localModelReader(setup, pixelExtractor(side * side));
    const reader: ModelReader = { ...local, read: (path) => (read.push(path), local.read(path)) };
    const second = await run({ readers: [reader] });
    expect(read).toEqual([join(folder, 'epoch-1'), join(folder, 'epoch-2')]);
    expect(second.printed[0]).toBe('1 of 3 models were scored before');
    expect(second.checkpoints.map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
    expect(readFileSync(second.report!, 'utf8').match(/data-epoch="\d"/g)).toHaveLength(3); // with earlier pictures
    expect(second.checkpoints[0]!.scores.map(({ value }) => value)).toEqual(
      first.checkpoints[0]!.scores.map(({ value }) => value),
    );
  });

  it('scores all anew when the protocol is another', async () => {
    await save('epoch-0', generatorOf(1));
    await run();
    const { warned, printed, checkpoints } = await run({ metrics: ['fid'] });
    expect(warned).toEqual([
      expect.stringContaining('holds scores made otherwise: all models are scored anew'),
      expect.stringMatching(/^what an earlier run left in .+ is now in earlier-/),
    ]);
    expect(printed[0]).not.toContain('before');
    expect(checkpoints[0]!.scores.map(({ metric }) => metric)).toEqual(['fid']);
  });

  it('leaves out models that can’t be read or are not finite, and says why', async () => {
    await save('epoch-0', generatorOf(1));
    const poisoned = generatorOf(1);
    poisoned.setWeights(poisoned.getWeights().map((weight) => tf.fill(weight.shape, NaN)));
    await save('epoch-1', poisoned);
    cpSync(join(folder, 'epoch-0'), join(folder, 'epoch-2'), { recursive: true });
    rmSync(join(folder, 'epoch-2', 'weights.bin'));
    const { checkpoints, failed, report } = await run();
    expect(checkpoints.map(({ epoch }) => epoch)).toEqual([0]);
    expect(failed).toEqual([
      { model: 'epoch-1', reason: expect.stringContaining('sample 0 holds NaN') },
      { model: 'epoch-2', reason: expect.stringContaining("can't read weights.bin (ENOENT)") },
    ]);
    expect(readFileSync(report!, 'utf8')).toContain('1 saved models were scored. 2 could not be scored.');
  });
});

describe('plateau score-checkpoints', () => {
  const reference = ['--reference', 'foam:pristine?n=16&size=32', '--samples', '16', '--metrics', 'kid'];
  const network = ['--extractor', 'random:3', '--layer', 'stem.conv_1', '--options', '{"kid":{"subsetSize":8}}'];
  const score = (...words: string[]) => runCommand('score-checkpoints', folder, ...reference, ...network, ...words);

  it('takes the options of an extractor as plateau score does, and says so in its protocol', async () => {
    await save('epoch-0', generatorOf(1));
    const values = [];
    for (const words of [[], ['--resize', 'legacy-pytorch', '--crop', 'bottom=1', '--no-cache']]) {
      const { stdout } = await score('--json', ...words);
      const { checkpoints } = JSON.parse(stdout) as Awaited<ReturnType<typeof scoreModels>>;
      values.push(checkpoints[0]!.scores[0]!);
    }
    expect(values.map(({ protocol }) => protocol.preprocessing?.resize)).toEqual([
      'clean',
      'legacy-pytorch, crop 0 0 1 0',
    ]);
    expect(Math.abs(values[1]!.value / values[0]!.value - 1)).toBeGreaterThan(0.1);
  });

  it('finds features of before on disk when other metrics are asked for', async () => {
    await save('epoch-0', generatorOf(1));
    await score();
    const remembered = () => readdirSync(join(process.env.PLATEAU_CACHE!, 'features')).length;
    const before = remembered();
    const { stderr } = await score('--metrics', 'vendi');
    expect(stderr).toContain('scores made otherwise');
    expect(remembered()).toBe(before);
  });

  const command = (...words: string[]) =>
    scoreCheckpointsCommand()
      .exitOverride()
      .configureOutput({ writeErr() {} })
      .parseAsync(words, { from: 'user' });

  it('refuses wrong words before any work', async () => {
    await expect(command(folder)).rejects.toThrow("required option '--reference <set>' not specified");
    await expect(command(folder, '--reference', 'foam:pristine?n=9')).rejects.toThrow('no model in');
    await expect(command(folder, '--reference', 'x', '--metrics', 'fidd')).rejects.toThrow('no metric fidd');
    await expect(command(folder, '--reference', 'x', '--range', '1')).rejects.toThrow(
      'Expected two numbers such as -1,1',
    );
  });
});
