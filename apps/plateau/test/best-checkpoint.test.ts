import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Score } from '@plateau/scorecard';
import { describe, expect, it } from 'vitest';
import { BestCheckpoint, readBest } from '../src/monitor/best-checkpoint.js';
import { temporaryFolder } from './temporary-folder.js';

function score(value: number, direction: Score['direction'] = 'lower'): Score[] {
  const protocol = { params: {}, seed: 0 };
  return [{ metric: 'kid', value, direction, n: { reference: 8, generated: 8 }, protocol, warnings: [] }];
}

function saveInto(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'model.json'), '{}');
  return Promise.resolve();
}

describe('BestCheckpoint', () => {
  it('keeps the best epoch alone', async () => {
    const folder = temporaryFolder();
    const best = new BestCheckpoint(folder, 'kid', saveInto);
    expect(await best.offer(0, score(0.5))).toBe(true);
    expect(await best.offer(1, score(0.7))).toBe(false);
    expect(await best.offer(2, score(0.2))).toBe(true);
    expect(await readBest(folder)).toEqual({ epoch: 2, metric: 'kid', value: 0.2, checkpoint: 'checkpoints/epoch-2' });
    expect(readdirSync(join(folder, 'checkpoints'))).toEqual(['epoch-2']);
  });

  it('goes by the direction of the metric', async () => {
    const best = new BestCheckpoint(temporaryFolder(), 'kid', saveInto);
    await best.offer(0, score(0.5, 'higher'));
    expect(await best.offer(1, score(0.7, 'higher'))).toBe(true);
  });

  it('keeps the former best when saving fails', async () => {
    const folder = temporaryFolder();
    let full = false;
    const best = new BestCheckpoint(folder, 'kid', (directory) =>
      full ? Promise.reject(new Error('disk full')) : saveInto(directory),
    );
    await best.offer(0, score(0.5));
    full = true;
    await expect(best.offer(1, score(0.1))).rejects.toThrow('disk full');
    const { checkpoint, epoch } = await readBest(folder);
    expect(epoch).toBe(0);
    expect(existsSync(join(folder, checkpoint, 'model.json'))).toBe(true);
  });

  it('never takes NaN for the best', async () => {
    const best = new BestCheckpoint(temporaryFolder(), 'kid', saveInto);
    expect(await best.offer(0, score(NaN))).toBe(false);
  });
});
