const base = { id: 'e-1', timestamp: 1_772_600_767_250, message: 'started', logGroup: '/aws/eks/prod/cluster', logStream: 'authenticator-1', owner: '111122223333' };

export default {
  maps: [
    { record: base, expect: { class_uid: 0, time: 1_772_600_767_250, message: 'started', metadata: { uid: 'e-1', log_name: '/aws/eks/prod/cluster', log_source: 'authenticator-1' }, cloud: { account: { uid: '111122223333' } } } },
    { record: { '@timestamp': '2026-03-04T05:06:07.250Z', '@message': '{"a":1}', '@logStream': 's' }, expect: { message: '{"a":1}', unmapped: { message: '{"a":1}' } } },
    { record: { logGroupName: 'g', logStreamName: 's', message: 'x' }, expect: { time: 0, metadata: { log_name: 'g' } } },
  ],
  rejects: [null, 'x', {}, { logGroup: 'g' }, { ...base, message: {} }],
};
