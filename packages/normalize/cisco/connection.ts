/** What a firewall of Cisco (ASA, FTD) says of a connection: who spoke to whom, and what became of it. */
import { isAddress } from '../parts.ts';
import type { CiscoMessage } from './message.ts';

export interface CiscoEnd {
  readonly address: string;
  readonly port: number | undefined;
}

export interface CiscoConnection {
  readonly from: CiscoEnd;
  readonly to: CiscoEnd;
  readonly protocol: string;
  /** Activity of Network Activity: 1 open, 2 close, 5 refuse. */
  readonly activity: 1 | 2 | 5;
  readonly uid: string | undefined;
  readonly bytes: number | undefined;
}

const end = String.raw`(?:[\w.-]{1,64}:)?([\da-f.:]{2,45})(?:/(\d{1,5}))?`;
/** 106023, 106001, 106006, 106007, 106014, 106015: refused by a rule or because no connection is known. */
const refused = new RegExp(String.raw`^(?:Deny|Inbound) (?:inbound )?(tcp|udp|icmp)\b.{0,48}? (?:src|from) ${end}(?:\([^)]{0,64}\))? (?:dst|to) ${end}`, 'i');
/** 302013 to 302016, 302020 and 302021. */
const built = new RegExp(String.raw`^(Built|Teardown) (?:(inbound|outbound) )?(tcp|udp|icmp) connection (\d{1,12}) for ${end}(?: ?\([^)]{0,64}\)){0,2} to ${end}(?:.{0,120}? bytes (\d{1,15}))?`, 'i');

export function connectionOf({ facility, text }: CiscoMessage): CiscoConnection | undefined {
  if (!/^(?:ASA|FTD|PIX|FWSM)/.test(facility)) return undefined;
  const denied = refused.exec(text);
  if (denied !== null) {
    const [, protocol = '', from = '', fromPort, to = '', toPort] = denied;
    return made({ from: endOf(from, fromPort), to: endOf(to, toPort), protocol, activity: 5, uid: undefined, bytes: undefined });
  }
  const found = built.exec(text);
  if (found === null) return undefined;
  const [, verb = '', direction = '', protocol = '', uid, left = '', leftPort, right = '', rightPort, bytes] = found;
  const [outer, inner] = [endOf(left, leftPort), endOf(right, rightPort)];
  // The end named first lies on the less trusted side; an outbound connection begins at the other. The end of one does not say: who has the lower port serves.
  const isOutbound = direction === '' ? (outer.port ?? 0) < (inner.port ?? 0) : direction.toLowerCase() === 'outbound';
  const [from, to] = isOutbound ? [inner, outer] : [outer, inner];
  return made({ from, to, protocol, activity: verb.toLowerCase() === 'built' ? 1 : 2, uid, bytes: bytes === undefined ? undefined : Number(bytes) });
}

function endOf(address: string, port: string | undefined): CiscoEnd {
  return { address, port: port === undefined ? undefined : Number(port) };
}

function made(connection: CiscoConnection): CiscoConnection | undefined {
  const { from, to, protocol } = connection;
  return isAddress(from.address) && isAddress(to.address) ? { ...connection, protocol: protocol.toLowerCase() } : undefined;
}
