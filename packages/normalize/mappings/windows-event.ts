import { serviceOf } from '../windows/channels.ts';
import { defineWindowsMapping, otherEvent } from '../windows/event.ts';

const own = new Set(['security', 'sysmon', 'powershell', 'powershell-classic']);

/** Every other Windows event log: rules find its fields, the event is the base class. */
export default defineWindowsMapping({
  id: 'windows-event',
  title: 'Windows event logs',
  logsource: { product: 'windows' },
  product: 'Windows',
  accepts: (channel) => channel !== '' && !own.has(serviceOf(channel) ?? ''),
  event: otherEvent,
});
