import { readFile, rm } from 'node:fs/promises';
import { readSafetensors, writeSafetensors } from '../formats/safetensors.js';
import { writeAtomically } from '../store/write-atomically.js';
import type { WeightTensor } from '../weights/network-weights.js';

/** One epoch of training. */
export interface EpochRecord {
  readonly epoch: number;
  readonly loss: number;
  readonly validationLoss: number;
  readonly validationAccuracy: number;
  readonly seconds: number;
}

/** Where a training stands after an epoch. */
export interface FinetuneState {
  readonly history: readonly EpochRecord[];
  /** The trainer's state now. */
  readonly current: ReadonlyMap<string, WeightTensor>;
  /** Its model after the epoch with the lowest validation loss. */
  readonly best: ReadonlyMap<string, WeightTensor>;
}

/** Keeps a state on disk; `key` says what training it is of. */
export async function saveState(path: string, key: string, state: FinetuneState): Promise<void> {
  const tensors = new Map<string, WeightTensor>();
  for (const [name, tensor] of state.current) tensors.set(`current/${name}`, tensor);
  for (const [name, tensor] of state.best) {
    if (name.startsWith('model/')) tensors.set(`best/${name}`, tensor);
  }
  const metadata = { key, history: JSON.stringify(state.history) };
  await writeAtomically(path, writeSafetensors({ tensors, metadata }));
}

/** The state of this training, if there is one. A damaged file, or one of another training, counts as none. */
export async function loadState(path: string, key: string): Promise<FinetuneState | undefined> {
  let file: ReturnType<typeof readSafetensors>;
  try {
    file = readSafetensors(await readFile(path), path);
  } catch {
    return undefined;
  }
  if (file.metadata.key !== key) return undefined;
  const part = (prefix: string) =>
    new Map(
      [...file.tensors]
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, tensor]) => [name.slice(prefix.length), tensor]),
    );
  return {
    history: JSON.parse(file.metadata.history!) as EpochRecord[],
    current: part('current/'),
    best: part('best/'),
  };
}

/** Forgets a state. */
export async function removeState(path: string): Promise<void> {
  await rm(path, { force: true });
}
