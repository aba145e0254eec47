import { ocsfClasses, statusOf } from '#formats/ocsf.ts';
import type { JsonObject } from '../json-fields.ts';
import { textAt } from '../json-fields.ts';
import { endpointOf, userOf } from '../parts.ts';
import type { Classification } from '../parts.ts';
import { changeOf } from '../windows/changes.ts';
import { defineWindowsMapping, otherEvent, processOf, subjectOf } from '../windows/event.ts';
import type { WindowsRecord } from '../windows/record.ts';

type Made = Classification & { readonly attributes: JsonObject };

const { authentication, accountChange, groupManagement, processActivity } = ocsfClasses;

/** Activities of Authentication, and whether the event says that it failed. */
const logons: ReadonlyMap<number, readonly [activity: number, failed: boolean]> = new Map([
  [4624, [1, false]], [4625, [1, true]], [4634, [2, false]], [4647, [2, false]], [4648, [1, false]], [4768, [3, false]], [4769, [4, false]],
  [4770, [5, false]], [4771, [6, true]], [4776, [1, false]],
]);

const accounts: ReadonlyMap<number, number> = new Map([[4720, 1], [4722, 2], [4723, 3], [4724, 4], [4725, 5], [4726, 6], [4740, 9], [4767, 12]]);

const groups: ReadonlyMap<number, number> = new Map([
  [4727, 6], [4731, 6], [4754, 6], [4728, 3], [4732, 3], [4756, 3], [4729, 4], [4733, 4], [4757, 4], [4730, 5], [4734, 5], [4758, 5],
]);

/** Integrity levels as Sysmon names them, by well-known SID ([MS-DTYP] 2.4.2.4). */
const integrity: ReadonlyMap<string, string> = new Map([
  ['S-1-16-4096', 'Low'], ['S-1-16-8192', 'Medium'], ['S-1-16-8448', 'Medium'], ['S-1-16-12288', 'High'], ['S-1-16-16384', 'System'],
]);

/** The Security log; "Advanced security auditing". */
export default defineWindowsMapping({
  id: 'windows-security',
  title: 'Windows Security log',
  logsource: { product: 'windows', service: 'security' },
  product: 'Windows',
  accepts: (channel) => channel === 'security',
  names: ({ id, fields }) => (id === 4688 ? processNames(fields) : id === 4657 ? registryNames(fields) : {}),
  event: (record: WindowsRecord) => eventOf(record),
});

function eventOf(record: WindowsRecord): Made {
  const { id, fields } = record;
  const logon = logons.get(id);
  if (logon !== undefined) return authenticationOf(fields, ...logon);
  const account = accounts.get(id);
  const actor = { user: subjectOf(fields) };
  if (account !== undefined) return { class: accountChange, activity: account, attributes: { actor, user: targetOf(fields) } };
  const group = groups.get(id);
  const member = textAt(fields, 'MemberName') ?? textAt(fields, 'MemberSid');
  if (group !== undefined) {
    return { class: groupManagement, activity: group, attributes: { actor, group: { name: textAt(fields, 'TargetUserName') ?? 'unknown' }, user: member === undefined ? undefined : userOf(member) } };
  }
  if (id === 4688) return { class: processActivity, activity: 1, attributes: { process: processOf(fields), actor: { ...actor, process: processOf(fields, 'Parent') } } };
  if (id === 4689) return { class: processActivity, activity: 2, attributes: { process: processOf({ ...fields, Image: fields.ProcessName }), actor } };
  return changeOf(record) ?? otherEvent(record);
}

function authenticationOf(fields: JsonObject, activity: number, failed: boolean): Made {
  const status = textAt(fields, 'Status');
  const address = textAt(fields, 'IpAddress');
  return {
    class: authentication, activity,
    attributes: {
      ...statusOf(failed || (status !== undefined && !/^0x0*$/.test(status)) ? 'failure' : 'success'),
      status_code: status, user: targetOf(fields), actor: { user: subjectOf(fields) }, service: { name: 'Windows' },
      src_endpoint: endpointOf(address ?? textAt(fields, 'WorkstationName')), is_remote: ['3', '8', '10'].includes(textAt(fields, 'LogonType') ?? ''),
    },
  };
}

function targetOf(fields: JsonObject): JsonObject {
  return userOf(textAt(fields, 'TargetUserName'), textAt(fields, 'TargetUserSid') ?? textAt(fields, 'TargetSid'), { domain: textAt(fields, 'TargetDomainName') });
}

/** Rules of the category process_creation speak in Sysmon's names. In this event `ProcessId` is the parent's. */
function processNames(fields: JsonObject): JsonObject {
  const user = textAt(fields, 'SubjectUserName');
  const domain = textAt(fields, 'SubjectDomainName');
  return {
    Image: fields.NewProcessName, ParentImage: fields.ParentProcessName, ParentProcessId: fields.ProcessId,
    IntegrityLevel: integrity.get(textAt(fields, 'MandatoryLabel') ?? ''), User: domain === undefined ? user : `${domain}\\${user ?? ''}`,
    LogonId: fields.SubjectLogonId,
  };
}

function registryNames(fields: JsonObject): JsonObject {
  const [key, name] = [textAt(fields, 'ObjectName') ?? '', textAt(fields, 'ObjectValueName') ?? ''];
  return { TargetObject: `${key.replace(/^\\REGISTRY\\MACHINE/i, 'HKLM').replace(/^\\REGISTRY\\USER/i, 'HKU')}\\${name}`, Details: fields.NewValue, Image: fields.ProcessName };
}
