import { defineEventSource } from '#model/intake.ts';
import { limitsOf, parseAddress } from '../address.ts';
import { listening } from '../listening.ts';
import { scrapeRounds } from '../prometheus/rounds.ts';
import { SourceError } from '../source-error.ts';

const limitDefaults = {
  /** Bytes of a page. */
  'max-page': 32 * 1_048_576,
  'max-samples': 200_000,
} as const;

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;
const longestWait = 10_000;

/** Remote write, which sends instead of being asked, is served by `http:`. */
export default defineEventSource({
  id: 'prometheus',
  title: 'Prometheus: asks a page of metrics again and again (text format 0.0.4, OpenMetrics)',
  schemes: ['prometheus+http:', 'prometheus+https:'],
  examples: ['prometheus+http://127.0.0.1:9100/metrics?every=15s'],
  network: 'connect',
  open(text, ctx) {
    const secure = text.startsWith('prometheus+https:');
    const address = parseAddress(text, secure ? 443 : 80, ['every', ...Object.keys(limitDefaults)]);
    const limits = limitsOf(address, limitDefaults);
    const every = intervalOf(address.options.get('every') ?? '15s');
    // Names of their own: a secret that guards a listener must not be sent to a target.
    const [token, basic] = [ctx.setting('scrape-token')?.trim(), ctx.setting('scrape-basic')?.trim()];
    const authorization = token !== undefined ? `Bearer ${token}` : basic !== undefined ? `Basic ${Buffer.from(basic).toString('base64')}` : undefined;
    if (authorization !== undefined && !/^[\t -~]+$/.test(authorization)) throw new SourceError('setting-invalid', `the setting scrape-token of ${address.shown} holds characters that no header may have`);
    const { host, port, path } = address;
    const target = { secure, host, port, path: path === '' || path === '/' ? '/metrics' : path, authorization, ca: ctx.setting('tls-ca'), timeout: Math.min(every, longestWait), limit: limits['max-page'] };
    return listening(address, ctx, Number.POSITIVE_INFINITY, (ear) => scrapeRounds(target, every, limits['max-samples'], ear));
  },
});

function intervalOf(text: string): number {
  const [, number = '', unit = ''] = /^([1-9]\d{0,5})(ms|s|m|h)$/.exec(text) ?? [];
  if (number === '') throw new SourceError('address-invalid', 'every in the address of a prometheus source is no time such as 15s or 1m');
  return Number(number) * units[unit as keyof typeof units];
}
