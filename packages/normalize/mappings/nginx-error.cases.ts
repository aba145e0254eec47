const head = '2026/03/04 05:06:07 [error] 812#812:';

export default {
  maps: [
    {
      record: `${head} *1 open() "/srv/x, y" failed (2: No such file or directory), client: 203.0.113.9, server: example.com, request: "GET /x HTTP/1.1", host: "example.com"`,
      expect: { class_uid: 6008, activity_id: 1, severity_id: 4, time: Date.UTC(2026, 2, 4, 5, 6, 7), message: 'open() "/srv/x, y" failed (2: No such file or directory)', observables: [{ value: '203.0.113.9', type_id: 2 }], unmapped: { client: '203.0.113.9', request: 'GET /x HTTP/1.1', host: 'example.com' } },
    },
    { record: '2026/03/04 05:06:07 [alert] 1#1: worker process 9 exited on signal 11 (core dumped)', expect: { severity_id: 5 } },
    { record: '2026/03/04 05:06:07 [notice] 1#1: start worker processes', expect: { severity_id: 1 } },
  ],
  rejects: [null, {}, '', 'x', '2026/03/04 05:06:07 error', '2026/99/04 05:06:07 [error] 1#1: x'],
};
