import { Command } from 'commander';
import { importIntoStore, listWeights, pullWeights, verifyWeights, type StoreEntry } from '@plateau/features';
import { stderrProgress } from '../progress.js';

/** `plateau weights`: what networks' weights are here, and how to get more. */
export function weightsCommand(): Command {
  const command = new Command('weights').description('Lists, downloads, imports and verifies the weights of networks.');
  command
    .command('list')
    .description('Lists the weights in the store and those that can be pulled.')
    .option('--json', 'prints { "weights": […] } and nothing else')
    .action(list);
  command
    .command('pull')
    .description('Downloads known weights into the store; goes on where an earlier try left off.')
    .argument('<names...>', 'names from plateau weights list')
    .action(pull);
  command
    .command('import')
    .description('Puts weights from disk into the store: .pth, .safetensors, .h5, model.json, a folder of .npy, .onnx.')
    .argument('<path>', 'file or folder')
    .requiredOption('--as <name>', 'name to use as --extractor')
    .action(importOne);
  command
    .command('verify')
    .description('Compares weights in the store with their hash; without names, all of them.')
    .argument('[names...]')
    .action(verify);
  return command;
}

async function list({ json }: { json?: boolean }): Promise<void> {
  const weights = await listWeights();
  process.stdout.write(json ? `${JSON.stringify({ weights })}\n` : `${weights.map(line).join('\n')}\n`);
}

function line({ name, what, bytes }: StoreEntry): string {
  const size = bytes === undefined ? 'to pull' : `${(bytes / 1e6).toFixed(1)} MB`;
  return `${name.padEnd(16)} ${size.padStart(9)}  ${what}`;
}

async function pull(names: readonly string[]): Promise<void> {
  for (const name of names) {
    const progress = stderrProgress();
    let before = 0;
    let started = false;
    try {
      const path = await pullWeights(name, {
        onProgress: ({ received, total = 0 }) => {
          if (!started) progress.start(`${name} (bytes)`, total);
          started = true;
          progress.advance(received - before);
          before = received;
        },
      });
      process.stdout.write(`${name}: ${path}\n`);
    } finally {
      progress.stop();
    }
  }
}

async function importOne(path: string, { as: name }: { as: string }): Promise<void> {
  const { path: stored, what, sha256 } = await importIntoStore(path, { name });
  process.stdout.write(`${name}: ${what}, SHA-256 ${sha256}, in ${stored}\n`);
}

async function verify(names: readonly string[]): Promise<void> {
  const stored = names.length > 0 ? names : (await listWeights()).filter(({ path }) => path).map(({ name }) => name);
  for (const name of stored) {
    await verifyWeights(name);
    process.stdout.write(`${name}: as it should be\n`);
  }
}
