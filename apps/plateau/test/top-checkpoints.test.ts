import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Score } from '@plateau/scorecard';
import { describe, expect, it } from 'vitest';
import { TopCheckpoints } from '../src/monitor/top-checkpoints.js';
import { temporaryFolder } from './temporary-folder.js';

function score(value: number, metric = 'kid'): Score[] {
  const protocol = { params: {}, seed: 0 };
  return [{ metric, value, direction: 'lower', n: { reference: 8, generated: 8 }, protocol, warnings: [] }];
}

function saveInto(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'model.json'), '{}');
  return Promise.resolve();
}

function read(folder: string, name: string): unknown {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}

describe('TopCheckpoints', () => {
  it('keeps the best epoch alone', async () => {
    const folder = temporaryFolder();
    const best = new TopCheckpoints(folder, { metric: 'kid', keep: 1, save: saveInto });
    expect(await best.offer(0, score(0.5))).toBe(true);
    expect(await best.offer(1, score(0.7))).toBe(false);
    expect(await best.offer(2, score(0.2))).toBe(true);
    expect(read(folder, 'best.json')).toEqual({
      epoch: 2,
      metric: 'kid',
      value: 0.2,
      checkpoint: 'checkpoints/epoch-2',
    });
    expect(readdirSync(join(folder, 'checkpoints'))).toEqual(['epoch-2']);
  });

  it('keeps the best few with their scores, best first', async () => {
    const folder = temporaryFolder();
    const top = new TopCheckpoints(folder, { metric: 'kid', keep: 2, save: saveInto });
    const values = [0.5, 0.7, 0.6, 0.2, 0.9];
    for (const [epoch, value] of values.entries()) await top.offer(epoch, score(value));
    expect(top.kept.map(({ epoch, value }) => [epoch, value])).toEqual([
      [3, 0.2],
      [0, 0.5],
    ]);
    expect(read(folder, 'checkpoints.json')).toEqual(top.kept);
    expect(readdirSync(join(folder, 'checkpoints')).sort()).toEqual(['epoch-0', 'epoch-3']);
  });

  it('goes by the direction of the metric', async () => {
    const best = new TopCheckpoints(temporaryFolder(), { metric: 'vendi', keep: 1, save: saveInto });
    await best.offer(0, score(0.5, 'vendi'));
    expect(await best.offer(1, score(0.7, 'vendi'))).toBe(true);
  });

  it('keeps the former best when saving fails', async () => {
    const folder = temporaryFolder();
    let full = false;
    const save = (directory: string) => (full ? Promise.reject(new Error('disk full')) : saveInto(directory));
    const best = new TopCheckpoints(folder, { metric: 'kid', keep: 1, save });
    await best.offer(0, score(0.5));
    full = true;
    await expect(best.offer(1, score(0.1))).rejects.toThrow('disk full');
    expect(best.best?.epoch).toBe(0);
    expect(existsSync(join(folder, 'checkpoints', 'epoch-0', 'model.json'))).toBe(true);
  });

  it('takes up what an earlier run left, without later epochs and what a kill left half done', async () => {
    const folder = temporaryFolder();
    const first = new TopCheckpoints(folder, { metric: 'kid', keep: 3, save: saveInto });
    for (const [epoch, value] of [0.5, 0.4, 0.3].entries()) await first.offer(epoch, score(value));
    await saveInto(join(folder, 'checkpoints', 'epoch-3.draft-99'));
    const second = new TopCheckpoints(folder, { metric: 'kid', keep: 3, save: saveInto });
    await second.resume(2);
    expect(second.kept.map(({ epoch }) => epoch)).toEqual([1, 0]);
    expect(readdirSync(join(folder, 'checkpoints')).sort()).toEqual(['epoch-0', 'epoch-1']);
    // The files name no checkpoint that is gone, whatever the scores to come.
    expect(read(folder, 'checkpoints.json')).toEqual(second.kept);
    expect(read(folder, 'best.json')).toMatchObject({ epoch: 1, checkpoint: 'checkpoints/epoch-1' });
    await second.resume(0);
    expect(readdirSync(folder).sort()).toEqual(['checkpoints', 'checkpoints.json']);
  });

  it('names the next best when the best epoch is scored again, and worse', async () => {
    const folder = temporaryFolder();
    const top = new TopCheckpoints(folder, { metric: 'kid', keep: 2, save: saveInto });
    for (const [epoch, value] of [0.5, 0.1].entries()) await top.offer(epoch, score(value));
    expect(await top.offer(1, score(0.9))).toBe(false);
    expect(read(folder, 'best.json')).toMatchObject({ epoch: 0, value: 0.5 });
  });

  it('saves a staged model once, as it was then, and clears it away when it is not among the best', async () => {
    const folder = temporaryFolder();
    let saved = 0;
    const save = (directory: string) => {
      saved += 1;
      return saveInto(directory);
    };
    const top = new TopCheckpoints(folder, { metric: 'kid', keep: 1, save });
    for (const [epoch, value] of [0.5, 0.7].entries()) {
      await top.stage(epoch);
      await top.offer(epoch, score(value));
    }
    expect(saved).toBe(2);
    expect(readdirSync(join(folder, 'checkpoints'))).toEqual(['epoch-0']);
  });

  it('never takes NaN for the best', async () => {
    const best = new TopCheckpoints(temporaryFolder(), { metric: 'kid', keep: 1, save: saveInto });
    expect(await best.offer(0, score(NaN))).toBe(false);
  });
});
