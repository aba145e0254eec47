const base = { __CURSOR: 's=1', __REALTIME_TIMESTAMP: '1772600767250000', _HOSTNAME: 'web-1', SYSLOG_IDENTIFIER: 'nginx', _PID: '9', PRIORITY: '3', MESSAGE: 'worker failed', _SYSTEMD_UNIT: 'nginx.service' };

export default {
  maps: [
    { record: base, expect: { class_uid: 0, severity_id: 4, time: 1_772_600_767_250, message: 'worker failed', metadata: { uid: 's=1', product: { name: 'nginx' } }, unmapped: { message: 'worker failed', host: 'web-1', process: 'nginx' } } },
    { record: { ...base, SYSLOG_IDENTIFIER: 'sudo', PRIORITY: '5', MESSAGE: 'mira : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id' }, expect: { class_uid: 3002, activity_id: 7, user: { name: 'root' }, unmapped: { USER: 'root', COMMAND: '/usr/bin/id' } } },
    { record: { ...base, SYSLOG_IDENTIFIER: 'sshd', MESSAGE: 'Failed password for root from 203.0.113.9 port 40000 ssh2' }, expect: { class_uid: 3002, status: 'Failure', src_endpoint: { ip: '203.0.113.9' } } },
    { record: { ...base, SYSLOG_IDENTIFIER: undefined, _COMM: 'app', MESSAGE: [104, 105, 255] }, expect: { message: 'hi\u00ff', metadata: { product: { name: 'app' } } } },
    { record: { _SOURCE_REALTIME_TIMESTAMP: 1_772_600_767_250_000 }, expect: { time: 1_772_600_767_250, metadata: { product: { name: 'unknown' } } } },
  ],
  rejects: [null, 'x', {}, { ...base, __REALTIME_TIMESTAMP: 'x' }, { MESSAGE: 'x' }],
};
