/** Parts of network events: protocols, traffic and connections. */
import type { JsonObject } from './json-fields.ts';
import { numberAt } from './parts.ts';

/** Protocol numbers of IANA's registry that logs name by their words. */
const protocols: ReadonlyMap<number, string> = new Map([[1, 'icmp'], [2, 'igmp'], [6, 'tcp'], [17, 'udp'], [41, 'ipv6'], [47, 'gre'], [50, 'esp'], [51, 'ah'], [58, 'icmpv6'], [132, 'sctp']]);

export type Direction = 'inbound' | 'outbound' | 'unknown';

const directions = { unknown: 0, inbound: 1, outbound: 2 } as const;

export function connectionOf(protocol: string | number | undefined, direction: Direction = 'unknown', more: JsonObject = {}): JsonObject {
  const given = typeof protocol === 'number' || /^\d{1,3}$/.test(protocol ?? '') ? Number(protocol) : undefined;
  const name = given === undefined ? String(protocol ?? '').toLowerCase() : protocols.get(given);
  const known = [...protocols].find(([, word]) => word === name)?.[0] ?? given;
  return { direction_id: directions[direction], protocol_name: name === '' ? undefined : name, protocol_num: known, ...more };
}

export interface Counts {
  readonly bytesIn?: number | undefined;
  readonly bytesOut?: number | undefined;
  readonly packetsIn?: number | undefined;
  readonly packetsOut?: number | undefined;
}

export function trafficOf({ bytesIn, bytesOut, packetsIn, packetsOut }: Counts): JsonObject {
  return { bytes: sum(bytesIn, bytesOut), bytes_in: bytesIn, bytes_out: bytesOut, packets: sum(packetsIn, packetsOut), packets_in: packetsIn, packets_out: packetsOut };
}

function sum(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined && other === undefined ? undefined : (one ?? 0) + (other ?? 0);
}

/** A port: 0 to 65535. */
export function portAt(value: unknown, ...path: readonly string[]): number | undefined {
  const port = numberAt(value, ...path);
  return port !== undefined && port >= 0 && port <= 65_535 ? port : undefined;
}
