const base = { Channel: 'Microsoft-Windows-PowerShell/Operational', '@timestamp': '2026-03-04T05:06:07Z', Hostname: 'ws-1' };

export default {
  maps: [
    {
      record: { ...base, EventID: 4104, ScriptBlockText: 'Get-Date', Path: 'C:\\s\\a.ps1' },
      expect: { class_uid: 1009, activity_id: 1, script: { script_content: { value: 'Get-Date' }, type_id: 2, file: { name: 'a.ps1' } }, unmapped: { ScriptBlockText: 'Get-Date', Computer: 'ws-1' } },
    },
    { record: { ...base, EventID: 4103, Payload: 'CommandInvocation(Get-Date)' }, expect: { class_uid: 1009, script: { script_content: { value: 'CommandInvocation(Get-Date)' } } } },
    { record: { Channel: 'Windows PowerShell', EventID: 400, Data: ['None', 'HostVersion=2.0'], TimeCreated: '2026-03-04T05:06:07Z' }, expect: { class_uid: 0, unmapped: { Data: ['None', 'HostVersion=2.0'] } } },
  ],
  rejects: [{}, 'PowerShell', { Channel: 'Security', EventID: 4104 }],
};
