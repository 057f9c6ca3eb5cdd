import { InvalidArgumentError, type Command } from 'commander';
import type { CropMargins, ValueRange } from '@plateau/images';
import { list } from './option-parsers.js';

/** Adds the options by which a command's extractor is chosen; see `ExtractorWords`. */
export function withExtractorOptions(command: Command): Command {
  return command
    .option(
      '--extractor <id>',
      'bundled, weights of the store, a fine-tuned folder, a .safetensors or .onnx file',
      'bundled',
    )
    .option('--layer <name>', 'layer of the network: pool, mixed0 … mixed10; of the FID network 64, 192, 768, 2048')
    .option('--resize <name>', 'clean, legacy-tensorflow, legacy-pytorch or none', 'clean')
    .option('--crop <sides>', 'pixels to cut off first, such as bottom=64 for an information bar', cropMargins)
    .option('--window <range>', 'values that become black and white, such as 1000..3000 of 16-bit images', valueWindow)
    .option('--engine <name>', 'onnxruntime or tfjs (default: the fastest installed)')
    .option('--backend <name>', 'of tfjs: node-gpu, node, webgpu, wasm or cpu (default: the fastest installed)')
    .option('--no-cache', 'computes all features anew');
}

/** Parses `bottom=64` or `top=10,bottom=64`. */
function cropMargins(text: string): CropMargins {
  const sides = list(text).map((part) => /^(top|right|bottom|left)=(\d+)$/.exec(part));
  if (sides.length === 0 || sides.some((side) => side === null)) {
    throw new InvalidArgumentError('Expected sides such as bottom=64 or top=10,bottom=64.');
  }
  return Object.fromEntries(sides.map((side) => [side![1], Number(side![2])]));
}

/** Parses `1000..3000`. */
function valueWindow(text: string): ValueRange {
  const [, low, high] = /^(-?[\d.]+)\.\.(-?[\d.]+)$/.exec(text) ?? [];
  const window = [Number(low), Number(high)] as const;
  if (!(window[0] < window[1])) throw new InvalidArgumentError('Expected low..high such as 1000..3000.');
  return window;
}
