import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { temporaryFolder } from './temporary-folder.js';

/** A worker of `src` as JavaScript, since workers load nothing else. */
export async function bundleWorker(source: string): Promise<URL> {
  const script = pathToFileURL(join(await temporaryFolder(), 'worker.mjs'));
  const onnxruntime = pathToFileURL(createRequire(import.meta.url).resolve('onnxruntime-node')).href;
  await build({
    entryPoints: [fileURLToPath(new URL(`../src/${source}`, import.meta.url))],
    outfile: fileURLToPath(script),
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@plateau/source'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    plugins: [
      {
        name: 'native',
        setup: ({ onResolve }) =>
          onResolve({ filter: /^onnxruntime-node$/ }, () => ({ path: onnxruntime, external: true })),
      },
    ],
  });
  return script;
}
