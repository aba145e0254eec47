export default {
  maps: [
    {
      record: '[Wed Mar 04 05:06:07.123456 2026] [core:error] [pid 812:tid 140] [client 203.0.113.9:5000] AH00126: Invalid URI in request GET /../etc HTTP/1.1',
      expect: { class_uid: 6008, severity_id: 4, time: Date.UTC(2026, 2, 4, 5, 6, 7, 123), metadata: { event_code: 'AH00126', log_level: 'error' }, observables: [{ value: '203.0.113.9' }], unmapped: { module: 'core', client: '203.0.113.9' } },
    },
    { record: '[Wed Mar 04 05:06:07 2026] [notice] child pid 9 exit signal Segmentation fault (11)', expect: { severity_id: 1, time: Date.UTC(2026, 2, 4, 5, 6, 7) } },
  ],
  rejects: [null, {}, '', '[x]', '[Wed Foo 04 05:06:07 2026] [error] x', '[2026-03-04T05:06:07Z] [error] x'],
};
