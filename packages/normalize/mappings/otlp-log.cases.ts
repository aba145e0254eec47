const base = {
  otlp: { resource: { 'service.name': 'checkout', 'service.version': '1.2.0', 'host.name': 'web-1' }, scope: 'app' }, timeUnixNano: '1772600767250000000', severityNumber: 17, severityText: 'ERROR', body: 'payment refused', attributes: { 'user.id': 'u-1' },
  traceId: '5b8efff798038103d269b633813fc60c', spanId: 'eee19b7ec3c1b174',
};

export default {
  maps: [
    {
      record: base,
      expect: { class_uid: 0, severity_id: 4, time: 1_772_600_767_250, message: 'payment refused', metadata: { product: { name: 'checkout', version: '1.2.0' }, log_level: 'ERROR', log_provider: 'app', correlation_uid: base.traceId }, unmapped: { 'user.id': 'u-1', 'host.name': 'web-1', message: 'payment refused' } },
    },
    { record: { ...base, timeUnixNano: 0, observedTimeUnixNano: 1_772_600_767_250_000_000, severityNumber: 9, body: { message: 'x', code: 7 } }, expect: { severity_id: 1, time: 1_772_600_767_250, unmapped: { code: 7, message: 'x' } } },
    { record: { otlp: {}, body: 'x', severityNumber: 24 }, expect: { severity_id: 5, time: 0, metadata: { product: { name: 'unknown' } } } },
    { record: { otlp: {}, attributes: {} }, expect: { severity_id: 1 } },
  ],
  rejects: [null, 'x', {}, { otlp: 'x', body: 'x' }, { otlp: {} }],
};
