const event = (id: number, data: object): object => ({
  Event: { System: { EventID: id, TimeCreated: { '#attributes': { SystemTime: '2026-03-04T05:06:07Z' } }, Channel: 'Microsoft-Windows-Windows Defender/Operational', Computer: 'ws-1' }, EventData: data },
});

export default {
  maps: [
    {
      record: event(1119, { 'Detection ID': '{D-1}', 'Threat Name': 'Trojan:Win32/Sample', 'Severity Name': 'Severe', 'Category Name': 'Trojan', 'Process Name': 'C:\\Users\\mira\\x.exe', 'Detection User': 'CORP\\mira', Path: 'file:_C:\\Users\\mira\\y.dll', 'Action Name': 'Quarantine' }),
      expect: {
        class_uid: 2004, activity_id: 2, severity_id: 5, device: { hostname: 'ws-1' }, finding_info: { uid: '{D-1}', title: 'Trojan:Win32/Sample, quarantine failed', types: ['Trojan'] },
        evidences: [{ actor: { user: { name: 'mira', domain: 'CORP' } }, process: { name: 'x.exe' }, file: { path: 'C:\\Users\\mira\\y.dll' } }], unmapped: { ThreatName: 'Trojan:Win32/Sample' },
      },
    },
    { record: event(1116, { 'Threat Name': 'Tool:Win32/Sample', 'Severity Name': 'Low', 'Action Name': 'Not Applicable', 'Process Name': 'Unknown' }), expect: { class_uid: 2004, activity_id: 1, severity_id: 2, finding_info: { title: 'Tool:Win32/Sample' } } },
    { record: event(5001, { 'Product Name': 'Microsoft Defender Antivirus' }), expect: { class_uid: 0, device: { hostname: 'ws-1' }, metadata: { event_code: '5001' } } },
    { record: { Channel: 'Microsoft-Windows-Windows Defender/Operational', EventID: 1119, 'Threat Name': 'x' }, expect: { class_uid: 2004, unmapped: { ThreatName: 'x' } } },
  ],
  rejects: [{}, [], { Channel: 'Security', EventID: 1116 }, { Channel: 'Microsoft-Windows-Windows Defender/Operational' }],
};
