import type { Consumer } from '@platformatic/kafka';

/** Offsets of the next records, by partition. */
export type Offsets = Map<number, bigint>;

export interface TopicMessage {
  readonly partition: number;
  readonly offset: bigint;
  /** Milliseconds since the epoch, as the producer or the broker wrote it. */
  readonly time: bigint;
  /** Null: what was said under this key is to be forgotten. */
  readonly value: Uint8Array | null;
}

export interface Fetched {
  /** Those of one partition in its order; between partitions the earlier one first. */
  readonly messages: readonly TopicMessage[];
  /** Where to go on, of the partitions that gave something. */
  readonly next: Offsets;
}

const [earliest, latest] = [-2n, -1n];
const isControl = 0x20;
/** The broker's time of writing stands for all messages of the batch. */
const hasBrokerTime = 0x08;

/** Reads a topic by offsets that others keep: it joins no group, for the checkpoint says how far was read. */
export class TopicReader {
  readonly #consumer: Consumer;
  readonly #topic: string;
  readonly #bytes: number;

  /** `bytes`: of one answer, as packed by the producers. */
  constructor(consumer: Consumer, topic: string, bytes: number) {
    this.#consumer = consumer;
    this.#topic = topic;
    this.#bytes = bytes;
    consumer.topics.track(topic);
  }

  async #leaders(): Promise<{ readonly id: string; readonly leaders: readonly number[] }> {
    const metadata = await this.#consumer.metadata({ topics: [this.#topic], autocreateTopics: false });
    const topic = metadata.topics.get(this.#topic);
    if (topic === undefined) throw new Error('unknown topic');
    return { id: topic.id, leaders: topic.partitions.map(({ leader }) => leader) };
  }

  async offsetsAt(end: 'earliest' | 'latest'): Promise<Offsets> {
    const found = await this.#consumer.listOffsets({ topics: [this.#topic], timestamp: end === 'earliest' ? earliest : latest });
    return new Map((found.get(this.#topic) ?? []).map((offset, partition) => [partition, offset]));
  }

  /** Adds the beginning of partitions that `offsets` has not, such as those that were added to the topic. */
  async complete(offsets: Offsets, from: 'earliest' | 'latest'): Promise<void> {
    const { leaders } = await this.#leaders();
    if (leaders.every((_, partition) => offsets.has(partition))) return;
    // Of a topic that is read already, a partition that is new to us is read whole.
    for (const [partition, offset] of await this.offsetsAt(offsets.size === 0 ? from : 'earliest')) {
      if (!offsets.has(partition)) offsets.set(partition, offset);
    }
  }

  /** Waits at most `wait` milliseconds for something to come. */
  async fetch(offsets: Offsets, wait: number): Promise<Fetched> {
    const { id, leaders } = await this.#leaders();
    const byLeader = new Map<number, number[]>();
    leaders.forEach((leader, partition) => byLeader.set(leader, [...(byLeader.get(leader) ?? []), partition]));
    const answers = await Promise.all([...byLeader].map(([node, partitions]) => this.#consumer.fetch({
      node, maxWaitTime: wait, minBytes: 1, maxBytes: this.#bytes, isolationLevel: 1,
      topics: [{ topicId: id, partitions: partitions.map((partition) => ({ partition, fetchOffset: offsets.get(partition) ?? 0n, currentLeaderEpoch: -1, lastFetchedEpoch: -1, partitionMaxBytes: this.#bytes })) }],
    })));
    const byPartition = new Map<number, TopicMessage[]>();
    const next: Offsets = new Map();
    for (const { partitionIndex, records } of answers.flatMap(({ responses }) => responses).flatMap(({ partitions }) => partitions)) {
      for (const batch of records ?? []) {
        next.set(partitionIndex, batch.firstOffset + BigInt(batch.lastOffsetDelta) + 1n);
        if ((batch.attributes & isControl) !== 0) continue;
        const messages = byPartition.get(partitionIndex) ?? [];
        byPartition.set(partitionIndex, messages);
        addMessages(batch, partitionIndex, offsets.get(partitionIndex) ?? 0n, messages);
      }
    }
    return { messages: merged([...byPartition].toSorted(([a], [b]) => a - b).map(([, messages]) => messages)), next };
  }

  async close(): Promise<void> {
    await this.#consumer.close(true);
  }
}

interface Batch {
  readonly attributes: number;
  readonly firstOffset: bigint;
  readonly firstTimestamp: bigint;
  readonly maxTimestamp: bigint;
  readonly records: readonly { readonly offsetDelta: number; readonly timestampDelta: bigint; readonly value: Uint8Array | null }[];
}

/** A batch may begin before what was asked for. */
function addMessages(batch: Batch, partition: number, from: bigint, messages: TopicMessage[]): void {
  const fixed = (batch.attributes & hasBrokerTime) === 0 ? undefined : batch.maxTimestamp;
  for (const { offsetDelta, timestampDelta, value } of batch.records) {
    const offset = batch.firstOffset + BigInt(offsetDelta);
    if (offset >= from) messages.push({ partition, offset, time: fixed ?? batch.firstTimestamp + timestampDelta, value });
  }
}

/** What happened together was written to several partitions: without this, one partition's minutes would come before another's. */
export function merged(lists: readonly (readonly TopicMessage[])[]): readonly TopicMessage[] {
  if (lists.length < 2) return lists[0] ?? [];
  const heads = lists.map(() => 0);
  const all: TopicMessage[] = [];
  for (;;) {
    let first: TopicMessage | undefined;
    let from = -1;
    lists.forEach((list, at) => {
      const head = list[heads[at] ?? 0];
      if (head !== undefined && (first === undefined || head.time < first.time)) [first, from] = [head, at];
    });
    if (first === undefined) return all;
    all.push(first);
    heads[from] = (heads[from] ?? 0) + 1;
  }
}
