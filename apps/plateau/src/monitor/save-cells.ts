import type { CellsReading } from './cells-probe.js';
import type { RunFolder } from './run-folder.js';

/** Leaves the cells of a set in the run's folder: `cells/NAME.png` with their outlines, `cells/NAME.json` by property. */
export async function saveCells(
  folder: RunFolder | undefined,
  name: string,
  { overlay, distributions }: CellsReading,
): Promise<void> {
  await folder?.save(`cells/${name}.png`, overlay);
  await folder?.save(`cells/${name}.json`, JSON.stringify(distributions));
}
