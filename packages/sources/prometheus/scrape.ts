import { type ClientRequest, type IncomingMessage, request as requestHttp, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { systemCode } from '../source-error.ts';

export interface ScrapeTarget {
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly authorization: string | undefined;
  /** PEM: whom to trust instead of the system's own. */
  readonly ca: string | undefined;
  readonly timeout: number;
  /** Bytes of a page, packed or not. */
  readonly limit: number;
}

export interface Page {
  readonly text: string;
  readonly openMetrics: boolean;
}

/** Why there is no page; safe to show. */
export class ScrapeFailure extends Error {}

const accept = 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5';

/** One page. Ends early when `stop` is called with the request in hand. */
export async function scrape(target: ScrapeTarget, started: (request: ClientRequest) => void): Promise<Page> {
  const response = await respond(target, started);
  if (response.statusCode !== 200) {
    response.destroy();
    // A redirection may lead anywhere, and the token would go with it.
    throw new ScrapeFailure(`it answered with status ${response.statusCode ?? 0}`);
  }
  const packed = await readAll(response, target.limit);
  const bytes = response.headers['content-encoding'] === 'gzip' ? await unpack(packed, target.limit) : packed;
  return { text: bytes.toString('utf8'), openMetrics: (response.headers['content-type'] ?? '').startsWith('application/openmetrics-text') };
}

function respond(target: ScrapeTarget, started: (request: ClientRequest) => void): Promise<IncomingMessage> {
  const { secure, host, port, path, authorization, ca, timeout } = target;
  const options: RequestOptions & { ca?: string } = {
    host, port, path, agent: false, signal: AbortSignal.timeout(timeout),
    headers: { accept, 'accept-encoding': 'gzip', 'x-prometheus-scrape-timeout-seconds': String(timeout / 1000), ...(authorization === undefined ? {} : { authorization }) },
    ...(ca === undefined ? {} : { ca }),
  };
  return new Promise((resolve, reject) => {
    const request = (secure ? requestHttps : requestHttp)(options, resolve);
    request.on('error', (error) => reject(new ScrapeFailure(`it cannot be reached (${error.name === 'AbortError' || error.name === 'TimeoutError' ? `no answer in ${timeout} ms` : systemCode(error)})`)));
    request.end();
    started(request);
  });
}

async function readAll(response: IncomingMessage, limit: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      length += part.length;
      if (length > limit) throw new ScrapeFailure(`its page is larger than ${limit} bytes, which is the limit (max-page)`);
      parts.push(part);
    }
  } catch (error) {
    throw error instanceof ScrapeFailure ? error : new ScrapeFailure('it ended before its page was whole');
  }
  return Buffer.concat(parts);
}

async function unpack(bytes: Buffer, limit: number): Promise<Buffer> {
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: limit });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw new ScrapeFailure(`its page is larger than ${limit} bytes, which is the limit (max-page)`);
    throw new ScrapeFailure('its page is no gzip');
  }
}
