import { escapeHtml, htmlPage, htmlTable } from '../report/page.js';
import { renderSvg } from '../report/render-svg.js';
import { classTable } from './class-table.js';
import type { ClassComparison } from './compare-classes.js';
import { projectionChart } from './projection-chart.js';

/** What a comparison by class was made of. */
export interface ClassReportFacts {
  readonly title: string;
  /** Network, layer and weights. */
  readonly extractor: string;
  /** How the classes of the generated images were told. */
  readonly labelsFrom: string;
}

/** A comparison by class as an HTML page that needs no other file. */
export async function classReport(comparison: ClassComparison, facts: ClassReportFacts): Promise<string> {
  const [head, ...rows] = classTable(comparison);
  const { unknown } = comparison;
  const body = `<h1>${escapeHtml(facts.title)}</h1>
<p class="soft">${escapeHtml(`${facts.extractor}; classes of the generated images: ${facts.labelsFrom}`)}</p>
<h2>Classes</h2>
<p>Same, diff: mean Euclidean distance to reference images of the same and of different classes; good samples (gen) have the
reference’s own (ref). FID: of the class alone. Vendi: how many images of the class differ, in effect, among as many of both
sets.</p>
${htmlTable(head!, rows)}
${unknown > 0 ? `<p>${unknown} generated images are of no class of the reference.</p>` : ''}
<h2>Principal components of the reference</h2>
<div class="card">${await renderSvg(projectionChart(comparison.projection))}</div>`;
  return htmlPage(facts.title, body);
}
