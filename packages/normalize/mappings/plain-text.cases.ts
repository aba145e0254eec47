export default {
  maps: [
    { record: '2026-03-04 05:06:07,250 disk full', expect: { class_uid: 0, time: Date.UTC(2026, 2, 4, 5, 6, 7, 250), unmapped: { message: '2026-03-04 05:06:07,250 disk full' } } },
    { record: 'service started', expect: { time: 0, message: 'service started', metadata: { sequence: 1 } } },
  ],
  rejects: [null, {}, 7, ''],
};
