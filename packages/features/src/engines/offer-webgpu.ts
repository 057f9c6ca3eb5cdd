/** The part of WebGPU that is looked at. */
interface Gpu {
  requestAdapter(): Promise<{
    readonly info?: { readonly isFallbackAdapter?: boolean; readonly architecture?: string };
  } | null>;
}

/**
 * Gives Node the WebGPU that TensorFlow.js looks for in `navigator.gpu`, by the package `webgpu` (Dawn). A page has its own.
 * @param options.software whether a software renderer will do; it is slower than WebAssembly
 * @throws Error when there is no WebGPU here
 */
export async function offerWebgpu({ software }: { software: boolean }): Promise<void> {
  const scope = globalThis as { navigator?: { gpu?: Gpu } };
  const dawn = scope.navigator?.gpu === undefined ? await importDawn() : undefined;
  const gpu = dawn?.create([]) ?? scope.navigator!.gpu!;
  const adapter = await gpu.requestAdapter();
  if (adapter === null) throw new Error('WebGPU finds no graphics processor on this machine');
  if (!software && isSoftware(adapter.info)) throw new Error('WebGPU finds a software renderer only');
  if (dawn === undefined) return;
  // The backend of TensorFlow.js reads these as globals: there is no other way to hand them to it.
  Object.assign(globalThis, dawn.globals);
  const navigator = { ...scope.navigator, gpu };
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true, writable: true });
}

function isSoftware(info: { isFallbackAdapter?: boolean; architecture?: string } | undefined): boolean {
  return info?.isFallbackAdapter === true || /swiftshader|llvmpipe/i.test(info?.architecture ?? '');
}

async function importDawn(): Promise<{ create: (options: string[]) => Gpu; globals: object }> {
  const name = 'webgpu';
  try {
    return (await import(name)) as { create: (options: string[]) => Gpu; globals: object };
  } catch (cause) {
    throw new Error('the package webgpu is not installed: npm install webgpu @tensorflow/tfjs-backend-webgpu', {
      cause,
    });
  }
}
