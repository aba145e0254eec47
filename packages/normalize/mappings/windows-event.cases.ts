export default {
  maps: [
    {
      record: {
        Event: {
          System: { Provider: { '#attributes': { Name: 'Service Control Manager' } }, EventID: 7045, TimeCreated: { '#attributes': { SystemTime: '2026-03-04T05:06:07Z' } }, Channel: 'System', Computer: 'ws-1' },
          EventData: { ServiceName: 'x', ImagePath: 'C:\\x.exe' },
        },
      },
      expect: { class_uid: 0, time: Date.UTC(2026, 2, 4, 5, 6, 7), unmapped: { Provider_Name: 'Service Control Manager', EventID: 7045, ServiceName: 'x' } },
    },
    {
      record: { Event: { System: { EventID: 5858, Channel: 'Microsoft-Windows-WMI-Activity/Operational' }, UserData: { Operation: { Query: 'select * from x' } } } },
      expect: { class_uid: 0, unmapped: { Query: 'select * from x' } },
    },
    { record: { Channel: 'Microsoft-Windows-Windows Defender/Operational', EventID: 1119, 'Threat Name': 'x' }, expect: { unmapped: { ThreatName: 'x' } } },
  ],
  rejects: [{}, [], { Channel: 'Security', EventID: 4624 }, { Channel: '', EventID: 1 }],
};
