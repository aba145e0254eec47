import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { EventSourceCases } from '../event-source-cases.ts';
import { offsetsOf, positionOf } from '../kafka/topic-source.ts';
import type { SourceStage } from '../source-stage.ts';

/** A peer that answers whatever it is asked with the same bytes, and ends. What a real broker says, `kafka.deep.test.ts` tests. */
async function impostor(stage: SourceStage): Promise<{ port: number; bytes: Uint8Array }> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', () => socket.end(found.bytes));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stage.whenCleared(() => void server.close());
  const found = { port: (server.address() as { port: number }).port, bytes: new Uint8Array() };
  return found;
}

export default {
  async subject(stage) {
    const peer = await impostor(stage);
    const address = `kafka://127.0.0.1:${peer.port}/audit`;
    return {
      async meet(bytes) {
        // As they are, and as the body of an answer to the first request.
        const prefix = Buffer.alloc(8);
        prefix.writeUInt32BE(bytes.length + 4);
        for (const answer of [bytes, Buffer.concat([prefix, bytes])]) {
          peer.bytes = answer;
          await stage.read(address);
        }
        ok(stage.said(/the topic could not be read/));
      },
    };
  },
  checks: [
    {
      name: 'a broker that is away is told and tried again, until the run ends',
      async run(stage) {
        const reading = stage.read('kafka://127.0.0.1:1/audit', { follow: true });
        await stage.until(() => stage.said(/the topic could not be read \(ECONNREFUSED\); it is tried again/), () => `a diagnostic; there is ${JSON.stringify(stage.diagnostics)}`);
        await stage.abort();
        await reading;
        equal(stage.records.length, 0);
      },
    },
    {
      name: 'a position is offsets by partition, and what is none is not read',
      run() {
        deepEqual(positionOf(new Map([[10, 5n], [2, 9_007_199_254_740_993n]])), { offsets: { 2: '9007199254740993', 10: '5' } });
        deepEqual(offsetsOf(positionOf(new Map([[0, 7n]]))), new Map([[0, 7n]]));
        for (const broken of [undefined, {}, { offsets: 7 }, { offsets: { x: '1', 0: 'y', 1: -1 } }]) equal(offsetsOf(broken).size, 0);
        return Promise.resolve();
      },
    },
    {
      name: 'says what is wrong in its address and its settings, without quoting them',
      run(stage) {
        throws(() => stage.open('kafka://127.0.0.1:9092'), /names no topic/);
        throws(() => stage.open('kafka://127.0.0.1:9092/a/b'), /names no topic/);
        throws(() => stage.open('kafka://127.0.0.1:9092/a?from=middle'), /earliest or latest/);
        throws(() => stage.open('kafka://127.0.0.1:9092/a?sasl=MD5'), /SCRAM-SHA-512/);
        throws(() => stage.open('kafka://127.0.0.1:9092/a?sasl=plain'), /the setting sasl-basic/);
        throws(() => stage.open('kafka://127.0.0.1:9092/a?sasl=plain', { 'sasl-basic': 'hunter2' }), (error) => error instanceof Error && !error.message.includes('hunter2'));
        stage.open('kafka://broker.example:9092/a?sasl=plain', { 'sasl-basic': 'mira:hunter2' });
        ok(stage.said(/in the clear: use kafka\+tls/));
        ok(!stage.said(/hunter2/));
        return Promise.resolve();
      },
    },
  ],
  limits: [],
} satisfies EventSourceCases;
