import { buildEvent, ocsfClasses } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { asObject, listAt, objectAt, textAt, timeOf } from '../json-fields.ts';
import { isAddress, numberAt, withNames } from '../parts.ts';

/** Anomalies that AMiner (logdata-anomaly-miner) reports as JSON. */
export default defineMapping({
  id: 'aminer',
  title: 'AMiner anomalies',
  logsource: { product: 'aminer', service: 'anomalies' },
  hint: { keys: ['AnalysisComponent'] },
  accepts: (value) => objectAt(value, 'AnalysisComponent') !== undefined && objectAt(value, 'LogData') !== undefined,
  map({ value }) {
    const record = asObject(value);
    const component = objectAt(value, 'AnalysisComponent');
    const time = timeOf(listAt(value, 'LogData', 'Timestamps')[0]) ?? timeOf(objectAt(value, 'LogData')?.DetectionTimestamp);
    if (record === undefined || component === undefined || time === undefined) return undefined;
    const kind = textAt(component, 'AnalysisComponentType') ?? 'anomaly';
    const title = textAt(component, 'Message') ?? kind;
    const id = textAt(component, 'AnalysisComponentIdentifier') ?? kind;
    // The instance names itself, most often after the machine whose logs it reads.
    const machine = textAt(value, 'AMiner', 'ID');
    const lines = listAt(value, 'LogData', 'RawLogData').filter((line) => typeof line === 'string').slice(0, 20);
    return buildEvent({
      // It learns what is normal by itself, and reports all that is new while it does.
      class: ocsfClasses.detectionFinding, activity: 1, severity: component.TrainingMode === true ? 'informational' : 'low', time,
      metadata: { product: { name: 'AMiner', vendor_name: 'AIT' }, log_name: 'anomalies', event_code: kind, log_source: textAt(listAt(value, 'LogData', 'LogResources')[0]), profiles: ['host'] },
      attributes: {
        message: title,
        device: machine === undefined ? undefined : { hostname: machine, ...(isAddress(machine) ? { ip: machine } : {}), type_id: 0 },
        count: numberAt(value, 'LogData', 'LogLinesCount'),
        finding_info: { uid: `${id}/${time}`, title, desc: textAt(component, 'AnalysisComponentName'), types: [kind], analytic: { uid: id, name: textAt(component, 'AnalysisComponentName') ?? kind, type: 'Statistical', type_id: 3 } },
        evidences: lines.length === 0 ? undefined : [{ data: { lines } }],
        unmapped: withNames(record, { message: lines.join('\n') }),
      },
    });
  },
});
