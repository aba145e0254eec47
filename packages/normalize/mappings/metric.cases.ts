const base = { metric: { name: 'node_load1', value: 3.5, labels: { job: 'node', instance: 'web-1:9100' }, time: 1_772_600_767_250, type: 'gauge' } };

export default {
  maps: [
    { record: base, expect: { class_uid: 0, time: 1_772_600_767_250, message: 'node_load1 is 3.5', device: { hostname: 'web-1' }, metadata: { product: { name: 'node' }, event_code: 'node_load1' }, unmapped: { name: 'node_load1', value: 3.5, instance: 'web-1:9100' } } },
    { record: { metric: { name: 'up', value: 0 } }, expect: { time: 0, metadata: { product: { name: 'unknown' } }, unmapped: { name: 'up', value: 0 } } },
  ],
  rejects: [null, 'x', {}, { metric: { name: 'up' } }, { metric: { name: 'up', value: '1' } }, { metric: 'up' }],
};
