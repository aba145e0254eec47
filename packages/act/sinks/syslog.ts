import { hostname } from 'node:os';
import { defineSink } from '#model/sink.ts';
import type { Notice } from '#model/sink.ts';
import { ActError, systemCode } from '../act-error.ts';
import { parameter, shownAddress, socketAddress, wholeParameter } from '../delivery/address.ts';
import { SilentReceiver } from '../delivery/exchange.ts';
import { inChunks } from '../delivery/in-order.ts';
import { withRetries } from '../delivery/retry.ts';
import { Settings } from '../delivery/settings.ts';
import { tell } from '../notice-words.ts';
import { syslogMessage } from '../syslog/message.ts';
import { sendDatagrams, sendStream } from '../syslog/transport.ts';

/** RFC 5426 §3.2 and RFC 5425 §4.3.1: what every receiver should be able to take. */
const sizes = { datagram: 2_048, stream: 8_192 } as const;
const messagesPerConnection = 500;
const ports: Readonly<Record<string, number>> = { 'syslog+udp:': 514, 'syslog+tcp:': 601, 'syslog+tls:': 6514 };

export default defineSink({
  id: 'syslog',
  title: 'Syslog, RFC 5424 with structured data, by UDP, TCP or TLS',
  schemes: ['syslog+udp:', 'syslog+tcp:', 'syslog+tls:'],
  examples: ['syslog+tls://siem.example.com:6514', 'syslog+udp://127.0.0.1:514'],
  network: 'connect',
  takes: ['signal', 'incident'],
  open(address, ctx) {
    const url = socketAddress('syslog', address, ['syslog+udp:', 'syslog+tcp:', 'syslog+tls:']);
    const settings = new Settings('syslog', ctx);
    const datagrams = url.protocol === 'syslog+udp:';
    const most = wholeParameter('syslog', url, 'max', { usual: datagrams ? sizes.datagram : sizes.stream, least: 480, most: datagrams ? 65_000 : 1_000_000 });
    const host = parameter(url, 'host') ?? hostname();
    const tls = url.protocol === 'syslog+tls:' ? { ca: settings.text('tls-ca'), cert: settings.text('tls-cert'), key: settings.text('tls-key') } : undefined;
    const receiver = {
      host: url.hostname.replaceAll(/^\[|\]$/g, ''), port: url.port === '' ? (ports[url.protocol] ?? 514) : Number(url.port), stop: ctx.signal, timeout: settings.seconds('timeout', 10),
    };
    const deliver = async (notices: readonly Notice[]): Promise<void> => {
      const messages = notices.map((notice) => messageOf(notice, host, most));
      await withRetries(ctx, () => (datagrams ? sendDatagrams(messages, receiver) : sendStream(messages, receiver, tls)).catch((error: unknown) => {
        throw explain(error, url, receiver.timeout);
      }));
    };
    return { deliver: (notices) => inChunks(notices, messagesPerConnection, deliver), close: () => Promise.resolve() };
  },
});

function messageOf(notice: Notice, host: string, most: number): Buffer {
  const { kind } = notice;
  const time = notice.kind === 'signal' ? notice.signal.time : notice.incident.last;
  return syslogMessage(tell(notice), { host, kind, most, time });
}

function explain(error: unknown, url: URL, timeout: number): ActError {
  if (error instanceof ActError) return error;
  const place = shownAddress(url);
  if (error instanceof SilentReceiver) return new ActError('receiver-silent', `${place} did not finish within ${timeout / 1_000} s; check that it speaks syslog with octet counting`);
  const code = systemCode(error);
  if (/^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO)/.test(code)) {
    return new ActError('receiver-untrusted', `${place} could not prove who it is (${code}); name the authority that signed its certificate with the setting 'tls-ca'`);
  }
  return new ActError('receiver-unreachable', `${place} cannot be reached (${code}); check the address and the network`);
}
