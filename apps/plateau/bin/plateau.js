#!/usr/bin/env node
import { startThreads } from '@plateau/numerics/threads';
import { main } from '../dist/cli.js';

// A reader such as head that closes the pipe has had enough: that is no failure.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});
startThreads();
process.exitCode = await main(process.argv.slice(2));
// WebGPU in Node works on for ever: the process is ended once all is written.
if (globalThis.navigator?.gpu) process.stdout.write('', () => process.exit());
