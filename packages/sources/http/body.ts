import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { constants, gunzip, inflate, inflateRaw, zstdDecompress } from 'node:zlib';
import { headerOf, Refusal } from './exchange.ts';
import type { HttpLimits } from './limits.ts';

/** Bytes of requests that are being read, of all connections together. */
export class Budget {
  readonly #limit: number;
  #taken = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  take(bytes: number): boolean {
    if (this.#taken > 0 && this.#taken + bytes > this.#limit) return false;
    this.#taken += bytes;
    return true;
  }

  give(bytes: number): void {
    this.#taken -= bytes;
  }
}

export interface Body {
  readonly bytes: Buffer;
  /** Gives the room in the budget back. */
  done(): void;
}

/** Reads a body whole, within the limits. `packed`: what it is packed in is no matter of the transport. */
export async function readBody(request: IncomingMessage, limits: HttpLimits, budget: Budget, packed: boolean): Promise<Body> {
  let held = 0;
  const hold = (bytes: number): void => {
    if (!budget.take(bytes)) throw new Refusal('busy', 'too many requests are being read at once; try again later');
    held += bytes;
  };
  const done = (): void => {
    budget.give(held);
    held = 0;
  };
  try {
    const announced = Number(headerOf(request.headers, 'content-length') || 0);
    if (announced > limits['max-request']) throw tooLarge(limits['max-request'], 'max-request');
    const raw = await readRaw(request, limits['max-request'], hold);
    const encoding = packed ? '' : headerOf(request.headers, 'content-encoding').trim().toLowerCase();
    if (encoding === '' || encoding === 'identity') return { bytes: raw, done };
    // Of the answer it is known only that it is within the limit.
    const bytes = raw.length === 0 ? raw : await unpack(raw, encoding, limits['max-expanded']);
    hold(bytes.length);
    return { bytes, done };
  } catch (error) {
    done();
    throw error;
  }
}

function readRaw(request: IncomingMessage, limit: number, hold: (bytes: number) => void): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    request.on('data', (part: Buffer) => {
      length += part.length;
      try {
        if (length > limit) throw tooLarge(limit, 'max-request');
        hold(part.length);
        parts.push(part);
      } catch (error) {
        request.removeAllListeners('data');
        reject(error as Error);
      }
    });
    request.on('end', () => resolve(parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)));
    request.on('error', () => reject(new Refusal('unreadable', 'the request ended before its body was whole')));
  });
}

function tooLarge(limit: number, name: string): Refusal {
  return new Refusal('too-large', `the body is larger than ${limit} bytes, which is the limit (${name}); send less at once`);
}

/** A window of more than 8 MB is asked of nobody (RFC 9659, section 3). */
const zstdWindow = { [constants.ZSTD_d_windowLogMax]: 23 };

async function unpack(bytes: Buffer, encoding: string, limit: number): Promise<Buffer> {
  const maxOutputLength = limit;
  try {
    if (encoding === 'gzip' || encoding === 'x-gzip') return await promisify(gunzip)(bytes, { maxOutputLength });
    if (encoding === 'zstd') return await promisify(zstdDecompress)(bytes, { maxOutputLength, params: zstdWindow });
    // RFC 9110, section 8.4.1.2: some peers send it without the wrapper of zlib.
    if (encoding === 'deflate') return await promisify(isZlib(bytes) ? inflate : inflateRaw)(bytes, { maxOutputLength });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limit, 'max-expanded');
    throw new Refusal('unreadable', `the body is no ${encoding}`);
  }
  throw new Refusal('unsupported', 'content-encoding may be gzip, deflate, zstd or identity');
}

/** RFC 1950, section 2.2. */
function isZlib(bytes: Buffer): boolean {
  const [first = 0, second = 0] = bytes;
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
}
