import { Worker, type Transferable } from 'node:worker_threads';

/** What a worker of a pool answers: ready for jobs, a result, or what a job failed with. */
export type WorkerAnswer<Result> = 'ready' | { readonly result: Result } | { readonly error: Error };

/** A job that waits, or is being done. */
interface Task<Job, Result> {
  readonly job: Job;
  readonly transfer: readonly Transferable[];
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Worker threads that do jobs in the order in which they were asked for. They keep the process alive only while they start or
 * have one.
 *
 * A worker's script says `'ready'` once it can take jobs, then answers each message; see {@link WorkerAnswer}.
 */
export class WorkerPool<Job, Result> {
  readonly #idle: Worker[] = [];
  readonly #all: Worker[] = [];
  readonly #tasks = new Map<Worker, Task<Job, Result>>();
  readonly #waiting: Task<Job, Result>[] = [];
  #failure: Error | undefined;

  /**
   * Starts the workers; resolves when one of them is ready.
   * @param script the module of the workers
   * @param options.workerData what every worker is told when it starts
   * @returns undefined where it can't be loaded, as when a program runs from TypeScript: do the jobs on this thread then
   */
  static async open<Job, Result>(
    script: URL,
    { count, workerData }: { count: number; workerData?: unknown },
  ): Promise<WorkerPool<Job, Result> | undefined> {
    const pool = new WorkerPool<Job, Result>();
    try {
      await Promise.any(Array.from({ length: count }, () => pool.#start(script, workerData)));
      return pool;
    } catch {
      pool.close();
      return undefined;
    }
  }

  /**
   * What a worker makes of a job.
   * @param transfer buffers that the worker gets instead of copies
   * @throws what the job failed with
   */
  run(job: Job, transfer: readonly Transferable[] = []): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#failure) {
        reject(this.#failure);
        return;
      }
      this.#waiting.push({ job, transfer, resolve, reject });
      this.#next();
    });
  }

  /** Ends the workers; jobs that are not done fail. */
  close(): void {
    this.#fail(new Error('the worker pool was closed before a job was done'));
    for (const worker of this.#all) void worker.terminate();
  }

  #start(script: URL, workerData: unknown): Promise<void> {
    const worker = new Worker(script, { workerData });
    this.#all.push(worker);
    return new Promise((resolve, reject) => {
      worker.on('message', (answer: WorkerAnswer<Result>) => {
        // Not before: a listener for messages makes a worker keep the process alive again.
        worker.unref();
        if (answer === 'ready') resolve();
        else this.#settle(worker, answer);
        this.#idle.push(worker);
        this.#next();
      });
      worker.on('error', (error) => {
        reject(error);
        if (this.#tasks.has(worker)) this.#fail(error);
      });
      worker.on('exit', () => {
        if (this.#tasks.has(worker)) this.#fail(new Error('a worker thread ended before its job was done'));
      });
    });
  }

  #settle(worker: Worker, answer: Exclude<WorkerAnswer<Result>, 'ready'>): void {
    const task = this.#tasks.get(worker)!;
    this.#tasks.delete(worker);
    if ('error' in answer) task.reject(answer.error);
    else task.resolve(answer.result);
  }

  #next(): void {
    while (this.#idle.length > 0 && this.#waiting.length > 0) {
      const worker = this.#idle.pop()!;
      const task = this.#waiting.shift()!;
      this.#tasks.set(worker, task);
      // While somebody waits for its answer, a worker must keep the process alive.
      worker.ref();
      worker.postMessage(task.job, task.transfer);
    }
  }

  #fail(error: Error): void {
    this.#failure = error;
    for (const { reject } of [...this.#tasks.values(), ...this.#waiting]) reject(error);
    this.#tasks.clear();
    this.#waiting.length = 0;
  }
}
