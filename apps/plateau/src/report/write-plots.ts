import { join } from 'node:path';
import { renderSvg, type RunPlot } from '@plateau/scorecard';
import writeFileAtomic from 'write-file-atomic';
import { makeOutputFolder } from '../output-folder.js';
import { findBrowser, photograph } from './photograph.js';

/**
 * Writes plots into a folder, each as Vega-Lite specification and SVG, and as PNG where a browser is installed that can
 * draw it.
 * @returns whether PNG files were written
 */
export async function writePlots(folder: string, plots: readonly RunPlot[]): Promise<boolean> {
  await makeOutputFolder(folder);
  const browser = findBrowser();
  for (const { name, spec } of plots) {
    const svg = await renderSvg({ ...spec, background: 'white' });
    await writeFileAtomic(join(folder, `${name}.vl.json`), `${JSON.stringify(spec, null, 2)}\n`);
    await writeFileAtomic(join(folder, `${name}.svg`), svg);
    if (browser !== undefined) await photograph(browser, svg, join(folder, `${name}.png`));
  }
  return browser !== undefined;
}
