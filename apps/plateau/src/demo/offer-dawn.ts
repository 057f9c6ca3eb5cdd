/** What the package `webgpu` exports. */
interface Dawn {
  create(options: string[]): { requestAdapter(): Promise<object | null> };
  readonly globals: object;
}

/**
 * Gives Node the WebGPU that TensorFlow.js looks for in `navigator.gpu`, by the package `webgpu` (Dawn).
 * @throws Error when it is not installed or finds no graphics processor; a software renderer counts as one
 */
export async function offerDawn(): Promise<void> {
  const name = 'webgpu';
  const dawn = await import(name).then(
    (module) => module as Dawn,
    (cause: unknown) => {
      throw new Error('webgpu is not installed: npm install webgpu @tensorflow/tfjs-backend-webgpu', { cause });
    },
  );
  const gpu = dawn.create([]);
  if ((await gpu.requestAdapter()) === null) throw new Error('WebGPU finds no graphics processor on this machine');
  // The backend of TensorFlow.js reads these as globals: there is no other way to hand them to it.
  Object.assign(globalThis, dawn.globals);
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true, writable: true });
}
