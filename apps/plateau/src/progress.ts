import cliProgress from 'cli-progress';

/** Tells how far a long step has come. */
export interface Progress {
  start(step: string, total: number): void;
  advance(count: number): void;
  stop(): void;
}

/** Progress on stderr: a bar on a terminal, a line now and then elsewhere. */
export function stderrProgress(): Progress {
  const bar = new cliProgress.SingleBar(
    {
      stream: process.stderr,
      format: '{step} {bar} {value}/{total} | {eta_formatted} left',
      barsize: 24,
      hideCursor: true,
      clearOnComplete: true,
      noTTYOutput: true,
      notTTYSchedule: 10_000,
      etaBuffer: 64,
    },
    cliProgress.Presets.shades_classic,
  );
  return {
    start: (step, total) => bar.start(total, 0, { step }),
    advance: (count) => bar.increment(count),
    stop: () => bar.stop(),
  };
}

/** No progress at all. */
export const silentProgress: Progress = { start() {}, advance() {}, stop() {} };
