import { ocsfClasses } from '#formats/ocsf.ts';
import { textAt } from '../json-fields.ts';
import { serviceOf } from '../windows/channels.ts';
import { defineWindowsMapping, fileOf, otherEvent } from '../windows/event.ts';

/** PowerShell: script blocks, modules and the classic log ("about_Logging_Windows"). `type_id` 2 is PowerShell. */
export default defineWindowsMapping({
  id: 'powershell',
  title: 'PowerShell logs',
  logsource: { product: 'windows', service: 'powershell' },
  product: 'PowerShell',
  accepts: (channel) => ['powershell', 'powershell-classic'].includes(serviceOf(channel) ?? ''),
  event(record) {
    const { id, fields } = record;
    const content = id === 4104 ? textAt(fields, 'ScriptBlockText') : id === 4103 ? textAt(fields, 'Payload') : undefined;
    if (content === undefined) return otherEvent(record);
    const path = textAt(fields, 'Path');
    return {
      class: ocsfClasses.scriptActivity, activity: 1,
      attributes: { script: { script_content: { value: content }, type_id: 2, uid: textAt(fields, 'ScriptBlockId'), file: path === undefined ? undefined : fileOf(path) }, actor: { user: { name: textAt(fields, 'UserId') ?? 'unknown' } } },
    };
  },
});
