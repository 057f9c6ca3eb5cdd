import type { MonitorSink, RunEnd, RunStart, ScoredEpoch } from '../monitor/run-event.js';
import { epochScalars } from './epoch-scalars.js';

/** A run of Weights & Biases, as `wandb.init()` gives it: only `log` is needed. */
export interface WandbRun {
  log(values: Record<string, unknown>): unknown;
}

/** A run of MLflow: one call a metric, as MLflow clients have it. */
export interface MlflowRun {
  logMetric(name: string, value: number, step: number): unknown;
  setTag?(name: string, value: string): unknown;
}

/**
 * Logs every scored epoch to a W&B run that you opened: losses, scores, standard errors as `kid/standard error`, the
 * collapse evidence, and how the run ended. Plateau neither opens nor closes the run, and knows no credentials.
 *
 * The epoch goes along as `epoch`, not as W&B's step: the step of a run that logs batches too is larger, and W&B drops
 * what goes back.
 * @example createMonitor({ …, sinks: [wandbSink(await wandb.init())] })
 */
export function wandbSink(run: WandbRun): MonitorSink {
  if (typeof run?.log !== 'function') {
    throw new TypeError('wandbSink got no run: expected an object with log({ … }), as wandb.init() gives it');
  }
  return {
    name: 'W&B',
    epoch: async (record) => {
      await run.log({ epoch: record.epoch, ...finiteScalars(record) });
    },
    end: async (summary) => {
      await run.log(endOf(summary));
    },
  };
}

/**
 * Logs every scored epoch to an MLflow run, one metric at a time with the epoch as its step. MLflow's names allow no
 * other signs than letters, digits, `_`, `-`, `.`, space and `/`: others become `_`.
 * @param run anything with `logMetric(name, value, step)`; bind a client to its run:
 * `{ logMetric: (name, value, step) => client.logMetric(runId, name, value, Date.now(), step) }`
 * @example createMonitor({ …, sinks: [mlflowSink(run)] })
 */
export function mlflowSink(run: MlflowRun): MonitorSink {
  if (typeof run?.logMetric !== 'function') {
    throw new TypeError('mlflowSink got no run: expected an object with logMetric(name, value, step)');
  }
  return {
    name: 'MLflow',
    start: async ({ title, reference }: RunStart) => {
      await run.setTag?.('plateau.title', title);
      await run.setTag?.('plateau.reference', `${reference.id} (${reference.count} images)`);
    },
    epoch: async (record) => {
      for (const [name, value] of Object.entries(finiteScalars(record))) {
        await run.logMetric(name.replace(/[^\w\-. /]/g, '_'), value, record.epoch);
      }
    },
    end: async ({ outcome }) => {
      await run.setTag?.('plateau.outcome', outcome.sentence);
    },
  };
}

/** Neither tracker takes NaN in JSON. */
function finiteScalars(record: ScoredEpoch): Record<string, number> {
  const errors = record.scores.flatMap(({ metric, standardError }) =>
    standardError === undefined ? [] : [[`${metric}/standard error`, standardError] as const],
  );
  const evidence =
    record.collapse === undefined ? [] : [['collapse/log evidence', record.collapse.logEvidence] as const];
  const all = [...Object.entries(epochScalars(record)), ...errors, ...evidence];
  return Object.fromEntries(all.filter(([, value]) => Number.isFinite(value)));
}

function endOf({ outcome, best }: RunEnd): Record<string, unknown> {
  return {
    'plateau/outcome': outcome.sentence,
    ...(best ? { 'plateau/best epoch': best.epoch, [`plateau/best ${best.metric}`]: best.value } : {}),
  };
}
