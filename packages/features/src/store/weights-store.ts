import { readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { importWeights } from '../import/import-weights.js';
import { readSafetensorsMetadata } from '../formats/safetensors-metadata.js';
import { readWeightFile, writeWeightFile, type WeightFile } from '../weights/weight-file.js';
import { cacheFolder } from './cache-folder.js';
import { digestOf } from './digest-of.js';
import { download, type DownloadOptions } from './download.js';
import { knownWeights, type KnownWeights } from './known-weights.js';
import { importOnnx, ONNX_EXTENSION, removeOnnx, storedOnnx, verifyOnnx, type StoredOnnx } from './onnx-store.js';

/** Weights in the store, or known and not there yet. */
export interface StoreEntry {
  readonly name: string;
  readonly what: string;
  /** Absent when they can be pulled but weren't. */
  readonly path?: string;
  readonly bytes?: number;
}

export interface StoreOptions {
  /** @default `weights` in the cache folder */
  readonly folder?: string;
}

const EXTENSION = '.safetensors';

/** Names are file names: they can't lead out of the store. */
const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/i;

/** The folder that weights are kept in. */
export function weightsFolder(): string {
  return join(cacheFolder(), 'weights');
}

/** What is in the store, then what could be pulled into it. */
export async function listWeights({ folder = weightsFolder() }: StoreOptions = {}): Promise<StoreEntry[]> {
  const files = await filesOf(folder);
  const entries: StoreEntry[] = [];
  for (const file of files.filter((name) => name.endsWith(EXTENSION))) {
    const name = file.slice(0, -EXTENSION.length);
    entries.push(await entryOf(name, join(folder, file), await describeFile(join(folder, file))));
  }
  for (const file of files.filter((name) => name.endsWith(ONNX_EXTENSION))) {
    entries.push(await entryOf(file.slice(0, -ONNX_EXTENSION.length), join(folder, file), 'an ONNX network'));
  }
  for (const known of knownWeights) {
    if (entries.some(({ name }) => name === known.name)) continue;
    const file = fileName(known);
    entries.push(
      known.kind === 'file' && files.includes(file)
        ? await entryOf(known.name, join(folder, file), known.what)
        : { name: known.name, what: known.what },
    );
  }
  return entries;
}

/**
 * Downloads known weights into the store; does nothing when they are there.
 * @param options.known where they come from, instead of the built-in list
 * @returns the path of the file
 * @throws RangeError for an unknown name; Error when the download fails
 */
export async function pullWeights(
  name: string,
  options: StoreOptions &
    Pick<DownloadOptions, 'onProgress' | 'attempts' | 'pause'> & { known?: readonly KnownWeights[] } = {},
): Promise<string> {
  const { folder = weightsFolder(), known = knownWeights, ...rest } = options;
  const entry = known.find((candidate) => candidate.name === name);
  if (entry === undefined) {
    throw new RangeError(`unknown weights '${name}': expected ${known.map((one) => one.name).join(', ')}`);
  }
  const path = join(folder, fileName(entry));
  if (await exists(path)) return path;
  const { url, digest } = entry;
  if (entry.kind === 'file') {
    await download({ ...rest, url, digest, path });
    return path;
  }
  const original = join(folder, basename(new URL(url).pathname));
  await download({ ...rest, url, digest, path: original });
  const imported = await importWeights(original, { id: name });
  const weights = { ...imported.weights, provenance: `${entry.what}, ${url}` };
  await writeWeightFile(path, { ...imported, weights });
  await rm(original);
  return path;
}

/** What was put into the store. */
export interface ImportedWeights {
  readonly path: string;
  readonly sha256: string;
  /** In a few words: how many tensors of which network. */
  readonly what: string;
}

/**
 * Puts weights from disk into the store; of an `.onnx` file, the whole network.
 * @param options.name under which they are found from then on
 * @throws RangeError as {@link importWeights}, for an `.onnx` file as {@link openExtractor}, and for a name that can't be a file's
 */
export async function importIntoStore(
  path: string,
  options: StoreOptions & { name: string },
): Promise<ImportedWeights> {
  const { name, folder = weightsFolder() } = options;
  checkName(name);
  const target = join(folder, `${name}${EXTENSION}`);
  if (path.endsWith(ONNX_EXTENSION)) {
    const { layer, dimension, ...stored } = await importOnnx(path, { name, folder });
    await rm(target, { force: true });
    return { ...stored, what: `an ONNX network, ${dimension} values of '${layer}'` };
  }
  const file = await importWeights(path, { id: name });
  await writeWeightFile(target, file);
  await removeOnnx(name, folder);
  const { network, weights } = file;
  return { path: target, sha256: weights.sha256, what: `${weights.tensors.size} tensors of ${network.id}` };
}

/** The `.onnx` network of that name in the store; undefined when there is none. */
export async function onnxInStore(
  name: string,
  { folder = weightsFolder() }: StoreOptions = {},
): Promise<StoredOnnx | undefined> {
  return NAME.test(name) ? storedOnnx(name, folder) : undefined;
}

/**
 * Reads weights of the store; their numbers are compared with the hash in their header.
 * @throws RangeError when they are not there, or damaged
 */
export async function readFromStore(
  name: string,
  { folder = weightsFolder() }: StoreOptions = {},
): Promise<WeightFile> {
  checkName(name);
  const path = join(folder, `${name}${EXTENSION}`);
  if (!(await exists(path))) {
    const known = knownWeights.some((entry) => entry.name === name && entry.kind === 'network');
    throw new RangeError(
      `weights '${name}' are not in the store: plateau weights ${known ? `pull ${name}, or ` : ''}import FILE --as ${name}`,
    );
  }
  return readWeightFile(path);
}

/**
 * Compares what is in the store with its hash: of a network the one in its header, of another file the published one.
 * @throws RangeError when it is not there, or damaged
 */
export async function verifyWeights(name: string, options: StoreOptions = {}): Promise<void> {
  const onnx = await onnxInStore(name, options);
  if (onnx) return verifyOnnx(onnx);
  const known = knownWeights.find((entry) => entry.name === name && entry.kind === 'file');
  if (known === undefined) {
    await readFromStore(name, options);
    return;
  }
  const { folder = weightsFolder() } = options;
  const path = join(folder, fileName(known));
  if (!(await exists(path)))
    throw new RangeError(`weights '${name}' are not in the store: plateau weights pull ${name}`);
  const actual = await digestOf(path, known.digest.algorithm);
  if (!actual.startsWith(known.digest.start)) {
    throw new RangeError(
      `${path} is damaged: its ${known.digest.algorithm} is ${actual}, expected ${known.digest.start}`,
    );
  }
}

function checkName(name: string): void {
  if (!NAME.test(name) || name === 'bundled') {
    throw new RangeError(
      `weights can't be called '${name}': expected up to 64 letters, digits, '.', '_' and '-', not 'bundled'`,
    );
  }
}

function fileName({ name, kind, url }: KnownWeights): string {
  return kind === 'network' ? `${name}${EXTENSION}` : basename(new URL(url).pathname);
}

async function entryOf(name: string, path: string, what: string): Promise<StoreEntry> {
  return { name, what, path, bytes: (await stat(path)).size };
}

/** What a file of the store says it is: under a known name may lie what somebody imported. */
async function describeFile(path: string): Promise<string> {
  const metadata = await readSafetensorsMetadata(path);
  if (metadata?.network === undefined) return 'damaged: plateau weights verify says more';
  return [metadata.network, metadata.provenance].filter(Boolean).join(', ');
}

async function filesOf(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch {
    return [];
  }
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
