import { filmScript } from './film-script.js';
import { htmlPage } from './page.js';
import { runPlots } from './run-plots.js';
import type { RunRecord } from './run-record.js';
import { runSections } from './run-sections.js';

/**
 * The report of a training run: one HTML page with its curves, samples and decisions, complete in itself, for the screen
 * and for paper. The Vega-Lite specifications of its plots are in the element `vega-lite`.
 */
export async function runReport(run: RunRecord): Promise<string> {
  const sections = (await runSections(run)).filter(({ html }) => html !== '');
  const body = sections.map(({ id, html }) => `<section id="${id}">${html}</section>`).join('\n');
  const specs = JSON.stringify(runPlots(run).map(({ spec }) => spec)).replace(/</g, '\\u003c');
  const data = `<script type="application/json" id="vega-lite">${specs}</script>`;
  return htmlPage(run.title, `${body}\n${data}`, { script: filmScript });
}
