import { ocsfClasses } from '#formats/ocsf.ts';
import type { JsonObject } from '../json-fields.ts';
import { textAt } from '../json-fields.ts';
import { endpointOf, numberAt } from '../parts.ts';
import type { Classification } from '../parts.ts';
import { actorOf, defineWindowsMapping, fileOf, lastPart, otherEvent, processOf } from '../windows/event.ts';
import type { WindowsRecord } from '../windows/record.ts';

type Made = Classification & { readonly attributes: JsonObject };

const { processActivity, fileActivity, moduleActivity, networkActivity, dnsActivity, registryKeyActivity, registryValueActivity } = ocsfClasses;

/** Sysmon's events by their number; Sysmon documentation, "Events". */
const makers: ReadonlyMap<number, (fields: JsonObject) => Made> = new Map<number, (fields: JsonObject) => Made>([
  [1, (fields) => ({ class: processActivity, activity: 1, attributes: { process: processOf(fields), actor: { process: processOf(fields, 'Parent') } } })],
  [5, (fields) => ({ class: processActivity, activity: 2, attributes: { process: processOf(fields), actor: actorOf(fields) } })],
  [8, (fields) => ({ class: processActivity, activity: 4, attributes: between(fields) })],
  [10, (fields) => ({ class: processActivity, activity: 3, attributes: between(fields) })],
  [3, connection],
  [22, (fields) => ({ class: dnsActivity, activity: 1, attributes: { query: { hostname: textAt(fields, 'QueryName') ?? 'unknown' }, actor: actorOf(fields), src_endpoint: endpointOf(textAt(fields, 'Computer')) } })],
  [6, (fields) => load(fields)], [7, (fields) => load(fields)],
  [2, (fields) => file(fields, 6)], [11, (fields) => file(fields, 1)], [15, (fields) => file(fields, 1)], [23, (fields) => file(fields, 4)],
  [26, (fields) => file(fields, 4)], [27, (fields) => file(fields, 1)], [28, (fields) => file(fields, 4)], [29, (fields) => file(fields, 1)],
  [17, (fields) => pipe(fields, 1)], [18, (fields) => pipe(fields, 14)],
  [12, key], [13, value], [14, (fields) => ({ class: registryKeyActivity, activity: 5, attributes: { actor: actorOf(fields), reg_key: { path: objectOf(fields) } } })],
]);

/** Microsoft Sysmon. */
export default defineWindowsMapping({
  id: 'sysmon',
  title: 'Microsoft Sysmon',
  logsource: { product: 'windows', service: 'sysmon' },
  product: 'Sysmon',
  accepts: (channel) => channel === 'microsoft-windows-sysmon/operational',
  event: (record: WindowsRecord) => makers.get(record.id)?.(record.fields) ?? otherEvent(record),
});

function between(fields: JsonObject): JsonObject {
  return { process: processOf(fields, 'Target'), actor: { process: processOf(fields, 'Source') } };
}

function connection(fields: JsonObject): Made {
  const end = (side: string): JsonObject =>
    endpointOf(textAt(fields, `${side}Ip`), { hostname: textAt(fields, `${side}Hostname`), port: numberAt(fields, `${side}Port`) });
  return {
    class: networkActivity, activity: 1,
    attributes: { src_endpoint: end('Source'), dst_endpoint: end('Destination'), actor: actorOf(fields), connection_info: { direction_id: textAt(fields, 'Initiated') === 'false' ? 1 : 2, protocol_name: textAt(fields, 'Protocol') } },
  };
}

/** `load_type_id` 1 is standard loading. */
function load(fields: JsonObject): Made {
  return { class: moduleActivity, activity: 1, attributes: { actor: actorOf(fields), module: { file: fileOf(textAt(fields, 'ImageLoaded') ?? 'unknown'), load_type_id: 1 } } };
}

function file(fields: JsonObject, activity: number): Made {
  return { class: fileActivity, activity, attributes: { actor: actorOf(fields), file: fileOf(textAt(fields, 'TargetFilename') ?? 'unknown') } };
}

/** `type_id` 6 is a named pipe. */
function pipe(fields: JsonObject, activity: number): Made {
  const path = textAt(fields, 'PipeName') ?? 'unknown';
  return { class: fileActivity, activity, attributes: { actor: actorOf(fields), file: { name: lastPart(path), path, type_id: 6 } } };
}

function key(fields: JsonObject): Made {
  const activity = textAt(fields, 'EventType')?.startsWith('Delete') === true ? 4 : 1;
  return { class: registryKeyActivity, activity, attributes: { actor: actorOf(fields), reg_key: { path: objectOf(fields) } } };
}

function value(fields: JsonObject): Made {
  const path = objectOf(fields);
  return {
    class: registryValueActivity, activity: 2,
    attributes: { actor: actorOf(fields), reg_value: { name: lastPart(path), path: path.slice(0, Math.max(0, path.lastIndexOf('\\'))) || path, data: textAt(fields, 'Details') } },
  };
}

function objectOf(fields: JsonObject): string {
  return textAt(fields, 'TargetObject') ?? 'unknown';
}
