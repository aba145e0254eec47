import { isIP } from 'node:net';
import type { ConsumerOptions } from '@platformatic/kafka';
import type { SourceContext } from '#model/intake.ts';
import { type Address, hostAndPort, isLoopback } from '../address.ts';
import { SourceError } from '../source-error.ts';

const mechanisms = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'OAUTHBEARER'] as const;

export type Connecting = ConsumerOptions<Buffer, Buffer, Buffer, Buffer>;

/** Settings: `sasl-basic` (user:password), `sasl-token` for OAUTHBEARER, `tls-ca`, and `tls-cert` with `tls-key` where the broker asks for a certificate. */
export function connectingOf(address: Address, ctx: SourceContext): Connecting {
  const tls = address.scheme === 'kafka+tls:';
  const [ca, cert, key] = [ctx.setting('tls-ca'), ctx.setting('tls-cert'), ctx.setting('tls-key')];
  const sasl = saslOf(address, ctx);
  if (sasl !== undefined && !tls && !isLoopback(address.host)) {
    ctx.onDiagnostic({ code: 'source-exposed', path: address.shown, message: `the password goes to ${address.host} in the clear: use kafka+tls` });
  }
  return {
    clientId: 'watchward',
    groupId: address.options.get('group') ?? 'watchward',
    bootstrapBrokers: [hostAndPort(address.host, address.port)],
    autocreateTopics: false,
    retries: 0,
    connectTimeout: 5000,
    requestTimeout: 15_000,
    ...(tls ? { tls: { ...(ca === undefined ? {} : { ca }), ...(cert === undefined || key === undefined ? {} : { cert, key }) }, ...(isIP(address.host) === 0 ? { tlsServerName: true } : {}) } : {}),
    ...(sasl === undefined ? {} : { sasl }),
  };
}

function saslOf(address: Address, ctx: SourceContext): Connecting['sasl'] {
  const wanted = address.options.get('sasl');
  if (wanted === undefined) return undefined;
  const mechanism = mechanisms.find((name) => name === wanted.toUpperCase());
  if (mechanism === undefined) throw new SourceError('address-invalid', `sasl in the address of ${address.shown} may be ${mechanisms.join(', ')}`);
  if (mechanism === 'OAUTHBEARER') return { mechanism, token: needed(address, ctx, 'sasl-token') };
  const basic = needed(address, ctx, 'sasl-basic');
  const colon = basic.indexOf(':');
  if (colon < 0) throw new SourceError('setting-invalid', `the setting sasl-basic of ${address.shown} is not of the form user:password`);
  return { mechanism, username: basic.slice(0, colon), password: basic.slice(colon + 1) };
}

function needed(address: Address, ctx: SourceContext, name: string): string {
  const value = ctx.setting(name)?.trim();
  if (value === undefined || value === '') throw new SourceError('setting-missing', `${address.shown} needs the setting ${name}`);
  return value;
}
