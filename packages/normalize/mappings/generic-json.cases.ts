export default {
  maps: [
    {
      record: { timestamp: '2026-05-01T10:00:00Z', message: 'service started', id: 'a1', host: { name: 'web-1' } },
      expect: {
        class_uid: 0, type_uid: 0, time: Date.UTC(2026, 4, 1, 10), message: 'service started', metadata: { uid: 'a1' },
        unmapped: { host: { name: 'web-1' } },
      },
    },
    { record: { ts: 1_777_629_600, level: 'warn' }, expect: { time: Date.UTC(2026, 4, 1, 10), unmapped: { level: 'warn' } } },
    { record: { level: 'warn', time: 'soon' }, expect: { time: 0 } },
  ],
  rejects: ['text', 7, null, true, ['list']],
};
