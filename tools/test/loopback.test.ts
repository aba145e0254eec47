import { connect, createServer } from 'node:net';
import { once } from 'node:events';
import { expect, it } from 'vitest';

it('refuses other machines before a packet leaves', async () => {
  expect(() => connect(443, '192.0.2.1')).toThrow(/tests talk to this machine only/);
  const cause = await fetch('http://192.0.2.1/').catch((error: Error) => error.cause);
  expect(cause).toMatchObject({ message: expect.stringContaining("connect to '192.0.2.1'") as unknown });
});

it('allows this machine', async () => {
  const server = createServer((socket) => socket.end('hello')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const socket = connect({ port, host: '127.0.0.1' });
  const [data] = (await once(socket, 'data')) as [Buffer];
  expect(data.toString()).toBe('hello');
  server.close();
});
