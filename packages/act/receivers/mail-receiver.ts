/** A mail server on loopback, strict where real ones are (RFC 5321), that records what it took. For tests only. */
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Received, Receiver } from './received.ts';

export interface MailBehaviour {
  readonly tls?: { readonly cert: string; readonly key: string };
  /** `user` and `password` that AUTH PLAIN has to give. */
  readonly login?: { readonly user: string; readonly password: string };
  /** An answer instead of the usual one; `hang` says nothing, `cut` closes. */
  readonly reply?: (command: string, index: number) => string | undefined;
}

interface Dialogue {
  from: string;
  to: string[];
  loggedIn: boolean;
  data: boolean;
}

export async function mailReceiver(behaviour: MailBehaviour = {}): Promise<Receiver & { readonly commands: readonly string[] }> {
  const received: Received[] = [];
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    converse(socket, behaviour, { received, commands }, false);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    at: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    commands,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    }),
  };
}

interface Records {
  readonly received: Received[];
  readonly commands: string[];
}

function converse(socket: Socket, behaviour: MailBehaviour, records: Records, secured: boolean): void {
  const state: Dialogue = { from: '', to: [], loggedIn: behaviour.login === undefined, data: false };
  const say = (text: string): void => {
    if (text === 'cut') socket.destroy();
    else if (text !== 'hang') socket.write(`${text}\r\n`);
  };
  let rest = '';
  const onData = (chunk: Buffer): void => {
    rest += chunk.toString('latin1');
    for (;;) {
      const end = rest.indexOf(state.data ? '\r\n.\r\n' : '\r\n');
      if (end < 0) return;
      const text = rest.slice(0, end);
      rest = rest.slice(end + (state.data ? 5 : 2));
      const command = state.data ? 'message' : text;
      records.commands.push(command);
      const odd = behaviour.reply?.(command, records.commands.length - 1);
      if (odd !== undefined) {
        state.data = false;
        say(odd);
      } else if (state.data) {
        state.data = false;
        records.received.push({ line: `MAIL ${state.from} to ${state.to.join(',')}`, headers: headersOf(text), body: text });
        say('250 2.0.0 queued');
      } else if (/^STARTTLS$/i.test(text) && behaviour.tls !== undefined) {
        say('220 2.0.0 go ahead');
        socket.off('data', onData);
        return converse(new TLSSocket(socket, { isServer: true, ...behaviour.tls }), behaviour, records, true);
      } else say(replyTo(text, state, behaviour, secured));
    }
  };
  socket.on('error', () => undefined);
  socket.on('data', onData);
  if (!secured) say(behaviour.reply?.('greeting', -1) ?? '220 mail.test ESMTP');
}

function replyTo(text: string, state: Dialogue, { login, tls }: MailBehaviour, secured: boolean): string {
  if (/^EHLO /i.test(text)) return ['250-mail.test', ...(tls !== undefined && !secured ? ['250-STARTTLS'] : []), ...(login === undefined ? [] : ['250-AUTH PLAIN']), '250 8BITMIME'].join('\r\n');
  if (/^AUTH PLAIN /i.test(text)) {
    const given = Buffer.from(text.slice(11), 'base64').toString('utf8');
    state.loggedIn = given === `\0${login?.user}\0${login?.password}`;
    return state.loggedIn ? '235 2.7.0 welcome' : `535 5.7.8 no: ${given.split('\0').join(' ')}`;
  }
  const mailbox = /^(?:MAIL FROM|RCPT TO):<([^<>\s]*)>/i.exec(text)?.[1];
  if (mailbox !== undefined && !state.loggedIn) return '530 5.7.0 log in first';
  if (/^MAIL/i.test(text)) [state.from, state.to] = [mailbox ?? '', []];
  else if (/^RCPT/i.test(text)) state.to.push(mailbox ?? '');
  else if (/^DATA$/i.test(text)) state.data = true;
  else if (/^QUIT$/i.test(text)) return '221 2.0.0 bye';
  else return '500 5.5.1 what?';
  return state.data ? '354 go on' : '250 2.1.0 ok';
}

/** RFC 5322 §2.2: names, unfolded values. */
function headersOf(text: string): ReadonlyMap<string, string> {
  const [head = ''] = text.split('\r\n\r\n');
  const lines = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
  return new Map(lines.map((line) => {
    const at = line.indexOf(':');
    return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()] as const;
  }));
}
