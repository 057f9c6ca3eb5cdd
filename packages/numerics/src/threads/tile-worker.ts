/// <reference types="node" />
import { receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import { localKernels } from '../kernels/executor.js';
import { workOn, type SharedJob } from './shared-job.js';

const { port, bell } = workerData as { port: MessagePort; bell: Int32Array };

// The thread sleeps on the bell, which rings for every job; a job that others have finished meanwhile costs nothing.
for (;;) {
  const heard = Atomics.load(bell, 0);
  const received = receiveMessageOnPort(port) as { message: SharedJob } | undefined;
  if (received) workOn(received.message, localKernels());
  else Atomics.wait(bell, 0, heard);
}
