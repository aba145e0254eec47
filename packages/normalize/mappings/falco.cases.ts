const base = {
  uuid: 'f-1', time: '2026-03-04T05:06:07.123456789Z', priority: 'Warning', rule: 'Shell in container', output: 'A shell was started', source: 'syscall', tags: ['container', 'T1059'], hostname: 'node-1',
  output_fields: { 'proc.name': 'sh', 'proc.cmdline': 'sh -i', 'proc.pid': 77, 'user.name': 'root', 'user.uid': 0, 'container.id': 'c1', 'container.name': 'web', 'k8s.pod.name': 'web-0', 'k8s.ns.name': 'prod' },
};

export default {
  maps: [
    {
      record: base,
      expect: {
        class_uid: 2004, activity_id: 1, severity_id: 3, time: Date.UTC(2026, 2, 4, 5, 6, 7, 123), message: 'A shell was started', finding_info: { uid: 'f-1', title: 'Shell in container', types: ['container', 'T1059'], attacks: [{ technique: { uid: 'T1059' } }] },
        resources: [{ uid: 'c1', name: 'web', type: 'Container' }, { name: 'web-0', namespace: 'prod', type: 'Pod' }], evidences: [{ process: { pid: 77, name: 'sh', cmd_line: 'sh -i' }, actor: { user: { name: 'root', uid: '0' } } }],
      },
    },
    { record: { ...base, uuid: undefined, priority: 'Critical', output_fields: {} }, expect: { severity_id: 5, finding_info: { uid: 'Shell in container' } } },
    {
      record: { ...base, tags: ['mitre_credential_access', 't1552.001', 'mitre_', 7], output_fields: { ...base.output_fields, 'fd.name': '/etc/shadow' } },
      expect: { finding_info: { attacks: [{ tactic: { name: 'Credential Access' } }, { technique: { uid: 'T1552.001' } }] }, evidences: [{ file: { name: 'shadow', path: '/etc/shadow' } }] },
    },
    { record: { ...base, output_fields: { ...base.output_fields, 'fd.name': '10.0.0.1:443->10.0.0.2:5' } }, expect: { evidences: [{ process: { name: 'sh' } }] } },
    { record: { ...base, priority: 'Debug', output_fields: { 'ka.user.name': 'mira' } }, expect: { severity_id: 1 } },
  ],
  rejects: [null, 'x', {}, { ...base, time: 'x' }, { ...base, output_fields: 'x' }, { ...base, rule: 7 }],
};
