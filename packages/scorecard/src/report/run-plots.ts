import type { TopLevelSpec } from 'vega-lite';
import { metricDefinitions } from '../metrics/registry.js';
import type { Score } from '../score.js';
import { distributionChart } from './distribution-chart.js';
import { epochChart, type EpochPoint } from './epoch-chart.js';
import { planeChart } from './plane-chart.js';
import type { EpochRecord, RunRecord } from './run-record.js';

/** A plot of a run and where it belongs. */
export interface RunPlot {
  /** Made of letters, digits and hyphens: a file's name without its ending. */
  readonly name: string;
  readonly group: 'scores' | 'projection' | 'evidence' | 'cells';
  readonly spec: TopLevelSpec;
}

/** Every plot of a run: the curves of its scores and losses, samples in the plane, the evidence, the cells. */
export function runPlots(run: RunRecord): RunPlot[] {
  if (run.epochs.length === 0) return [];
  return named([...scorePlots(run), ...projectionPlots(run), ...evidencePlots(run), ...cellsPlots(run)]);
}

/** The plot of one epoch's samples in the plane; undefined where the run has no projection of it. */
export function projectionPlot(run: RunRecord, epoch: number): TopLevelSpec | undefined {
  const reference = run.reference.projection;
  const generated = run.epochs.find((record) => record.epoch === epoch)?.projection;
  if (!reference?.length || !generated?.length) return undefined;
  const within = [reference, ...run.epochs.map(({ projection = [] }) => projection)];
  return planeChart({ title: `Epoch ${epoch}`, reference, generated, within });
}

/** Every metric of the epochs, in the order in which they came up. */
export function metricsOf(epochs: readonly EpochRecord[]): string[] {
  return [...new Set(epochs.flatMap(({ scores }) => scores.map(({ metric }) => metric)))];
}

/** What people call a metric; its id where the scorecard doesn't know it. */
export function metricLabel(id: string): string {
  return metricDefinitions.find((definition) => definition.id === id)?.label ?? id;
}

type Unnamed = Omit<RunPlot, 'name'> & { readonly words: string };

function scorePlots(run: RunRecord): Unnamed[] {
  const plots = metricsOf(run.epochs).map((metric): Unnamed => {
    const points = run.epochs.flatMap(({ epoch, scores }) => {
      const score = scores.find((one) => one.metric === metric);
      return score ? [pointOf(epoch, score)] : [];
    });
    const direction = run.epochs.flatMap(({ scores }) => scores).find((one) => one.metric === metric)?.direction;
    const spec = epochChart(points, {
      title: metricLabel(metric),
      subtitle: direction === undefined || direction === 'none' ? '' : `${direction} is better`,
      floor: run.floor.find((score) => score.metric === metric)?.value,
      best: run.best?.epoch,
    });
    return { words: metric, group: 'scores', spec };
  });
  const logs = seriesOf(run.epochs, ({ logs: logged }) => logged);
  return logs.length === 0
    ? plots
    : [...plots, { words: 'training log', group: 'scores', spec: epochChart(logs, { title: 'Training log' }) }];
}

/** The score of an epoch as a point of its curve. */
export function pointOf(epoch: number, { value, standardError, interval }: Score): EpochPoint {
  return { epoch, value, error: standardError, interval };
}

function projectionPlots(run: RunRecord): Unnamed[] {
  const epochs = [...new Set([run.epochs[0]!.epoch, run.best?.epoch, run.epochs.at(-1)!.epoch])];
  return epochs.flatMap((epoch) => {
    const spec = epoch === undefined ? undefined : projectionPlot(run, epoch);
    return spec ? [{ words: `projection epoch ${epoch}`, group: 'projection' as const, spec }] : [];
  });
}

function evidencePlots({ epochs }: RunRecord): Unnamed[] {
  const judged = epochs.flatMap(({ epoch, collapse }) => (collapse ? [{ epoch, ...collapse }] : []));
  const alpha = judged.at(-1)?.alpha ?? 1;
  // Before a first suspicion there is no evidence: its logarithm is not finite.
  const evidence = judged
    .map(({ epoch, logEvidence }) => ({ epoch, value: logEvidence }))
    .filter(({ value }) => Number.isFinite(value));
  const shares = judged.flatMap(({ epoch, signals }) =>
    Object.entries(signals).flatMap(([series, { share }]) =>
      share !== undefined && Number.isFinite(share) ? [{ epoch, value: share, series }] : [],
    ),
  );
  const evidenceChart = epochChart(evidence, {
    title: 'Evidence of a failure',
    subtitle: 'logarithm; above the dashed line it stops',
    floor: Math.log(1 / alpha),
  });
  const signalsChart = epochChart(shares, {
    title: 'Signals',
    subtitle: 'shares of the reference’s own (dashed)',
    floor: 1,
  });
  return [
    ...(evidence.length > 0 ? [{ words: 'evidence', group: 'evidence' as const, spec: evidenceChart }] : []),
    ...(shares.length > 0 ? [{ words: 'signals', group: 'evidence' as const, spec: signalsChart }] : []),
  ];
}

function cellsPlots({ epochs, reference }: RunRecord): Unnamed[] {
  const curves = [...new Set(epochs.flatMap(({ cells = {} }) => Object.keys(cells)))].map((name): Unnamed => {
    const points = epochs.flatMap(({ epoch, cells = {} }) => (name in cells ? [{ epoch, value: cells[name]! }] : []));
    return { words: `cells ${name}`, group: 'cells', spec: epochChart(points, { title: `Cells: ${name}` }) };
  });
  const last = epochs.findLast(({ cellsPictures }) => cellsPictures?.distributions !== undefined);
  const distributions = Object.entries(last?.cellsPictures?.distributions ?? {}).map(([name, values]): Unnamed => {
    const spec = distributionChart(
      `${name}, epoch ${last!.epoch}`,
      reference.cellsPictures?.distributions?.[name] ?? [],
      values,
    );
    return { words: `distribution ${name}`, group: 'cells', spec };
  });
  return [...curves, ...distributions];
}

function seriesOf(
  epochs: readonly EpochRecord[],
  values: (record: EpochRecord) => Readonly<Record<string, number>>,
): EpochPoint[] {
  return epochs.flatMap((record) =>
    Object.entries(values(record)).map(([series, value]) => ({ epoch: record.epoch, value, series })),
  );
}

/** Names become part of file names: what is no letter or digit goes, and names that meet get numbers. */
function named(plots: readonly Unnamed[]): RunPlot[] {
  const taken = new Set<string>();
  return plots.map(({ words, ...plot }) => {
    const stem =
      words
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-|-$/g, '')
        .slice(0, 60) || 'plot';
    let name = stem;
    for (let number = 2; taken.has(name); number++) name = `${stem}-${number}`;
    taken.add(name);
    return { name, ...plot };
  });
}
