/** What several Windows logs say of scheduled tasks, services and event logs, each under its own number. */
import { ocsfClasses } from '#formats/ocsf.ts';
import type { JsonObject } from '../json-fields.ts';
import { textAt } from '../json-fields.ts';
import type { Classification } from '../parts.ts';
import { fileOf, subjectOf } from './event.ts';
import type { WindowsRecord } from './record.ts';

type Made = Classification & { readonly attributes: JsonObject };

/** Activities of Scheduled Job Activity by channel and number: the Security log, and the task scheduler's own. */
const jobs: ReadonlyMap<string, ReadonlyMap<number, number>> = new Map([
  ['security', new Map([[4698, 1], [4699, 3], [4700, 4], [4701, 5], [4702, 2]])],
  ['microsoft-windows-taskscheduler/operational', new Map([[106, 1], [140, 2], [141, 3], [142, 5], [100, 6], [129, 6], [200, 6]])],
]);

/** Services that are installed, and event logs that are emptied. */
const installed: ReadonlyMap<string, number> = new Map([['security', 4697], ['system', 7045]]);
const cleared: ReadonlyMap<string, number> = new Map([['security', 1102], ['system', 104]]);

export function changeOf({ channel, id, fields }: WindowsRecord): Made | undefined {
  const log = channel.toLowerCase();
  const job = jobs.get(log)?.get(id);
  if (job !== undefined) return { class: ocsfClasses.scheduledJobActivity, activity: job, attributes: { actor: { user: subjectOf(fields) }, job: jobOf(fields) } };
  if (installed.get(log) === id) return { class: ocsfClasses.windowsServiceActivity, activity: 1, attributes: { actor: { user: subjectOf(fields) }, win_service: serviceOf(fields) } };
  if (cleared.get(log) !== id) return undefined;
  return { class: ocsfClasses.eventLogActivity, activity: 1, attributes: { actor: { user: subjectOf(fields) }, log_name: log === 'security' ? 'Security' : (textAt(fields, 'Channel') ?? 'unknown') } };
}

function jobOf(fields: JsonObject): JsonObject {
  const action = textAt(fields, 'ActionName');
  return { name: textAt(fields, 'TaskName') ?? 'unknown', file: action === undefined || !action.includes('\\') ? undefined : fileOf(action) };
}

function serviceOf(fields: JsonObject): JsonObject {
  return {
    name: textAt(fields, 'ServiceName') ?? 'unknown', cmd_line: textAt(fields, 'ImagePath') ?? textAt(fields, 'ServiceFileName') ?? 'unknown',
    service_start_name: textAt(fields, 'AccountName') ?? textAt(fields, 'ServiceAccount'),
  };
}
