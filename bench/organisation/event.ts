import type { Event } from '#model/event.ts';
import type { Observation } from '#model/stream.ts';
import type { Line } from './world.ts';

/** One thing that somebody did, with the name of the attack that it belongs to. */
export interface Deed {
  readonly time: number;
  readonly who: string;
  readonly kind: 'user' | 'service';
  /** `auth`: a sign-in; `forge`, `cloud`: calls of an API; `admin`: a change to accounts and rights. */
  readonly source: 'auth' | 'forge' | 'cloud' | 'admin';
  readonly operation: string;
  readonly resource?: string | undefined;
  readonly tool: string;
  readonly host?: string | undefined;
  readonly line: Line;
  readonly failed?: boolean | undefined;
  readonly attack?: string | undefined;
}

/** The event as a mapping would make it, place and network looked up. */
export function observationOf(deed: Deed): Observation {
  return { event: eventOf(deed), logsource: { product: deed.source === 'forge' ? 'github' : deed.source === 'cloud' ? 'aws' : 'okta' }, time: deed.time, record: {} };
}

function eventOf({ time, who, kind, source, operation, resource, tool, host, line, failed }: Deed): Event {
  const uid = source === 'auth' ? 3002 : source === 'admin' ? 3001 : 6003;
  const user = { name: who, type_id: kind === 'service' ? 4 : 1 };
  const type = source === 'forge' ? 'Repository' : 'AWS::Resource';
  return {
    class_uid: uid, class_name: 'Made', category_uid: Math.trunc(uid / 1000), activity_id: source === 'admin' ? 99 : 1, type_uid: uid * 100 + 1, severity_id: 1, time,
    metadata: { version: '1.8.0', product: { name: source, vendor_name: 'made' } }, status_id: failed === true ? 2 : 1,
    actor: { user }, ...(source === 'auth' ? { user } : {}), api: { operation, service: { name: source } }, http_request: { user_agent: tool },
    src_endpoint: { ip: line.ip, location: { country: line.town.country, lat: line.town.lat, long: line.town.long }, autonomous_system: { number: line.asn } },
    ...(resource === undefined ? {} : { resources: [{ name: resource, type }] }), ...(host === undefined ? {} : { device: { hostname: host } }),
  };
}
