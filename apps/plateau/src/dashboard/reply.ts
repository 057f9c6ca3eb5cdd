import type { ServerResponse } from 'node:http';
import { guardHeaders } from './request-guard.js';

/** Answers a request whole, with the guarding headers. Node leaves the body out of an answer to HEAD. */
export function reply(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  const charset = type.startsWith('text/') ? '; charset=utf-8' : '';
  response.writeHead(status, { ...guardHeaders, 'Content-Type': `${type}${charset}` });
  response.end(body);
}
