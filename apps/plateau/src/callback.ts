import type * as tfjs from '@tensorflow/tfjs';
import type { Monitor } from './monitor/monitor.js';

/**
 * The monitor as a callback of `model.fit`: prepares before the first epoch, scores after each, ends with the training.
 *
 * Scores go into the epoch's `logs`, so that the history and later callbacks see them. Put it first in the list; every
 * callback beside it must be an instance as well (`tf.callbacks.earlyStopping(…)`, a `tf.CustomCallback`), since tfjs
 * treats a list that begins with a plain object as plain objects throughout.
 * @param tf the tfjs that trains: the callback must descend from its `CustomCallback`
 * @example await model.fit(x, y, { epochs: 20, callbacks: [createCallback(tf, monitor)] })
 */
export function createCallback(tf: Pick<typeof tfjs, 'CustomCallback'>, monitor: Monitor): tfjs.CustomCallback {
  let model: { stopTraining: boolean } | undefined;

  class MonitorCallback extends tf.CustomCallback {
    override setModel(trained: Parameters<tfjs.CustomCallback['setModel']>[0]): void {
      model = trained as unknown as { stopTraining: boolean };
    }
  }

  return new MonitorCallback({
    onTrainBegin: () => monitor.prepare(),
    onEpochEnd: async (epoch, logs) => {
      const { stop } = await monitor.epochEnd(epoch, logs as Record<string, number> | undefined);
      if (stop && model) model.stopTraining = true;
    },
    onTrainEnd: async () => {
      await monitor.end();
    },
  });
}
