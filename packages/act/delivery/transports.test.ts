import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Notice } from '#model/sink.ts';
import type { ActError } from '../act-error.ts';
import { makeCertificate } from '../receivers/certificate.ts';
import { datagramReceiver, frameReceiver } from '../receivers/frame-receiver.ts';
import { mailReceiver, type MailBehaviour } from '../receivers/mail-receiver.ts';
import { makePlay, type Play } from '../receivers/play.ts';
import { webReceiver } from '../receivers/web-receiver.ts';
import { incidentNotice, signalNotice } from '../sample-notices.ts';
import email from '../sinks/email.ts';
import ocsfFile from '../sinks/ocsf-file.ts';
import syslog from '../sinks/syslog.ts';
import webhook from '../sinks/webhook.ts';

const certificate = makeCertificate();
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'watchward-sink-'));
  folders.push(folder);
  return folder;
}

/** The error of a delivery, undefined when all went well. */
async function deliver(sink: typeof email, address: string, play: Play, notices: readonly Notice[] = [incidentNotice()]): Promise<ActError | undefined> {
  const open = sink.open(address, play.ctx);
  const error = await open.deliver(notices).then(() => undefined, (reason: unknown) => reason as ActError);
  await open.close();
  return error;
}

describe('TLS', () => {
  const settings = { secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}` };

  it('is checked: a certificate that nobody vouches for ends it at once, one whose authority is named is taken', async () => {
    const receiver = await webReceiver(() => ({ status: 200 }), certificate);
    const address = `webhook+${receiver.at}/`;
    const refused = await deliver(webhook, address, makePlay(settings));
    expect(refused).toMatchObject({ code: 'receiver-untrusted', later: true });
    expect(refused?.message).toMatch(/'tls-ca'/);
    expect(receiver.received).toEqual([]);
    expect(await deliver(webhook, address, makePlay({ ...settings, 'tls-ca': certificate.cert }))).toBeUndefined();
    expect(receiver.received.length).toBe(1);
    await receiver.close();
  });
});

describe('several notices', () => {
  it('an error says how many the receiver has', async () => {
    const receiver = await webReceiver((_, index) => ({ status: index === 2 ? 422 : 200 }));
    const play = makePlay({ secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}` });
    const error = await deliver(webhook, `webhook+${receiver.at}/`, play, [incidentNotice(1), incidentNotice(2), incidentNotice(3), signalNotice()]);
    expect(error).toMatchObject({ code: 'receiver-refused', later: false, delivered: 2 });
    expect(receiver.received.length).toBe(3);
    await receiver.close();
  });
});

describe('e-mail', () => {
  const address = (at: string, rest = ''): string => `smtp://${at}?from=a@example.com&to=b@example.com${rest}`;

  async function mailed(behaviour: MailBehaviour, settings: Record<string, string> = {}, abortAfter?: number): Promise<{ error: ActError | undefined; count: number; commands: readonly string[]; milliseconds: number }> {
    const receiver = await mailReceiver(behaviour);
    const play = makePlay({ timeout: '5', ...settings });
    if (abortAfter !== undefined) setTimeout(() => play.abort(), abortAfter);
    const started = performance.now();
    const error = await deliver(email, address(receiver.at), play);
    const milliseconds = performance.now() - started;
    await receiver.close();
    return { error, count: receiver.received.length, commands: receiver.commands, milliseconds };
  }

  it('tries again what is put off, once for each time', async () => {
    let put = 0;
    const { count, error } = await mailed({ reply: (command) => (command === 'message' && put++ < 2 ? '451 4.3.0 try later' : undefined) });
    expect([error, count, put]).toEqual([undefined, 1, 3]);
  });

  it('takes 5xx for a no', async () => {
    const { commands, error } = await mailed({ reply: (command) => (command.startsWith('RCPT') ? '550 5.1.1 nobody of that name' : undefined) });
    expect(error).toMatchObject({ code: 'receiver-closed', later: true });
    expect(error?.message).toContain('nobody of that name');
    expect(commands.filter((command) => command.startsWith('RCPT')).length).toBe(1);
  });

  it('shows no password, not even one that comes back', async () => {
    const { error } = await mailed({ login: { user: 'x', password: 'y' } }, { user: 'mailer', password: 'password-made-up' });
    expect(error).toMatchObject({ code: 'receiver-closed' });
    expect(`${error?.message} ${error?.stack}`).not.toContain('password-made-up');
  });

  it('speaks TLS after STARTTLS, and logs in only then', async () => {
    const login = { user: 'mailer', password: 'password-made-up' };
    const { commands, count, error } = await mailed({ tls: certificate, login }, { ...login, 'tls-ca': certificate.cert });
    expect([error, count]).toEqual([undefined, 1]);
    expect(commands.findIndex((command) => command.startsWith('AUTH'))).toBeGreaterThan(commands.indexOf('STARTTLS'));
  });

  it('wants TLS from a server that is not on this machine', () => {
    const { ctx } = makePlay({ user: 'u', password: 'password-made-up' });
    expect(() => email.open(address('mail.example.com', '&starttls=never'), ctx)).toThrow(/clear text/);
  });

  it.each([['greeting', 'greeting'], ['message', 'message']])('does not wait without end at the %s', async (_, where) => {
    const { error } = await mailed({ reply: (command) => (command === where ? 'hang' : undefined) }, { timeout: '0.1' });
    expect(error).toMatchObject({ code: 'receiver-silent' });
  });

  it('ends soon when it is stopped', async () => {
    const { error, milliseconds } = await mailed({ reply: (command) => (command.startsWith('EHLO') ? 'hang' : undefined) }, {}, 50);
    expect(error).toMatchObject({ code: 'stopped' });
    expect(milliseconds).toBeLessThan(4_000);
  });

  it.each(['SSH-2.0-x', '', '\u0000\u0001', '999 what', 'cut', `220-${'x'.repeat(200_000)}`])('comes to no harm by the greeting %j', async (greeting) => {
    const { error } = await mailed({ reply: (command) => (command === 'greeting' ? greeting : undefined) }, { timeout: '0.3' });
    expect(error?.name).toBe('ActError');
  });
});

describe('syslog', () => {
  const host = '?host=h';

  it('sends one datagram a message, inside 2048 bytes', async () => {
    const receiver = await datagramReceiver();
    const error = await deliver(syslog, `syslog+udp://${receiver.at}${host}`, makePlay({}), [incidentNotice(), signalNotice({ message: 'é'.repeat(3_000), title: 'x'.repeat(3_000) })]);
    await receiver.close();
    expect(error).toBeUndefined();
    expect(receiver.received.length).toBe(2);
    for (const { headers } of receiver.received) expect(Number(headers.get('bytes'))).toBeLessThanOrEqual(2_048);
  });

  it('sends frames by TLS to one who can prove who it is', async () => {
    const receiver = await frameReceiver({ tls: certificate });
    const address = `syslog+tls://${receiver.at}${host}`;
    expect(await deliver(syslog, address, makePlay({}))).toMatchObject({ code: 'receiver-untrusted' });
    expect(await deliver(syslog, address, makePlay({ 'tls-ca': certificate.cert }), [incidentNotice(1), incidentNotice(2)])).toBeUndefined();
    expect(receiver.received.map(({ line }) => line)).toEqual(['frame', 'frame']);
    await receiver.close();
  });

  it('tries again when the connection is cut, and gives up on one that never ends', async () => {
    const cut = await frameReceiver({ onConnection: (socket, index) => (index < 2 ? (socket.resetAndDestroy(), 'handled') : 'read') });
    expect(await deliver(syslog, `syslog+tcp://${cut.at}${host}`, makePlay({}))).toBeUndefined();
    expect(cut.received.length).toBe(1);
    await cut.close();
    const silent = await frameReceiver({ onConnection: () => 'handled' });
    expect(await deliver(syslog, `syslog+tcp://${silent.at}${host}`, makePlay({ timeout: '0.1' }))).toMatchObject({ code: 'receiver-silent' });
    await silent.close();
  });

  it('ends soon when it is stopped', async () => {
    const receiver = await frameReceiver({ onConnection: () => 'handled' });
    const play = makePlay({});
    setTimeout(() => play.abort(), 50);
    const started = performance.now();
    expect(await deliver(syslog, `syslog+tcp://${receiver.at}${host}`, play)).toMatchObject({ code: 'stopped' });
    expect(performance.now() - started).toBeLessThan(4_000);
    await receiver.close();
  });
});

describe('a file of findings', () => {
  it('loses a half written line of a crash, and nothing else', async () => {
    const path = join(newFolder(), 'findings.jsonl');
    expect(await deliver(ocsfFile, `ocsf-file:${path}`, makePlay({}))).toBeUndefined();
    const whole = readFileSync(path, 'utf8');
    appendFileSync(path, `{"class_uid":2005,"message":"${'x'.repeat(200_000)}`);
    expect(await deliver(ocsfFile, `ocsf-file:${path}`, makePlay({}))).toBeUndefined();
    expect(readFileSync(path, 'utf8')).toBe(whole + whole);
  });

  it("leaves somebody else's file, folder or link alone", async () => {
    const folder = newFolder();
    const path = join(folder, 'notes.txt');
    writeFileSync(path, 'remember the milk');
    symlinkSync(path, join(folder, 'link'));
    for (const [target, code] of [[path, 'file-unwritable'], [folder, 'file-unwritable'], [join(folder, 'link'), 'file-unwritable'], [join(folder, 'none', 'x'), 'file-unwritable']] as const) {
      expect(await deliver(ocsfFile, `ocsf-file:${target}`, makePlay({}))).toMatchObject({ code });
    }
    expect(readFileSync(path, 'utf8')).toBe('remember the milk');
  });

  it('keeps as many full files as the address says', async () => {
    const path = join(newFolder(), 'f.jsonl');
    const big = (): Notice => signalNotice({ message: 'x'.repeat(8_000) });
    for (let turn = 0; turn < 6; turn++) await deliver(ocsfFile, `ocsf-file:${path}?rotate=1&keep=2`, makePlay({}), Array.from({ length: 60 }, big));
    expect(['f.jsonl', 'f.jsonl.1', 'f.jsonl.2', 'f.jsonl.3'].map((name) => existsSync(join(path, '..', name)))).toEqual([true, true, true, false]);
  });
});
