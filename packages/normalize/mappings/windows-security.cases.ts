const event = (id: number, data: object): object => ({
  Event: { System: { EventID: { '#attributes': { Qualifiers: 0 }, '#text': id }, TimeCreated: { '#attributes': { SystemTime: '2026-03-04T05:06:07Z' } }, Channel: 'Security', Computer: 'dc-1' }, EventData: data },
});

export default {
  maps: [
    {
      record: event(4625, { TargetUserName: 'mira', TargetDomainName: 'CORP', LogonType: 3, IpAddress: '198.51.100.7', Status: '0xc000006d', SubjectUserName: '-' }),
      expect: {
        class_uid: 3002, activity_id: 1, status_id: 2, user: { name: 'mira', domain: 'CORP' }, src_endpoint: { ip: '198.51.100.7' }, is_remote: true,
        unmapped: { EventID: 4625, TargetUserName: 'mira', Channel: 'Security' },
      },
    },
    { record: event(4624, { TargetUserName: 'mira', LogonType: '2' }), expect: { class_uid: 3002, activity_id: 1, status_id: 1, is_remote: false } },
    {
      record: event(4688, { NewProcessName: 'C:\\a\\b.exe', NewProcessId: '0x1f4', ProcessId: '0x2a', ParentProcessName: 'C:\\p.exe', CommandLine: 'b -x', SubjectUserName: 'mira', SubjectDomainName: 'CORP', MandatoryLabel: 'S-1-16-12288' }),
      expect: {
        class_uid: 1007, activity_id: 1, process: { name: 'b.exe', cmd_line: 'b -x' }, actor: { user: { name: 'mira' }, process: { pid: 42, name: 'p.exe' } },
        unmapped: { Image: 'C:\\a\\b.exe', ParentImage: 'C:\\p.exe', IntegrityLevel: 'High', User: 'CORP\\mira' },
      },
    },
    { record: event(4720, { TargetUserName: 'new', SubjectUserName: 'mira' }), expect: { class_uid: 3001, activity_id: 1, user: { name: 'new' }, actor: { user: { name: 'mira' } } } },
    { record: event(4732, { TargetUserName: 'Administrators', MemberSid: 'S-1-5-21-1', SubjectUserName: 'mira' }), expect: { class_uid: 3006, activity_id: 3, group: { name: 'Administrators' } } },
    {
      record: event(4657, { ObjectName: '\\REGISTRY\\MACHINE\\Software\\Run', ObjectValueName: 'x', NewValue: 'y', ProcessName: 'C:\\a.exe' }),
      expect: { class_uid: 0, unmapped: { TargetObject: 'HKLM\\Software\\Run\\x', Details: 'y' } },
    },
    { record: event(1102, { SubjectUserName: 'mira' }), expect: { class_uid: 1008, activity_id: 1, log_name: 'Security', actor: { user: { name: 'mira' } }, metadata: { event_code: '1102' } } },
    { record: event(4701, { SubjectUserName: 'mira', TaskName: '\\Backup' }), expect: { class_uid: 1006, activity_id: 5, job: { name: '\\Backup' }, actor: { user: { name: 'mira' } }, device: { hostname: 'dc-1' } } },
    { record: event(4697, { SubjectUserName: 'mira', ServiceName: 'upd', ServiceFileName: 'C:\\u.exe' }), expect: { class_uid: 201_004, activity_id: 1, win_service: { name: 'upd', cmd_line: 'C:\\u.exe' } } },
    { record: event(4719, { SubjectUserName: 'mira' }), expect: { class_uid: 0, actor: { user: { name: 'mira' } }, device: { hostname: 'dc-1' } } },
  ],
  rejects: [{}, [], { Channel: 'System', EventID: 7 }, { Channel: 'Security' }, { Channel: 'Security', EventID: 'x' }],
};
