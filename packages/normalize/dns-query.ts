/** A question that a resolver was asked, and the names of Sigma's category `dns`. */
import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import type { EventSeed } from '#formats/ocsf.ts';
import type { Event } from '#model/event.ts';
import type { JsonObject } from './json-fields.ts';
import { connectionOf } from './flow.ts';
import { endpointOf } from './parts.ts';

/** Codes of answers, RFC 1035 section 4.1.1 and RFC 2136. */
const codes: ReadonlyMap<string, number> = new Map([['NOERROR', 0], ['FORMERR', 1], ['SERVFAIL', 2], ['NXDOMAIN', 3], ['NOTIMP', 4], ['REFUSED', 5]]);

export interface DnsQuery {
  readonly time: number;
  readonly name: string;
  readonly type: string | undefined;
  readonly class?: string | undefined;
  readonly client: string | undefined;
  readonly clientPort?: number | undefined;
  readonly server?: string | undefined;
  readonly protocol?: string | undefined;
  /** Undefined: this is the question alone. */
  readonly code?: string | undefined;
  readonly answers?: readonly { readonly rdata: string; readonly type?: string | undefined }[];
  readonly blocked?: boolean;
}

export function queryEvent(query: DnsQuery, metadata: EventSeed['metadata'], attributes: JsonObject): Event {
  const { code, answers = [] } = query;
  const answered = code !== undefined || answers.length > 0;
  return buildEvent({
    class: ocsfClasses.dnsActivity, activity: answered ? 6 : 1, severity: 'informational', time: query.time, metadata,
    attributes: {
      ...statusOf(query.blocked === true ? 'failure' : code === undefined ? (answered ? 'success' : 'unknown') : code === 'NOERROR' ? 'success' : 'failure'),
      query: { hostname: query.name, type: query.type, class: query.class },
      answers: answers.map(({ rdata, type }) => ({ rdata, type })),
      rcode: code,
      rcode_id: code === undefined ? undefined : (codes.get(code) ?? 99),
      src_endpoint: endpointOf(query.client, { port: query.clientPort }),
      dst_endpoint: query.server === undefined ? undefined : endpointOf(query.server),
      connection_info: query.protocol === undefined ? undefined : connectionOf(query.protocol),
      ...attributes,
    },
  });
}

export function queryNames({ name, type, client, code, answers = [] }: DnsQuery): JsonObject {
  return { query: name, record_type: type, src_ip: client, rcode_name: code, answer: answers.length === 0 ? undefined : answers.map(({ rdata }) => rdata) };
}

/** Names end in a dot that no rule writes. */
export function withoutRoot(name: string): string {
  return name.length > 1 && name.endsWith('.') ? name.slice(0, -1) : name;
}
