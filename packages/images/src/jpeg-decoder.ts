import { createRequire } from 'node:module';

/** libjpeg-turbo as its WebAssembly build offers it: bytes in, pixels out, one image at a time. */
export interface JpegDecoder {
  /** The memory that takes a file of so many bytes. */
  getEncodedBuffer(length: number): Uint8Array;
  /** @throws a number, whatever is wrong: also where libjpeg only warns and fills up with grey */
  decode(): void;
  getFrameInfo(): { readonly width: number; readonly height: number; readonly componentCount: number };
  /** Interleaved samples, valid until the next image. */
  getDecodedBuffer(): Uint8Array;
}

type Factory = () => Promise<{ JPEGDecoder: new () => JpegDecoder }>;

let opened: Promise<JpegDecoder> | undefined;

/** The decoder of this thread, compiled when it is first asked for. */
export function openJpegDecoder(): Promise<JpegDecoder> {
  opened ??= compile();
  return opened;
}

async function compile(): Promise<JpegDecoder> {
  const factory = createRequire(import.meta.url)('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs') as Factory;
  const listeners = process.listeners('uncaughtException');
  const ready = factory();
  // It listens for its own exit. What a program does with errors that nobody catches is the program's affair.
  for (const listener of process.listeners('uncaughtException')) {
    if (!listeners.includes(listener)) process.off('uncaughtException', listener);
  }
  const { JPEGDecoder } = await ready;
  return new JPEGDecoder();
}
