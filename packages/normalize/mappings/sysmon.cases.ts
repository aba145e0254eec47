const time = '2026-03-04T05:06:07.000000Z';
const event = (id: number, data: object): object => ({
  Event: {
    System: {
      Provider: { '#attributes': { Name: 'Microsoft-Windows-Sysmon' } }, EventID: id, TimeCreated: { '#attributes': { SystemTime: time } }, EventRecordID: 7,
      Channel: 'Microsoft-Windows-Sysmon/Operational', Computer: 'ws-1.example.org',
    },
    EventData: data,
  },
});

const image = 'C:\\Windows\\System32\\cmd.exe';

export default {
  maps: [
    {
      record: event(1, { ProcessId: 42, ProcessGuid: 'A-1', Image: image, CommandLine: 'cmd /c dir', User: 'CORP\\mira', ParentImage: 'C:\\a\\b.exe', ParentProcessId: 7 }),
      expect: {
        class_uid: 1007, activity_id: 1, time: Date.parse(time), metadata: { uid: '7', event_code: '1' }, device: { hostname: 'ws-1.example.org' },
        process: { pid: 42, uid: 'A-1', name: 'cmd.exe', cmd_line: 'cmd /c dir', file: { path: image }, user: { name: 'mira', domain: 'CORP' } },
        actor: { process: { pid: 7, name: 'b.exe' } },
        unmapped: { EventID: 1, CommandLine: 'cmd /c dir', Provider_Name: 'Microsoft-Windows-Sysmon' },
      },
    },
    {
      record: event(3, { Image: image, Protocol: 'tcp', Initiated: 'true', SourceIp: '192.0.2.1', SourcePort: '50000', DestinationIp: '198.51.100.7', DestinationPort: '443' }),
      expect: { class_uid: 4001, activity_id: 1, dst_endpoint: { ip: '198.51.100.7', port: 443 }, connection_info: { direction_id: 2 } },
    },
    {
      record: { winlog: { channel: 'Microsoft-Windows-Sysmon/Operational', event_id: '13', event_data: { EventType: 'SetValue', TargetObject: 'HKLM\\Software\\Run\\x', Details: 'y' } }, '@timestamp': time },
      expect: { class_uid: 201_002, type_uid: 20_100_202, activity_id: 2, reg_value: { name: 'x', path: 'HKLM\\Software\\Run', data: 'y' }, unmapped: { TargetObject: 'HKLM\\Software\\Run\\x' } },
    },
    {
      record: { Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: 12, EventType: 'DeleteKey', TargetObject: 'HKLM\\x', UtcTime: '2026-03-04 05:06:07.000' },
      expect: { class_uid: 201_001, activity_id: 4, time: Date.parse(time), reg_key: { path: 'HKLM\\x' } },
    },
    { record: event(11, { Image: image, TargetFilename: 'C:\\t\\a.txt' }), expect: { class_uid: 1001, activity_id: 1, file: { name: 'a.txt', path: 'C:\\t\\a.txt' } } },
    { record: event(7, { Image: image, ImageLoaded: 'C:\\t\\a.dll' }), expect: { class_uid: 1005, activity_id: 1, module: { file: { name: 'a.dll' } } } },
    { record: event(10, { SourceImage: image, TargetImage: 'C:\\w\\lsass.exe', TargetProcessId: 5 }), expect: { class_uid: 1007, activity_id: 3, process: { name: 'lsass.exe', pid: 5 } } },
    { record: event(22, { Image: image, QueryName: 'example.org' }), expect: { class_uid: 4003, activity_id: 1, query: { hostname: 'example.org' } } },
    { record: event(17, { Image: image, User: 'CORP\\mira', PipeName: '\\srv' }), expect: { class_uid: 1001, activity_id: 1, file: { name: 'srv', path: '\\srv', type_id: 6 }, actor: { user: { name: 'mira' }, process: { name: 'cmd.exe' } } } },
    { record: event(25, { Image: image, User: 'CORP\\mira' }), expect: { class_uid: 0, device: { hostname: 'ws-1.example.org' }, actor: { user: { name: 'mira' }, process: { name: 'cmd.exe' } } } },
    { record: event(16, { State: 'Started' }), expect: { class_uid: 0, unmapped: { State: 'Started' } } },
  ],
  rejects: [{}, [], null, { Channel: 'Security', EventID: 1 }, { Event: { System: { Channel: 'Microsoft-Windows-Sysmon/Operational' } } }],
};
