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
