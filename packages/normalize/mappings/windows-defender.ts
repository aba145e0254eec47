import { ocsfClasses } from '#formats/ocsf.ts';
import type { Severity } from '#model/severity.ts';
import type { JsonObject } from '../json-fields.ts';
import { textAt } from '../json-fields.ts';
import { accountOf, defineWindowsMapping, fileOf, lastPart, otherEvent } from '../windows/event.ts';
import type { WindowsRecord } from '../windows/record.ts';

/** What was done about what was found; "Review event logs and error codes to troubleshoot issues with Microsoft Defender Antivirus". */
const found: ReadonlyMap<number, string> = new Map([[1006, ''], [1015, ''], [1116, ''], [1007, 'done'], [1117, 'done'], [1008, 'failed'], [1118, 'failed'], [1119, 'failed']]);

const severities: ReadonlyMap<string, Severity> = new Map([['low', 'low'], ['moderate', 'medium'], ['high', 'high'], ['severe', 'critical']]);

/** Microsoft Defender Antivirus: malware that it found, and what became of it. */
export default defineWindowsMapping({
  id: 'windows-defender',
  title: 'Microsoft Defender Antivirus',
  logsource: { product: 'windows', service: 'windefend' },
  product: 'Microsoft Defender',
  accepts: (channel) => channel === 'microsoft-windows-windows defender/operational',
  event(record: WindowsRecord) {
    const { id, fields } = record;
    const threat = textAt(fields, 'ThreatName');
    const outcome = found.get(id);
    return threat === undefined || outcome === undefined ? otherEvent(record) : findingOf(fields, id, threat, outcome);
  },
});

function findingOf(fields: JsonObject, id: number, threat: string, outcome: string): ReturnType<typeof otherEvent> {
  const action = (textAt(fields, 'ActionName') ?? 'its removal').toLowerCase();
  const path = textAt(fields, 'Path')?.replace(/^(?:file|containerfile|process|webfile):_?/, '').split(';')[0];
  const process = textAt(fields, 'ProcessName');
  const title = outcome === '' || action === 'not applicable' ? threat : `${threat}, ${action} ${outcome}`;
  return {
    class: ocsfClasses.detectionFinding, activity: outcome === '' ? 1 : 2, severity: severities.get((textAt(fields, 'SeverityName') ?? '').toLowerCase()) ?? 'medium',
    attributes: {
      message: textAt(fields, 'ErrorDescription'),
      finding_info: { uid: textAt(fields, 'DetectionID') ?? String(id), title, types: [textAt(fields, 'CategoryName') ?? 'Malware'] },
      evidences: [{
        actor: accountOf(textAt(fields, 'DetectionUser')) === undefined ? undefined : { user: accountOf(textAt(fields, 'DetectionUser')) },
        process: process === undefined || process === 'Unknown' ? undefined : { pid: 0, name: lastPart(process), file: fileOf(process) },
        file: path === undefined ? undefined : fileOf(path),
        data: { threat },
      }],
    },
  };
}
