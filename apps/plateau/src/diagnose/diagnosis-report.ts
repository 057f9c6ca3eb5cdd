import { escapeHtml, formatValue, htmlPage, htmlTable, renderSvg } from '@plateau/scorecard';
import { comparisonTable, frechetVersusNTable, metricsTable, type Diagnosis } from '@plateau/small-sample';
import { diagnosisCharts } from './diagnosis-charts.js';
import { powerSentence } from './power-sentence.js';

const CEILING =
  '<p class="soft">Floor: two disjoint parts of the reference. Ceiling: noise that knows only the reference’s overall mean and ' +
  'variance. Both, and “at floor n”, are of as many images; p says how often two parts of the reference score no better.</p>';

type Spec = Parameters<typeof renderSvg>[0];

/** A diagnosis as an HTML page that needs no other file. */
export async function diagnosisReport(title: string, diagnosis: Diagnosis): Promise<string> {
  const { n, dimension, trials, seed } = diagnosis;
  const sizes = n.generated === undefined ? `${n.reference} images` : `${n.reference} and ${n.generated} images`;
  const facts = `${sizes} of ${dimension} features, ${trials} trials (a trial is one reseeded draw), seed ${seed}`;
  const sections = [
    verdict(diagnosis),
    diagnosis.metrics.length > 0
      ? section('Metrics between floor and ceiling', CEILING + table(metricsTable(diagnosis.metrics)))
      : '',
    comparison(diagnosis),
    await charts(diagnosis),
    diagnosis.frechetVersusN
      ? section('FID versus N: two groups of the reference', table(frechetVersusNTable(diagnosis.frechetVersusN)))
      : '',
    section('What can be trusted', table([['metric', 'trust', 'why'], ...adviceRows(diagnosis)])),
    duplicates(diagnosis),
    list('Warnings', [...diagnosis.warnings, ...(diagnosis.memorisation?.warnings ?? [])]),
  ];
  const body = `<h1>${escapeHtml(title)}</h1><p class="soft">${escapeHtml(facts)}</p>${sections.join('\n')}`;
  return htmlPage(title, body);
}

function verdict(diagnosis: Diagnosis): string {
  const { verdict: sentence, memorisation } = diagnosis;
  if (!memorisation || sentence === undefined) return '';
  const mark = memorisation.copies || memorisation.repeats ? 'verdict collapse' : 'verdict';
  return `<div class="${mark}">${escapeHtml(sentence)} ${escapeHtml(powerSentence(diagnosis))}</div>`;
}

function comparison({ comparison: compared }: Diagnosis): string {
  if (!compared) return '';
  const sentence = `${compared.verdict}, on ${compared.n} images each. Difference is generated less against; p is of a permutation test.`;
  return section(
    'Two generated sets on one reference',
    `<p class="soft">${escapeHtml(sentence)}</p>${table(comparisonTable(compared))}`,
  );
}

async function charts(diagnosis: Diagnosis): Promise<string> {
  const drawn = await Promise.all(
    Object.values(diagnosisCharts(diagnosis)).map((spec) => renderSvg(spec as unknown as Spec)),
  );
  return section('Plots', `<div class="cards">${drawn.map((svg) => `<div class="card">${svg}</div>`).join('')}</div>`);
}

function adviceRows({ advice }: Diagnosis): string[][] {
  return advice.map(({ metric, trust, reason }) => [metric, trust, reason]);
}

function duplicates({ memorisation }: Diagnosis): string {
  const pairs = memorisation?.duplicates.pairs ?? [];
  if (pairs.length === 0) return '';
  const rows = pairs
    .slice(0, 50)
    .map(({ first, second, names, distance }) => [
      names?.[0] ?? `row ${first}`,
      names?.[1] ?? `row ${second}`,
      formatValue(distance),
    ]);
  return section(`Near-duplicates (${pairs.length} pairs)`, table([['first', 'second', 'distance'], ...rows]));
}

function section(title: string, content: string): string {
  return `<h2>${escapeHtml(title)}</h2>${content}`;
}

function table([head, ...rows]: readonly (readonly string[])[]): string {
  return htmlTable(head, rows);
}

function list(title: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  return section(title, `<ul>${[...new Set(items)].map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`);
}
