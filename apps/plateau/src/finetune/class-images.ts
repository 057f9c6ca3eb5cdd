import type { LabelledImages } from '@plateau/features';
import { FOAM_CLASSES, foamSource, parseFoamSpec } from '@plateau/foam';
import { folderSource, type ImageBatch } from '@plateau/images';

const ALL_FOAM = 'foam:all';

/**
 * Images with a class each: of a folder of class folders, or `foam:all?n=160&seed=5`, which is n of each class of foam.
 * @throws Error in one line when the folder can't be read; RangeError for settings of foam that can't be
 */
export async function classImages(
  spec: string,
  { size, skipBad }: { size?: number; skipBad?: boolean } = {},
): Promise<LabelledImages> {
  if (!spec.startsWith(ALL_FOAM)) return folderSource(spec, { size, skipBad });
  const settings = spec.slice(ALL_FOAM.length);
  const labels: string[] = [];
  const batches: ImageBatch[] = [];
  // In the order of folders of these names: the same images are drawn for training from either.
  for (const name of FOAM_CLASSES.map((one) => one.name).sort()) {
    const options = parseFoamSpec(`foam:${name}${settings}`);
    const source = foamSource({ ...options, ...(size !== undefined && { size }) });
    labels.push(...source.labels);
    // Read several times: made once.
    for await (const batch of source) batches.push(batch);
  }
  return {
    id: spec,
    labels,
    async *[Symbol.asyncIterator]() {
      yield* batches;
    },
  };
}
