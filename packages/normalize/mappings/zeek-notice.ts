import { buildEvent, ocsfClasses } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { portAt } from '../flow.ts';
import { asObject, textAt, timeOf } from '../json-fields.ts';
import { endpointOf, withNames } from '../parts.ts';

/** Zeek's `notice.log` as JSON: what its scripts found worth saying. */
export default defineMapping({
  id: 'zeek-notice',
  title: 'Zeek notices',
  logsource: { product: 'zeek', service: 'notice' },
  hint: { keys: ['note'] },
  accepts: (value) => /^[\w:]{1,64}::\w{1,64}$/.test(textAt(value, 'note') ?? '') && timeOf(asObject(value)?.ts) !== undefined,
  map({ value }) {
    const record = asObject(value);
    const time = timeOf(record?.ts);
    const note = textAt(record, 'note');
    if (record === undefined || time === undefined || note === undefined) return undefined;
    const [from, to] = [textAt(record, 'src') ?? textAt(record, 'id.orig_h'), textAt(record, 'dst') ?? textAt(record, 'id.resp_h')];
    return buildEvent({
      class: ocsfClasses.detectionFinding, activity: 1, severity: 'low', time,
      metadata: { product: { name: 'Zeek', vendor_name: 'Zeek' }, log_name: 'notice', event_code: note, correlation_uid: textAt(record, 'uid') },
      attributes: {
        message: textAt(record, 'msg'),
        finding_info: { uid: textAt(record, 'uid') ?? note, title: note, desc: textAt(record, 'msg'), analytic: { name: note, type: 'Rule', type_id: 1 } },
        evidences: from === undefined && to === undefined ? undefined : [{ src_endpoint: from === undefined ? undefined : endpointOf(from), dst_endpoint: to === undefined ? undefined : endpointOf(to, { port: portAt(record, 'p') ?? portAt(record, 'id.resp_p') }) }],
        unmapped: withNames(record, { src_ip: from, dst_ip: to }),
      },
    });
  },
});
