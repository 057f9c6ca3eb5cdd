import {
  epochChart,
  escapeHtml,
  formatValue,
  metricLabel,
  metricsOf,
  plotCards,
  pointOf,
  type RunRecord,
} from '@plateau/scorecard';

/** A run of the overview; `run` is missing while it has not begun. */
export interface ListedRun {
  readonly name: string;
  readonly run?: RunRecord;
}

/** The parts of the page of several runs: a table, and for each metric their curves in one chart. */
export async function overviewSections(
  folder: string,
  runs: readonly ListedRun[],
): Promise<{ readonly id: string; readonly html: string }[]> {
  const heading = `<h1>Runs in ${escapeHtml(folder)}</h1>`;
  if (runs.length === 0) {
    const hint =
      'No run here yet. A run appears when a monitor that writes to a folder in here (createMonitor({ out })), or plateau demo --out, has begun.';
    return [
      { id: 'runs', html: `${heading}<p class="empty">${hint}</p>` },
      { id: 'compare', html: '' },
    ];
  }
  return [
    { id: 'runs', html: `${heading}${table(runs)}` },
    { id: 'compare', html: await curves(runs) },
  ];
}

/** The address of the page of a run. */
export function runAddress(name: string): string {
  return `/runs/${encodeURIComponent(name)}/`;
}

function table(runs: readonly ListedRun[]): string {
  const metrics = metricsOf(runs.flatMap(({ run }) => run?.epochs ?? []));
  const head = ['run', 'state', 'scored epochs', 'best epoch', ...metrics.map((metric) => `${metric}, last`)];
  const rows = runs.map(({ name, run }) => {
    const last = run?.epochs.at(-1);
    const scores = metrics.map((metric) => {
      const score = last?.scores.find((one) => one.metric === metric);
      return score ? formatValue(score.value) : '–';
    });
    const link = `<a href="${escapeHtml(runAddress(name))}">${escapeHtml(run?.title ?? name)}</a>`;
    const where = run && run.title !== name ? ` <span class="soft">${escapeHtml(name)}</span>` : '';
    const facts = [run?.outcome.kind ?? 'not begun', String(run?.epochs.length ?? 0), String(run?.best?.epoch ?? '–')];
    return `<tr><td>${link}${where}</td>${[...facts, ...scores].map((text) => `<td>${escapeHtml(text)}</td>`).join('')}</tr>`;
  });
  const cells = head.map((text) => `<th>${escapeHtml(text)}</th>`).join('');
  return `<div class="scroll"><table><thead><tr>${cells}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

async function curves(runs: readonly ListedRun[]): Promise<string> {
  const begun = runs.flatMap(({ name, run }) => (run && run.epochs.length > 0 ? [{ name, run }] : []));
  if (begun.length === 0) return '<p class="empty">No epoch has been scored yet.</p>';
  const plots = metricsOf(begun.flatMap(({ run }) => run.epochs)).map((metric, index) => {
    const points = begun.flatMap(({ name, run }) =>
      run.epochs.flatMap(({ epoch, scores }) => {
        const score = scores.find((one) => one.metric === metric);
        return score ? [{ ...pointOf(epoch, score), series: name }] : [];
      }),
    );
    const floors = new Set(begun.map(({ run }) => run.floor.find((score) => score.metric === metric)?.value));
    const floor = floors.size === 1 ? [...floors][0] : undefined;
    return { name: `compare-${index}`, spec: epochChart(points, { title: metricLabel(metric), floor }) };
  });
  const note = protocolNote(begun.map(({ run }) => run));
  return `<h2>Beside each other</h2>${note}${await plotCards(plots)}`;
}

/** Curves of runs that were scored otherwise must not be compared. */
function protocolNote(runs: readonly RunRecord[]): string {
  const protocols = runs.map(({ epochs, reference }) => {
    const { extractor, preprocessing } = epochs.at(-1)?.scores[0]?.protocol ?? {};
    return JSON.stringify([reference.id, extractor, preprocessing]);
  });
  return new Set(protocols).size > 1
    ? '<p class="verdict running">These runs were scored against different references or with different networks: their numbers can’t be compared.</p>'
    : '';
}
