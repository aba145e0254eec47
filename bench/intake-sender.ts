/** Sends as fast as it is let: `intake-sender.ts syslog|http PORT RECORDS`. A process of its own, so that the listener has its own core. */
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';

const [kind = '', port = '', records = ''] = process.argv.slice(2);
const perChunk = 1000;
const connections = 4;

const line = (at: number): string => `<86>Mar  4 05:06:${String(at % 60).padStart(2, '0')} web-${at % 40} sshd[${1000 + (at % 9000)}]: Accepted publickey for deploy${at % 500} from 10.${at % 256}.3.${at % 250} port ${20_000 + (at % 40_000)} ssh2: ED25519 SHA256:${'x'.repeat(43)}`;

const event = (at: number): string => JSON.stringify({
  eventVersion: '1.08', eventTime: '2026-03-04T05:06:07Z', eventName: 'GetObject', eventSource: 's3.amazonaws.com', awsRegion: 'eu-central-1', sourceIPAddress: `10.${at % 256}.3.${at % 250}`,
  userAgent: 'aws-cli/2.15', userIdentity: { type: 'AssumedRole', principalId: `AROA${at % 900}:build`, accountId: '123456789012' }, requestParameters: { bucketName: `artifacts-${at % 30}`, key: `builds/${at}.tgz` }, eventID: `e-${at}`, readOnly: true,
});

function chunkOf(make: (at: number) => string): Buffer {
  return Buffer.from(`${Array.from({ length: perChunk }, (_, at) => make(at)).join('\n')}\n`);
}

async function sendSyslog(chunks: number): Promise<void> {
  const chunk = chunkOf(line);
  const socket = connect({ host: '127.0.0.1', port: Number(port) });
  for (let at = 0; at < chunks; at += 1) if (!socket.write(chunk)) await once(socket, 'drain');
  socket.end();
  await once(socket.resume(), 'close');
}

function post(agent: Agent, body: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/x-ndjson', 'content-length': body.length };
    request({ host: '127.0.0.1', port, method: 'POST', path: '/', agent, headers }, (response) => {
      response.resume().on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(`status ${response.statusCode ?? 0}`))));
    }).on('error', reject).end(body);
  });
}

async function sendHttp(chunks: number): Promise<void> {
  const body = chunkOf(event);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let left = chunks;
  await Promise.all(Array.from({ length: connections }, async () => {
    while ((left -= 1) >= 0) await post(agent, body);
  }));
  agent.destroy();
}

await (kind === 'syslog' ? sendSyslog : sendHttp)(Number(records) / perChunk);
