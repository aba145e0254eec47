import snappy from 'snappyjs';
import { RecordLimit } from '#formats/bounded-records.ts';
import { readWriteRequest } from '#formats/prometheus/remote-write.ts';
import { type Answer, type Arrival, headerOf, Refusal } from './exchange.ts';
import type { Reception } from './reception.ts';
import type { Route } from './route.ts';

/** Prometheus remote write 1.0: protobuf in a block of snappy, whatever the headers say. */
export const remoteWriteRoute: Route = { methods: ['POST'], path: /^\/api\/v1\/(?:write|push)\/?$/, proof: 'token', packed: true, serve };

async function serve({ headers, body }: Arrival, reception: Reception): Promise<Answer> {
  if (/proto=io\.prometheus\.write\.v2/.test(headerOf(headers, 'content-type'))) throw new Refusal('unsupported', 'remote write 2.0 is not taken; set the sender to 1.0 (prometheus.WriteRequest)');
  const limit = reception.limits['max-expanded'];
  // A sender drops what is answered with 4xx and tries the rest again (remote write 1.0, "Retries & Backoff").
  const found = reading(() => readWriteRequest(unpacked(body, limit), { records: reception.limits['max-records'], bytes: limit }));
  await reception.take(found.records, found.bytes);
  return { status: 204 };
}

function unpacked(body: Buffer, limit: number): Uint8Array {
  const length = announcedLength(body);
  if (length > limit) throw new Refusal('too-large', `the body is larger than ${limit} bytes, which is the limit (max-expanded); send less at once`);
  return snappy.uncompress(body, limit);
}

/** The length that a block begins with (snappy's format_description.txt, section 1): what it announces is reserved at once. */
function announcedLength(body: Buffer): number {
  let length = 0;
  for (let at = 0; at < 5; at += 1) {
    const byte = body[at] ?? 0x80;
    length += (byte & 0x7f) * 2 ** (7 * at);
    if (byte < 0x80) return length;
  }
  throw new RangeError('no length');
}

function reading<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    if (error instanceof RecordLimit) throw new Refusal('too-large', `${error.message}, which is the limit (max-records, max-expanded); send fewer at once`);
    throw new Refusal('unreadable', 'the body is no request of remote write: a block of snappy that holds a prometheus.WriteRequest');
  }
}
