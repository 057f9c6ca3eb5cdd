import { readFile } from 'node:fs/promises';
import { readSafetensors, writeSafetensors } from '../formats/safetensors.js';
import { describeNetwork } from '../network/describe-network.js';
import { inputOf, type Network } from '../network/network.js';
import { writeAtomically } from '../store/write-atomically.js';
import { createWeights, type NetworkWeights } from './network-weights.js';

/** A network with its weights, as kept in one file. */
export interface WeightFile {
  readonly network: Network;
  readonly weights: NetworkWeights;
  /** Names of the classes that `logits` are of, for a fine-tuned network. */
  readonly classes?: readonly string[];
  /** What the weights were trained on, and how well they do. */
  readonly training?: Readonly<Record<string, unknown>>;
}

const FORMAT = 'plateau-weights-1';

/**
 * Writes weights as safetensors with the protocol in the header: network, how pixels are prepared, provenance and the hash of
 * the numbers, by which a damaged file is told. The file appears whole or not at all.
 */
export async function writeWeightFile(path: string, file: WeightFile): Promise<void> {
  const { network, weights, classes, training } = file;
  const { height, width, scaling } = inputOf(network);
  const metadata = {
    format: FORMAT,
    network: network.id,
    id: weights.id,
    provenance: weights.provenance,
    weightsSha256: weights.sha256,
    protocol: JSON.stringify({ height, width, scaling }),
    ...(classes && { classes: JSON.stringify(classes) }),
    ...(training && { training: JSON.stringify(training) }),
  };
  await writeAtomically(path, writeSafetensors({ tensors: weights.tensors, metadata }));
}

/**
 * Reads a file that {@link writeWeightFile} wrote.
 * @throws RangeError when it is no such file, or its numbers are not those that were written
 */
export async function readWeightFile(path: string): Promise<WeightFile> {
  return parseWeightFile(await readFile(path), path);
}

/** The weights in a file's bytes. */
export function parseWeightFile(bytes: Uint8Array, path: string): WeightFile {
  const { tensors, metadata } = readSafetensors(bytes, path);
  if (metadata.format !== FORMAT) {
    throw new RangeError(`${path} is not of Plateau's format (${FORMAT}): plateau weights import ${path}`);
  }
  const { id = '', provenance = '', weightsSha256 } = metadata;
  const weights = createWeights({ id, provenance, tensors });
  if (weights.sha256 !== weightsSha256) {
    throw new RangeError(
      `${path} is damaged: its numbers have SHA-256 ${weights.sha256}, its header says ${weightsSha256}`,
    );
  }
  const classes = metadata.classes === undefined ? undefined : (JSON.parse(metadata.classes) as string[]);
  const network = describeNetwork(metadata.network ?? '', classes && { classes: classes.length });
  return {
    network,
    weights,
    ...(classes && { classes }),
    ...(metadata.training && { training: JSON.parse(metadata.training) as Record<string, unknown> }),
  };
}
