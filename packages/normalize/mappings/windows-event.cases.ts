export default {
  maps: [
    {
      record: {
        Event: {
          System: { Provider: { '#attributes': { Name: 'Service Control Manager' } }, EventID: 7045, TimeCreated: { '#attributes': { SystemTime: '2026-03-04T05:06:07Z' } }, Channel: 'System', Computer: 'ws-1' },
          EventData: { ServiceName: 'x', ImagePath: 'C:\\x.exe' },
        },
      },
      expect: { class_uid: 201_004, activity_id: 1, win_service: { name: 'x', cmd_line: 'C:\\x.exe' }, device: { hostname: 'ws-1' }, time: Date.UTC(2026, 2, 4, 5, 6, 7), unmapped: { Provider_Name: 'Service Control Manager', EventID: 7045, ServiceName: 'x' } },
    },
    {
      record: { Event: { System: { EventID: 5858, Channel: 'Microsoft-Windows-WMI-Activity/Operational' }, UserData: { Operation: { Query: 'select * from x' } } } },
      expect: { class_uid: 0, unmapped: { Query: 'select * from x' } },
    },
    {
      record: { Event: { System: { EventID: 5858, Channel: 'Microsoft-Windows-WMI-Activity/Operational', Computer: 'ws-1' }, UserData: { Operation: { User: 'CORP\\mira' } } } },
      expect: { class_uid: 0, device: { hostname: 'ws-1' }, actor: { user: { name: 'mira', domain: 'CORP' } } },
    },
    { record: { Channel: 'Microsoft-Windows-TaskScheduler/Operational', EventID: 142, TaskName: '\\Backup', UserName: 'mira' }, expect: { class_uid: 1006, activity_id: 5, job: { name: '\\Backup' }, actor: { user: { name: 'mira' } } } },
    { record: { Event: { System: { EventID: 104, Channel: 'System' }, UserData: { LogFileCleared: { SubjectUserName: 'mira', Channel: 'Application' } } } }, expect: { class_uid: 1008, activity_id: 1, log_name: 'Application', actor: { user: { name: 'mira' } } } },
  ],
  rejects: [{}, [], { Channel: 'Microsoft-Windows-Windows Defender/Operational', EventID: 1119 }, { Channel: 'Security', EventID: 4624 }, { Channel: '', EventID: 1 }],
};
