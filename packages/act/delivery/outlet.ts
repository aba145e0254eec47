import { Agent as PlainAgent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import type { SinkContext } from '#model/sink.ts';
import { ActError, systemCode } from '../act-error.ts';
import { invalid, isLoopback, shownAddress, webAddress } from './address.ts';
import { exchange, SilentReceiver, type HttpAnswer, type HttpRequest } from './exchange.ts';
import { retryAfter, withRetries } from './retry.ts';
import { Settings } from './settings.ts';

export interface Call {
  readonly method?: HttpRequest['method'];
  /** The address itself when it is left out. */
  readonly url?: URL;
  /** Made anew for each attempt: some hold the time. */
  readonly headers?: () => { readonly [name: string]: string };
  readonly body?: string;
  /** Looks at an answer with 2xx, throws ActError when the receiver did not take it after all. */
  readonly judge?: (answer: HttpAnswer) => void;
}

export interface OutletOptions {
  /** Statuses that may pass by themselves; the usual ones when it is left out. */
  readonly passing?: (status: number) => boolean;
}

const usualPassing = (status: number): boolean => status === 408 || status === 429 || status >= 500;

/** What is said to whoever comes, whatever they bring. */
const closed: ReadonlySet<number> = new Set([401, 402, 403, 404, 405, 407, 410]);

/** Certificates that don't hold: a later attempt gives the same, and a person should look. */
const untrusted = /^(?:CERT_|ERR_TLS_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/;

/** The HTTP side of one sink: one address, one connection at a time, retries, and errors that show no secret. */
export class Outlet {
  readonly url: URL;
  readonly settings: Settings;
  private readonly ctx: SinkContext;
  private readonly agent: PlainAgent | SecureAgent;
  private readonly timeout: number;
  private readonly passing: (status: number) => boolean;

  constructor(sink: string, address: string, ctx: SinkContext, { passing = usualPassing }: OutletOptions = {}) {
    this.ctx = ctx;
    this.settings = new Settings(sink, ctx);
    this.url = webAddress(sink, address);
    for (const part of [...this.url.pathname.split('/'), ...this.url.searchParams.values()]) if (part.length >= 16) this.settings.hide(part);
    this.timeout = this.settings.seconds('timeout', 10);
    this.passing = passing;
    const tls = { ca: this.settings.text('tls-ca'), cert: this.settings.text('tls-cert'), key: this.settings.text('tls-key') };
    const shared = { keepAlive: true, maxSockets: 1, maxFreeSockets: 1 };
    this.agent = this.url.protocol === 'https:' ? new SecureAgent({ ...shared, ...tls }) : new PlainAgent(shared);
  }

  /** A credential that is sent as it is: never in clear text over a network. */
  credential(sink: string, name: string): string | undefined {
    const value = this.settings.line(name);
    if (value !== undefined && this.url.protocol === 'http:' && !isLoopback(this.url)) {
      throw invalid(sink, this.url, `would send the setting '${name}' in clear text; use https`);
    }
    return value;
  }

  /** Resolves with an answer of 2xx that `judge` let pass. */
  send(call: Call): Promise<HttpAnswer> {
    return withRetries(this.ctx, () => this.attempt(call));
  }

  close(): Promise<void> {
    this.agent.destroy();
    return Promise.resolve();
  }

  refused(what: string, code: 'receiver-refused' | 'receiver-closed' = 'receiver-refused'): ActError {
    return new ActError(code, `${shownAddress(this.url)} ${this.settings.shown(what)}`);
  }

  unclear(answer: HttpAnswer): ActError {
    return new ActError('answer-unclear', `${shownAddress(this.url)} answered ${answer.status} with something else than was expected (${this.excerpt(answer)}); check that the address is that of the right receiver`);
  }

  private async attempt(call: Call): Promise<HttpAnswer> {
    const { name, version } = this.ctx.product;
    const url = call.url ?? this.url;
    const headers = { 'user-agent': `${name}/${version}`, accept: '*/*', ...(call.body === undefined ? {} : { 'content-type': 'application/json' }), ...call.headers?.() };
    const request: HttpRequest = { method: call.method ?? 'POST', url, headers, ...(call.body === undefined ? {} : { body: call.body }) };
    const answer = await exchange(request, { agent: this.agent, timeout: this.timeout, stop: this.ctx.signal }).catch((error: unknown) => {
      throw this.explain(error);
    });
    if (answer.status >= 200 && answer.status < 300) call.judge?.(answer);
    else throw this.rejection(answer);
    return answer;
  }

  private explain(error: unknown): ActError {
    if (error instanceof ActError) return error;
    const place = shownAddress(this.url);
    if (error instanceof SilentReceiver) {
      return new ActError('receiver-silent', `${place} did not answer within ${this.timeout / 1_000} s; check that it is well, or raise the setting 'timeout'`);
    }
    const code = systemCode(error);
    if (untrusted.test(code)) {
      return new ActError('receiver-untrusted', `${place} could not prove who it is (${code}); name the authority that signed its certificate with the setting 'tls-ca'`);
    }
    return new ActError('receiver-unreachable', `${place} cannot be reached (${code}); check the address and the network`);
  }

  private rejection(answer: HttpAnswer): ActError {
    const { status } = answer;
    const said = `${shownAddress(this.url)} answered ${status}${answer.text === '' ? '' : ` (${this.excerpt(answer)})`}`;
    if (status >= 300 && status < 400) return new ActError('receiver-closed', `${said}, which points elsewhere and is not followed; give the address it really has`);
    if (!this.passing(status)) return new ActError(closed.has(status) ? 'receiver-closed' : 'receiver-refused', `${said}; ${adviceFor(status)}`);
    const wait = retryAfter(answer.headers.get('retry-after'), this.ctx.clock());
    return new ActError('receiver-busy', said, wait === undefined ? {} : { retryAfter: wait });
  }

  private excerpt({ text }: HttpAnswer): string {
    return this.settings.shown(text.trim()) || 'nothing';
  }
}

function adviceFor(status: number): string {
  if (status === 401 || status === 403) return 'check the secret and what it may do';
  if (status === 404 || status === 405 || status === 410) return 'check the address';
  if (status === 413) return 'the notice is too large for it';
  return 'the receiver does not want this notice; its own log may say why';
}
