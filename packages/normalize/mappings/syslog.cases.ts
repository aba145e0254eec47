export default {
  maps: [
    { record: '<34>1 2026-03-04T05:06:07Z web-1 cron 77 ID1 [meta a="b"] (root) CMD (run)', expect: { class_uid: 0, time: Date.UTC(2026, 2, 4, 5, 6, 7), severity_id: 5, message: '(root) CMD (run)', metadata: { product: { name: 'cron' } }, unmapped: { host: 'web-1', process: 'cron' } } },
    { record: 'Mar  4 05:06:07 web-1 sudo: mira : TTY=pts/0 ; PWD=/home/mira ; USER=root ; COMMAND=/usr/bin/id', expect: { time: 0, severity_id: 1, unmapped: { process: 'sudo' } } },
    { record: '<27>Mar 14 05:06:07 web-1 app[7]: broken', expect: { severity_id: 4, message: 'broken' } },
    { record: 'Jun 19 04:09:11 web-1 syslogd 1.4.1: restart.', expect: { message: 'syslogd 1.4.1: restart.', metadata: { product: { name: 'unknown' } }, unmapped: { host: 'web-1' } } },
  ],
  rejects: [null, {}, 7, '', 'a plain line', '<34>1 x'],
};
