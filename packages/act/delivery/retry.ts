import type { SinkContext } from '#model/sink.ts';
import { ActError } from '../act-error.ts';
import { stopped } from './stopping.ts';

const attempts = 5;
const firstPause = 500;
const longestPause = 30_000;
/** A receiver that asks for more is left to the next round of whoever hands on. */
const longestObeyed = 60_000;

/** Codes that mean: the same may be taken in a moment. */
const passing = new Set(['receiver-unreachable', 'receiver-silent', 'receiver-busy']);

/** Tries again with growing pauses, half of each by chance, so that many senders don't come back together. */
export async function withRetries<T>(ctx: SinkContext, attempt: () => Promise<T>): Promise<T> {
  for (let number = 1; ; number++) {
    if (ctx.signal.aborted) throw stopped();
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ActError) || !passing.has(error.code)) throw error;
      if (number >= attempts || (error.retryAfter ?? 0) > longestObeyed) throw lasting(error, number);
      const pause = Math.min(longestPause, firstPause * 2 ** (number - 1)) * (0.5 + ctx.random() / 2);
      await ctx.wait(Math.max(Math.round(pause), error.retryAfter ?? 0));
    }
  }
}

function lasting(error: ActError, tried: number): ActError {
  const times = tried === 1 ? '' : ` (tried ${tried} times)`;
  return new ActError(error.code, `${error.message}${times}; it is kept and handed on again later`, {
    cause: error.cause, ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
  });
}

/** RFC 9110 §10.2.3: a number of seconds or a date; undefined when it is neither. */
export function retryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1_000;
  const date = /^[A-Z][a-z]{2}, /.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
