import type { IncomingHttpHeaders } from 'node:http';

/** A request as a route sees it. */
export interface Arrival {
  readonly method: string;
  /** Without the query, as it was sent. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The body, unpacked. Throws Refusal. */
  readonly body: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly body?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

export type RefusalKind = 'busy' | 'too-large' | 'unreadable' | 'unauthorized' | 'forbidden' | 'unsupported' | 'missing' | 'method';

export const statuses: Readonly<Record<RefusalKind, number>> = {
  busy: 503, 'too-large': 413, unreadable: 400, unauthorized: 401, forbidden: 403, unsupported: 415, missing: 404, method: 405,
};

/** Why a request was not served. `message` is sent to the peer: it says what to do and holds nothing that was received. */
export class Refusal extends Error {
  readonly kind: RefusalKind;

  constructor(kind: RefusalKind, message: string) {
    super(message);
    this.name = 'Refusal';
    this.kind = kind;
  }
}

/** Seconds after which a peer that found no room may try again (RFC 9110, section 10.2.3). */
export const retryAfter = '2';

export function jsonAnswer(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, type: 'application/json', body: JSON.stringify(value), headers };
}

/** RFC 9457; for those who speak no protocol that has a form of its own. */
export function problemAnswer({ kind, message }: Refusal): Answer {
  return { status: statuses[kind], type: 'application/problem+json', body: JSON.stringify({ status: statuses[kind], title: kind, detail: message }) };
}

export function headerOf(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}

/** The media type without its parameters. */
export function mediaTypeOf(headers: IncomingHttpHeaders): string {
  return headerOf(headers, 'content-type').replace(/;.*$/s, '').trim().toLowerCase();
}
