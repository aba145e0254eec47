import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import type { Severity } from '#model/severity.ts';
import { defineMapping } from '#model/unit.ts';
import { connectionOf } from '../cisco/connection.ts';
import type { CiscoConnection } from '../cisco/connection.ts';
import { commandOf, loginOf } from '../cisco/deed.ts';
import type { CiscoDeed } from '../cisco/deed.ts';
import { ciscoMessage } from '../cisco/message.ts';
import type { CiscoMessage } from '../cisco/message.ts';
import { connectionOf as connectionInfo, trafficOf } from '../flow.ts';
import type { JsonObject } from '../json-fields.ts';
import { apiVerb, endpointOf, userOf } from '../parts.ts';

const severities: readonly Severity[] = ['critical', 'critical', 'critical', 'high', 'medium', 'informational', 'informational', 'informational'];

/** What routers and switches of Cisco write (IOS, IOS XE, NX-OS, ASA): who logged in, which commands were given, what happened to them. */
export default defineMapping({
  id: 'cisco-ios',
  title: 'Cisco devices',
  logsource: { product: 'cisco' },
  hint: { text: true },
  accepts: (value) => ciscoMessage(value) !== undefined,
  map({ value }) {
    const said = ciscoMessage(value);
    if (said === undefined) return undefined;
    const connection = connectionOf(said);
    const deed = connection === undefined ? deedOf(said) : undefined;
    return buildEvent({
      ...(connection === undefined ? { ...classify(deed), activityName: said.code } : { class: ocsfClasses.networkActivity, activity: connection.activity }), severity: severities[said.severity] ?? 'informational', time: said.time,
      metadata: { product: { name: /^(?:ASA|FTD|PIX|FWSM)/.exec(said.facility)?.[0] ?? 'IOS', vendor_name: 'Cisco' }, log_name: said.facility, event_code: said.code, original_time: said.written, ...(said.host === undefined ? {} : { loggers: [{ name: said.host }] }) },
      attributes: { message: said.text, ...(connection === undefined ? attributesOf(said, deed) : flowOf(connection)), raw_data: value, unmapped: recordOf(said, deed, connection) },
    });
  },
  glance({ value }) {
    const said = ciscoMessage(value);
    if (said === undefined) return undefined;
    return { logsource: { product: 'cisco', service: said.service }, time: said.time, record: recordOf(said, deedOf(said), connectionOf(said)), ...(said.time === 0 && said.written !== undefined ? { original: said.written } : {}) };
  },
});

function deedOf(said: CiscoMessage): CiscoDeed | undefined {
  return loginOf(said) ?? commandOf(said);
}

function flowOf({ activity, bytes, from, protocol, to, uid }: CiscoConnection): JsonObject {
  return {
    ...statusOf(activity === 5 ? 'failure' : 'success'), src_endpoint: endpointOf(from.address, { port: from.port }), dst_endpoint: endpointOf(to.address, { port: to.port }),
    connection_info: connectionInfo(protocol, 'unknown', { uid }), traffic: bytes === undefined ? undefined : { ...trafficOf({}), bytes },
  };
}

function classify(deed: CiscoDeed | undefined): Pick<Parameters<typeof buildEvent>[0], 'class' | 'activity'> {
  if (deed === undefined) return { class: ocsfClasses.baseEvent, activity: 0 };
  return deed.command === undefined ? { class: ocsfClasses.authentication, activity: 1 } : apiVerb(deed.command);
}

function attributesOf({ host }: CiscoMessage, deed: CiscoDeed | undefined): JsonObject {
  if (deed === undefined) return {};
  const { user, source, command, outcome } = deed;
  const device = host === undefined ? undefined : { hostname: host };
  if (command === undefined) return { ...statusOf(outcome), user: userOf(user), src_endpoint: endpointOf(source), dst_endpoint: device, service: { name: 'login' }, is_remote: source !== undefined };
  return {
    ...statusOf(outcome), actor: { user: userOf(user) }, src_endpoint: endpointOf(source), dst_endpoint: device,
    // What follows the first two words are values: they would make a new operation of each.
    api: { operation: command.split(' ', 2).join(' '), service: { name: 'command line' } },
  };
}

function recordOf({ text, host, facility, severity, mnemonic, whole }: CiscoMessage, deed: CiscoDeed | undefined, connection?: CiscoConnection): JsonObject {
  const ends = connection === undefined ? {} : { src_ip: connection.from.address, src_port: connection.from.port, dst_ip: connection.to.address, dst_port: connection.to.port };
  return { message: whole, text, host, facility, severity, mnemonic, user: deed?.user, src: deed?.source ?? connection?.from.address, command: deed?.command, ...ends };
}
