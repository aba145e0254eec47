const time = Date.UTC(2026, 2, 4, 5, 6, 7, 250);

export default {
  maps: [
    { record: { log: 'started\n', stream: 'stdout', time: '2026-03-04T05:06:07.250123456Z' }, expect: { class_uid: 0, time, message: 'started', unmapped: { message: 'started' } } },
    { record: '2026-03-04T05:06:07.250123456Z stderr F {"level":"warn"}', expect: { time, message: '{"level":"warn"}' } },
    { record: { log: 'x', date: time / 1000, kubernetes: { pod_name: 'web-0', namespace_name: 'prod', container_name: 'web' } }, expect: { time, metadata: { product: { name: 'web' }, tags: [{ name: 'pod', value: 'web-0' }, { name: 'namespace', value: 'prod' }] } } },
    { record: { '@timestamp': '2026-03-04T05:06:07.250Z', message: 'x', agent: { type: 'filebeat' }, log: { file: { path: '/var/log/x' } } }, expect: { time, metadata: { log_source: '/var/log/x' } } },
    { record: { stream: 'stdout', log: 'x' }, expect: { time: 0, metadata: { product: { name: 'unknown' } } } },
  ],
  rejects: [null, {}, '', 'x', { message: 'x' }, { log: 'x' }, { message: 'x', agent: { type: 'curl' } }, { stream: 'stdout' }, '2026-03-04T05:06:07Z stdin F x'],
};
