import { readDeviceEvent } from '#formats/cef.ts';
import { defineMapping } from '#model/unit.ts';
import { deviceEvent, deviceLogsource, deviceRecord, deviceTime } from '../device-event.ts';

/** Events of security products in CEF and LEEF, bare or in syslog. */
export default defineMapping({
  id: 'device-event',
  title: 'CEF and LEEF events',
  logsource: { product: 'cef' },
  hint: { text: true },
  accepts: (value) => typeof value === 'string' && (value.includes('CEF:') || value.includes('LEEF:')) && readDeviceEvent(value) !== undefined,
  map({ value }) {
    const found = typeof value === 'string' ? readDeviceEvent(value) : undefined;
    return found === undefined ? undefined : deviceEvent(found, value);
  },
  glance({ value }) {
    const found = typeof value === 'string' ? readDeviceEvent(value) : undefined;
    return found === undefined ? undefined : { logsource: deviceLogsource(found), time: deviceTime(found, value), record: deviceRecord(found, value) };
  },
});
