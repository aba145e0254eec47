export default {
  maps: [
    { record: 'time=2026-03-04T05:06:07Z level=error msg="could not fetch" component=tsdb err="open /data: no such file"', expect: { class_uid: 0, severity: 'High', time: Date.UTC(2026, 2, 4, 5, 6, 7), message: 'could not fetch', unmapped: { err: 'open /data: no such file', level: 'error', text: 'could not fetch' } } },
    { record: 'ts=2026-03-04T05:06:07.25Z caller=main.go:120 lvl=info event=started', expect: { severity: 'Informational', time: Date.UTC(2026, 2, 4, 5, 6, 7, 250), message: 'started' } },
    { record: 'Mar  4 05:06:07 web-1 traefik[9]: method=GET path=/a status=200 duration=3ms', expect: { metadata: { product: { name: 'traefik' } }, unmapped: { path: '/a', status: '200', host: 'web-1', process: 'traefik' } } },
  ],
  rejects: [null, {}, 7, '', 'a=1 b=2', 'a=1 b=2 and c=3', 'Mar  4 05:06:07 web-1 app[9]: started a=1 b=2 c=3'],
};
