import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RandomState } from '@plateau/numerics';
import { expect, it } from 'vitest';
import type { CheckpointRecord, ScoredEpoch } from '../src/monitor/run-event.js';
import { temporaryFolder } from './temporary-folder.js';

const epochs = 60;

/** Runs the training, and kills it so many milliseconds after its first scored epoch. @returns the last epoch it called scored */
function train(folder: string, first: number, killAfter?: number): Promise<number> {
  const program = fileURLToPath(new URL('monitored-run.ts', import.meta.url));
  const flags = ['--conditions=@plateau/source', '--import', 'tsx'];
  const child = spawn(process.execPath, [...flags, program, folder, String(first), String(epochs)]);
  let said = '';
  let last = first - 1;
  child.stdout.on('data', (chunk: Buffer) => {
    if (said === '' && killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter);
    said += chunk.toString();
    const whole = said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1)!;
    last = Number(whole.slice('scored '.length));
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('exit', (code, signal) => {
      if (code === 0 || signal === 'SIGKILL') resolve(last);
      else reject(new Error(errors));
    });
  });
}

function linesOf(folder: string): { event: string; epoch: number; scores: object[] }[] {
  const text = readFileSync(join(folder, 'metrics.jsonl'), 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n')).split('\n');
  return whole.map((line) => JSON.parse(line) as { event: string; epoch: number; scores: object[] });
}

function scoresOf(folder: string): Map<number, ScoredEpoch['scores']> {
  const scored = linesOf(folder).filter(({ event }) => event === 'epoch');
  return new Map(scored.map(({ epoch, scores }) => [epoch, scores as unknown as ScoredEpoch['scores']]));
}

/** Every checkpoint that a file names is whole: its weights say its epoch. */
function checkCheckpoints(folder: string): void {
  const kept = JSON.parse(readFileSync(join(folder, 'checkpoints.json'), 'utf8')) as CheckpointRecord[];
  const best = JSON.parse(readFileSync(join(folder, 'best.json'), 'utf8')) as { epoch: number; checkpoint: string };
  for (const { epoch, directory } of [...kept, { epoch: best.epoch, directory: best.checkpoint }]) {
    const weights = readFileSync(join(folder, directory, 'weights.bin'));
    expect(weights.length).toBe(2e6);
    expect(weights.readFloatLE(weights.length - 4)).toBe(epoch);
    expect(JSON.parse(readFileSync(join(folder, directory, 'model.json'), 'utf8'))).toMatchObject({
      modelTopology: { epoch },
    });
  }
}

it('loses nothing that was called scored to kills at random moments, and goes on with identical scores', async () => {
  const [killed, whole] = [temporaryFolder(), temporaryFolder()];
  const random = new RandomState(8);
  let next = 0;
  for (let kill = 0; kill < 4 && next < epochs; kill += 1) {
    const last = await train(killed, next, 150 * random.random());
    const scored = scoresOf(killed);
    for (let epoch = 0; epoch <= last; epoch += 1) expect(scored.has(epoch)).toBe(true);
    checkCheckpoints(killed);
    next = last + 1;
  }
  await train(killed, next);
  await train(whole, 0);
  checkCheckpoints(killed);
  expect(scoresOf(killed)).toEqual(scoresOf(whole));
  const kept = (folder: string) => JSON.parse(readFileSync(join(folder, 'checkpoints.json'), 'utf8')) as unknown;
  expect(kept(killed)).toEqual(kept(whole));
  expect(linesOf(killed).at(-1)).toMatchObject({ event: 'end' });
}, 120_000);
