import { defineEventSource } from '#model/intake.ts';
import { limitsOf, parseAddress } from '../address.ts';
import { connectingOf } from '../kafka/connection.ts';
import { topicSource } from '../kafka/topic-source.ts';
import { SourceError } from '../source-error.ts';

const limitDefaults = {
  /** Bytes that a broker may answer with at once, as the producers packed them. */
  'max-fetch': 8 * 1_048_576,
  /** Bytes of one message, unpacked. */
  'max-message': 4 * 1_048_576,
} as const;

/** How far a topic was read stands in the checkpoint, not at the broker: the records after a restart are those that the incidents lack. */
export default defineEventSource({
  id: 'kafka',
  title: 'A topic of Kafka or of a broker that speaks its protocol',
  schemes: ['kafka:', 'kafka+tls:'],
  examples: ['kafka://127.0.0.1:9092/audit', 'kafka+tls://broker.example:9093/audit?from=latest&sasl=SCRAM-SHA-512'],
  network: 'connect',
  open(text, ctx) {
    const address = parseAddress(text, 9092, ['group', 'from', 'sasl', ...Object.keys(limitDefaults)]);
    const topic = address.path.slice(1);
    if (!/^[\w.-]{1,249}$/.test(topic) || topic === '.' || topic === '..') throw new SourceError('address-invalid', `the address of a ${address.scheme} source names no topic: ${address.scheme}//host:port/TOPIC`);
    const from = address.options.get('from') ?? 'earliest';
    if (from !== 'earliest' && from !== 'latest') throw new SourceError('address-invalid', `from in the address of ${address.shown} may be earliest or latest`);
    return topicSource({ address, topic, connecting: connectingOf(address, ctx), from, limits: limitsOf(address, limitDefaults) }, ctx);
  },
});
