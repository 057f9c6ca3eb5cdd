import { existsSync } from 'node:fs';
import { constants } from 'node:os';

const FOLDER = '/usr/lib/chromium';

/** `RTLD_NODELETE` of dlfcn.h: the library stays after Node finds that it is no addon. */
const STAY = 0x1000;

/**
 * Debian's chromium brings a Vulkan loader and a software renderer, on which Dawn runs where there is no GPU. The loader is not
 * where the system looks for libraries, but one that is loaded already is found by its name.
 */
export function useSwiftShader(): void {
  if (process.env.VK_DRIVER_FILES !== undefined || !existsSync(`${FOLDER}/vk_swiftshader_icd.json`)) return;
  process.env.VK_DRIVER_FILES = `${FOLDER}/vk_swiftshader_icd.json`;
  try {
    process.dlopen({ exports: {} }, `${FOLDER}/libvulkan.so.1`, constants.dlopen.RTLD_LAZY | STAY);
  } catch {
    // No addon, as expected.
  }
}
