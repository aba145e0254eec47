import type { CompressionAlgorithmValue, Producer } from '@platformatic/kafka';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import kafka from '../event-sources/kafka.ts';
import { SourceStage } from '../source-stage.ts';
import { brokerMissing, TestBroker } from './test-broker.ts';

/** The source against a real broker. Without java and mvn each test is skipped, and says why. */

const missing = brokerMissing();
let broker: TestBroker;
let topics = 0;

beforeAll(async () => {
  if (missing === undefined) broker = await TestBroker.start();
});
afterAll(async () => {
  if (missing === undefined) await broker.end();
});

async function withProducer<Result>(act: (producer: Producer<Buffer, Buffer, Buffer, Buffer>) => Promise<Result>): Promise<Result> {
  const { Producer: Sender } = await import('@platformatic/kafka');
  const producer = new Sender<Buffer, Buffer, Buffer, Buffer>({ clientId: 'test', bootstrapBrokers: broker.servers, retries: 20, retryDelay: 500 });
  try {
    return await act(producer);
  } finally {
    await producer.close();
  }
}

function send(topic: string, values: readonly (string | Buffer)[], { partition = 0, compression = 'none' as CompressionAlgorithmValue } = {}): Promise<unknown> {
  return withProducer((producer) => producer.send({ compression, messages: values.map((value) => ({ topic, partition, value: Buffer.from(value) })) }));
}

async function newTopic(partitions = 1): Promise<string> {
  const { Admin } = await import('@platformatic/kafka');
  const admin = new Admin({ clientId: 'test', bootstrapBrokers: broker.servers });
  const topic = `audit-${(topics += 1)}`;
  await admin.createTopics({ topics: [topic], partitions, replicas: 1 });
  await admin.close();
  return topic;
}

async function onStage<Result>(play: (stage: SourceStage) => Promise<Result>): Promise<Result> {
  const stage = new SourceStage(kafka);
  try {
    return await play(stage);
  } finally {
    await stage.clear();
  }
}

const at = (topic: string, options = ''): string => `kafka://127.0.0.1:${broker.port}/${topic}${options}`;
const numbers = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, index) => JSON.stringify({ n: from + index }));
const seen = (stage: SourceStage): number[] => stage.records.map(({ value }) => (value as { n: number }).n);

describe('kafka', () => {
  beforeEach(({ skip }) => {
    if (missing !== undefined) skip(missing);
  });

  it('reads what a topic holds, in every compression, its partitions in the order of time, and ends', async () => {
    const topic = await newTopic(2);
    const compressions: readonly CompressionAlgorithmValue[] = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];
    for (const [index, compression] of compressions.entries()) await send(topic, numbers(index * 10, index * 10 + 10), { partition: index % 2, compression });
    await onStage(async (stage) => {
      await stage.read(at(topic));
      // Written to one partition and the other in turn, read in the order of time.
      expect(seen(stage)).toEqual(Array.from({ length: 50 }, (_, n) => n));
      expect(stage.batches.at(-1)?.position).toEqual({ offsets: { 0: '30', 1: '20' } });
      expect(new Set(stage.records.map(({ source, sequence }) => `${source} ${sequence}`)).size).toBe(50);
      expect(stage.diagnostics).toEqual([]);
    });
  });

  it('gives from a position what comes after it, under the same numbers', async () => {
    const topic = await newTopic();
    for (let from = 0; from < 30; from += 10) await send(topic, numbers(from, from + 10));
    await onStage(async (stage) => {
      await stage.read(at(topic), { from: { offsets: { 0: '13' } } });
      expect(seen(stage)).toEqual(Array.from({ length: 17 }, (_, n) => 13 + n));
      expect(stage.records[0]?.sequence).toBe(14);
    });
  });

  it('takes lists and texts, passes over what says nothing, and hands what is no text to the dead letters', async () => {
    const topic = await newTopic();
    await send(topic, ['[{"n":1},{"n":2}]', 'a line', '', '{broken', Buffer.from([0xff, 0xfe, 0]), 'x'.repeat(2000), '{"n":3}']);
    await onStage(async (stage) => {
      await stage.read(at(topic, '?max-message=1000'));
      expect(stage.records.map(({ value }) => value)).toEqual([{ n: 1 }, { n: 2 }, 'a line', '{broken', { n: 3 }]);
      expect(stage.deadLetters.map(({ reason }) => reason)).toEqual(['no text', 'too-long']);
      expect(stage.said(/\(max-message\)/)).toBe(true);
    });
  });

  it('follows, begins at the end when it is told to, and ends within a second', async () => {
    const topic = await newTopic();
    await send(topic, numbers(0, 5));
    await onStage(async (stage) => {
      const reading = stage.read(at(topic, '?from=latest'), { follow: true });
      let next = 5;
      // Until the source has asked where the end is, what is sent is before it.
      while (stage.records.length === 0) await send(topic, numbers(next, (next += 1)));
      await send(topic, numbers(next, next + 5));
      await stage.until(() => seen(stage).at(-1) === next + 4, () => 'the last record');
      expect(Math.min(...seen(stage))).toBeGreaterThanOrEqual(5);
      const began = performance.now();
      await stage.abort();
      await reading;
      expect(performance.now() - began).toBeLessThan(1000);
    });
  });

  it('goes on where it was after the broker was killed', async () => {
    const topic = await newTopic();
    await send(topic, numbers(0, 100));
    await onStage(async (stage) => {
      void stage.read(at(topic), { follow: true });
      await stage.until(() => stage.records.length === 100, () => 'the first records');
      await broker.kill();
      await stage.until(() => stage.said(/could not be read/), () => 'a diagnostic');
      await broker.run();
      await send(topic, numbers(100, 200));
      for (let tries = 0; tries < 20 && stage.records.length < 200; tries += 1) await stage.until(() => stage.records.length >= 200, () => 'the rest').catch(() => undefined);
      expect(seen(stage)).toEqual(Array.from({ length: 200 }, (_, n) => n));
    });
  });

  it('says that records are gone which the broker no longer has', async () => {
    const topic = await newTopic();
    await send(topic, numbers(0, 10));
    const { Admin } = await import('@platformatic/kafka');
    const admin = new Admin({ clientId: 'test', bootstrapBrokers: broker.servers });
    await admin.deleteRecords({ topics: [{ name: topic, partitions: [{ partition: 0, offset: 6n }] }] });
    await admin.close();
    await onStage(async (stage) => {
      await stage.read(at(topic), { from: { offsets: { 0: '2' } } });
      expect(seen(stage)).toEqual([6, 7, 8, 9]);
      expect(stage.said(/no longer has records of partition 0/)).toBe(true);
    });
  });

  it('speaks SASL within TLS, to a broker whose certificate is right', async () => {
    const topic = await newTopic();
    await send(topic, numbers(0, 3));
    const address = `kafka+tls://127.0.0.1:${broker.securePort}/${topic}?sasl=PLAIN`;
    await onStage(async (stage) => {
      await stage.read(address, { settings: { 'sasl-basic': broker.basic, 'tls-ca': broker.cert } });
      expect(seen(stage)).toEqual([0, 1, 2]);
    });
    for (const settings of [{ 'sasl-basic': 'mira:wrong', 'tls-ca': broker.cert }, { 'sasl-basic': broker.basic }]) {
      await onStage(async (stage) => {
        await stage.read(address, { settings });
        expect(stage.records).toEqual([]);
        expect(stage.said(/could not be read/)).toBe(true);
        expect(stage.said(/wrong|a-password/)).toBe(false);
      });
    }
  });

  it('says that there is no such topic', async () => {
    await onStage(async (stage) => {
      await stage.read(at('nowhere'));
      expect(stage.said(/could not be read/)).toBe(true);
    });
  });
});
