const base = {
  timestamp: '2026-03-04T05:06:07.250+0000', rule: { level: 10, description: 'sshd: brute force', id: '5712', mitre: { id: ['T1110'], tactic: ['Credential Access'] }, firedtimes: 3, groups: ['syslog', 'sshd'] }, agent: { id: '001', name: 'web-1', ip: '10.0.0.5' },
  manager: { name: 'wazuh' }, id: '1772600767.1', full_log: 'Failed password for root', decoder: { name: 'sshd' }, data: { srcip: '203.0.113.9', dstuser: 'root' }, location: '/var/log/auth.log',
};

export default {
  maps: [
    {
      record: base,
      expect: { class_uid: 2004, severity_id: 3, time: Date.UTC(2026, 2, 4, 5, 6, 7, 250), count: 3, finding_info: { uid: '1772600767.1', title: 'sshd: brute force', types: ['syslog', 'sshd'], attacks: [{ technique: { uid: 'T1110' } }, { tactic: { name: 'Credential Access' } }] }, device: { hostname: 'web-1', ip: '10.0.0.5' }, resources: [{ name: 'web-1', ip: '10.0.0.5' }], evidences: [{ src_endpoint: { ip: '203.0.113.9' }, actor: { user: { name: 'root' } } }], unmapped: { message: 'Failed password for root' } },
    },
    { record: { ...base, rule: { level: 15, id: '1' }, data: undefined, agent: { name: 'x', ip: 'any' } }, expect: { severity_id: 5, finding_info: { title: 'Rule 1' } } },
    { record: { ...base, data: { src_ip: '198.51.100.4', dest_ip: '10.0.0.5', alert: { signature: 'x' } } }, expect: { evidences: [{ src_endpoint: { ip: '198.51.100.4' } }] } },
    { record: { ...base, data: undefined, syscheck: { path: '/etc/passwd', event: 'modified' } }, expect: { evidences: [{ file: { name: 'passwd', path: '/etc/passwd' } }] } },
  ],
  rejects: [null, 'x', {}, { ...base, timestamp: 'x' }, { ...base, rule: { level: 'x', id: '1' } }, { ...base, manager: undefined, agent: undefined }],
};
