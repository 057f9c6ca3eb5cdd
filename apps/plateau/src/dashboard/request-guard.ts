import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

/** Everything that is sent goes with these: nothing from elsewhere, no inline script, no frame. */
export const guardHeaders: OutgoingHttpHeaders = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/**
 * Whether a request names this server by an address, by `localhost` or by the name it was told to listen at. Any other name
 * is one that someone else made to point here, to read pages through the visitor's browser (DNS rebinding).
 */
export function namesThisServer({ headers }: IncomingMessage, host: string): boolean {
  const name = /^(?:\[([^\]]*)\]|([^:]*))(?::\d+)?$/.exec(headers.host ?? '');
  const hostname = name?.[1] ?? name?.[2] ?? '';
  return isIP(hostname) > 0 || hostname.toLowerCase() === 'localhost' || hostname.toLowerCase() === host.toLowerCase();
}

/**
 * The parts of a request's path, decoded one by one, or undefined where one would lead elsewhere: dots, slashes in
 * disguise, the sign that ends a name.
 * @example pathParts('/runs/a%20b/') // => ['runs','a b','']
 */
export function pathParts(address: string): string[] | undefined {
  try {
    const parts = address.split(/[?#]/)[0]!.split('/').slice(1).map(decodeURIComponent);
    return parts.some((part) => part === '.' || part === '..' || /[/\0]/.test(part)) ? undefined : parts;
  } catch {
    return undefined;
  }
}
