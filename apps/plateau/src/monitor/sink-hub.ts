import type { EpochSamples, MonitorSink, RunEnd, RunLine, RunStart, ScoredEpoch, StartMaterial } from './run-event.js';

/** Calls that may wait for a sink before it misses epochs. */
const MOST_WAITING = 4;
/** Seconds that the end of a run waits for a sink. */
const PATIENCE = 30;

/** One sink, its calls in order. */
interface Served {
  readonly sink: MonitorSink;
  tail: Promise<void>;
  waiting: number;
  warned: { failure: boolean; late: boolean };
}

/** Tells sinks of a run, one call after the other to each, without ever failing or waiting for them. */
export class SinkHub {
  readonly #served: readonly Served[];
  readonly #onWarning: (message: string) => void;

  constructor(sinks: readonly MonitorSink[], onWarning: (message: string) => void) {
    this.#served = sinks.map((sink) => ({
      sink,
      tail: Promise.resolve(),
      waiting: 0,
      warned: { failure: false, late: false },
    }));
    this.#onWarning = onWarning;
  }

  start(run: RunStart, material: StartMaterial): void {
    for (const served of this.#served) this.#tell(served, (sink) => sink.start?.(run, material));
  }

  epoch(record: ScoredEpoch, samples: EpochSamples): void {
    for (const served of this.#served) {
      if (served.waiting >= MOST_WAITING) this.#warnLate(served);
      else this.#tell(served, (sink) => sink.epoch?.(record, samples));
    }
  }

  note(line: RunLine): void {
    for (const served of this.#served) {
      if (served.waiting < MOST_WAITING) this.#tell(served, (sink) => sink.note?.(line));
    }
  }

  /** Tells of the end and waits for the sinks, not for ever. */
  async end(summary: RunEnd): Promise<void> {
    for (const served of this.#served) this.#tell(served, (sink) => sink.end?.(summary));
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, 1000 * PATIENCE);
    });
    await Promise.race([Promise.all(this.#served.map(({ tail }) => tail)), patience]);
    clearTimeout(timer);
    for (const { sink, waiting } of this.#served) {
      if (waiting > 0) this.#onWarning(`the ${sink.name} sink did not finish within ${PATIENCE} s and is left behind`);
    }
  }

  #tell(served: Served, call: (sink: MonitorSink) => void | Promise<void>): void {
    served.waiting += 1;
    served.tail = served.tail
      .then(() => call(served.sink))
      .catch((error: unknown) => this.#warnFailed(served, error))
      .finally(() => {
        served.waiting -= 1;
      });
  }

  #warnFailed({ sink, warned }: Served, error: unknown): void {
    if (warned.failure) return;
    warned.failure = true;
    const reason = error instanceof Error ? error.message : String(error);
    this.#onWarning(`the ${sink.name} sink failed: ${reason} (training goes on; this is said once)`);
  }

  #warnLate({ sink, warned }: Served): void {
    if (warned.late) return;
    warned.late = true;
    this.#onWarning(`the ${sink.name} sink is behind and misses epochs (this is said once)`);
  }
}
