import { changeOf } from '../windows/changes.ts';
import { serviceOf } from '../windows/channels.ts';
import { defineWindowsMapping, otherEvent } from '../windows/event.ts';

const own = new Set(['security', 'sysmon', 'powershell', 'powershell-classic', 'windefend']);

/** Every other Windows event log: rules find its fields; what is no change of a task, a service or a log is of the base class. */
export default defineWindowsMapping({
  id: 'windows-event',
  title: 'Windows event logs',
  logsource: { product: 'windows' },
  product: 'Windows',
  accepts: (channel) => channel !== '' && !own.has(serviceOf(channel) ?? ''),
  event: (record) => changeOf(record) ?? otherEvent(record),
});
