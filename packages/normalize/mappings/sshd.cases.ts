export default {
  maps: [
    { record: '<38>1 2026-03-04T05:06:07.5Z web-1 sshd 812 - - Accepted publickey for mira from 203.0.113.9 port 50122 ssh2', expect: { class_uid: 3002, activity_id: 1, status_id: 1, time: Date.UTC(2026, 2, 4, 5, 6, 7, 500), user: { name: 'mira' }, src_endpoint: { ip: '203.0.113.9', port: 50_122 }, auth_protocol: 'publickey' } },
    { record: 'Mar  4 05:06:07 web-1 sshd[812]: Failed password for invalid user admin from 2001:db8::9 port 40000 ssh2', expect: { status: 'Failure', status_detail: 'invalid user', time: 0, user: { name: 'admin' }, dst_endpoint: { hostname: 'web-1' } } },
    { record: '2026-03-04T05:06:07+00:00 web-1 sshd-session[9]: Failed none for  from 203.0.113.9 port 70000', expect: { status: 'Failure', user: { name: 'unknown' }, src_endpoint: { ip: '203.0.113.9' } } },
  ],
  rejects: [null, {}, 'sshd', 'Mar  4 05:06:07 web-1 sshd[812]: Connection closed by 203.0.113.9 port 1', 'Failed password for root from 203.0.113.9 port 1 sshd'],
};
