import { defineSink } from '#model/sink.ts';
import type { Notice } from '#model/sink.ts';
import { ActError, systemCode } from '../act-error.ts';
import { invalid, isLoopback, parameter, requiredParameter, shownAddress, socketAddress } from '../delivery/address.ts';
import { inOrder } from '../delivery/in-order.ts';
import { SilentReceiver } from '../delivery/exchange.ts';
import { withRetries } from '../delivery/retry.ts';
import { Settings } from '../delivery/settings.ts';
import { mailMessage } from '../mail/message.ts';
import { MailSession, type MailServer } from '../mail/session.ts';
import { tell } from '../notice-words.ts';

const recipientsMost = 50;

export default defineSink({
  id: 'email',
  title: 'E-mail by SMTP: text and HTML, one thread an incident',
  schemes: ['smtp:', 'smtps:'],
  examples: ['smtp://mail.example.com:587?from=watchward@example.com&to=oncall@example.com', 'smtps://mail.example.com?from=watchward@example.com&to=oncall@example.com'],
  network: 'connect',
  // People get incidents: the signals are in them.
  takes: ['incident'],
  open(address, ctx) {
    const url = socketAddress('email', address, ['smtp:', 'smtps:']);
    const settings = new Settings('email', ctx);
    const [from = ''] = mailboxes(url, 'from', 1);
    const to = mailboxes(url, 'to', recipientsMost);
    const server = serverOf(url, settings);
    const session = new MailSession(server, ctx.signal);
    const deliver = async (notice: Notice): Promise<void> => {
      const message = await mailMessage(tell(notice), { from, to, date: ctx.clock() });
      await withRetries(ctx, () => session.send({ from, to }, message).catch((error: unknown) => {
        throw explain(error, url, settings, server);
      }));
    };
    return { deliver: (notices) => inOrder(notices, deliver), close: () => session.close() };
  },
});

function serverOf(url: URL, settings: Settings): MailServer {
  const secure = url.protocol === 'smtps:';
  const user = settings.line('user');
  const password = settings.line('password');
  const plain = parameter(url, 'starttls') === 'never' || isLoopback(url);
  if (!secure && plain && password !== undefined && !isLoopback(url)) throw invalid('email', url, "would send the setting 'password' in clear text; leave out 'starttls=never'");
  const timeout = settings.seconds('timeout', 30);
  if (password !== undefined) settings.hide(Buffer.from(`\0${user}\0${password}`).toString('base64'));
  return {
    timeout,
    login: user === undefined || password === undefined ? undefined : { user, pass: password },
    options: {
      host: url.hostname.replaceAll(/^\[|\]$/g, ''), port: url.port === '' ? (secure ? 465 : 587) : Number(url.port), secure, requireTLS: !secure && !plain,
      tls: { ca: settings.text('tls-ca') }, connectionTimeout: timeout, greetingTimeout: timeout, socketTimeout: timeout, dnsTimeout: timeout, socketCloseTimeout: 0,
      maxResponseSize: 64 * 1024,
    },
  };
}

function mailboxes(url: URL, name: string, most: number): readonly string[] {
  const list = requiredParameter('email', url, name, 'someone@example.com').split(',').map((one) => one.trim());
  const wrong = list.some((one) => !/^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,253}[A-Za-z0-9])?$/.test(one));
  if (wrong || list.length > most) throw invalid('email', url, `has a '${name}' that is not ${most === 1 ? 'one address' : `1 to ${most} addresses, apart by commas`}`);
  return list;
}

function explain(error: unknown, url: URL, settings: Settings, { timeout }: MailServer): ActError {
  if (error instanceof ActError) return error;
  const place = shownAddress(url);
  const code = systemCode(error);
  if (error instanceof SilentReceiver || code === 'ETIMEDOUT') {
    return new ActError('receiver-silent', `${place} did not take the message within ${timeout / 1_000} s; check that it is well, or raise the setting 'timeout'`);
  }
  const status = statusOf(error);
  if (code === 'EAUTH') return new ActError('receiver-closed', `${place} did not accept the settings 'user' and 'password' (${status ?? 'no login offered'}); check them`);
  const said = settings.shown(error instanceof Error ? error.message : '');
  if (status !== undefined && status >= 500) return new ActError(code === 'EENVELOPE' ? 'receiver-closed' : 'receiver-refused', `${place} refused the message (${said}); check 'from' and 'to'`);
  if (status !== undefined && status >= 400) return new ActError('receiver-busy', `${place} put the message off (${said})`);
  if (code === 'ETLS') return new ActError('receiver-untrusted', `${place} offers no TLS that can be trusted; name its authority with the setting 'tls-ca', or use smtps:`);
  if (code === 'EPROTOCOL') return new ActError('answer-unclear', `${place} does not speak as a mail server does; check host and port`);
  return new ActError('receiver-unreachable', `${place} cannot be reached (${code}); check the address and the network`);
}

function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : undefined;
}
