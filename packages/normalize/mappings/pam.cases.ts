const head = 'Mar  4 05:06:07 web-1';

export default {
  maps: [
    { record: `${head} sudo: pam_unix(sudo:session): session opened for user root(uid=0) by mira(uid=1000)`, expect: { class_uid: 3002, activity_id: 1, user: { name: 'root', uid: '0' }, actor: { user: { name: 'mira', uid: '1000' } }, service: { name: 'sudo' }, unmapped: { pam_type: 'session' } } },
    { record: `${head} cron[7]: pam_unix(cron:session): session closed for user root`, expect: { activity_id: 2 } },
    { record: `${head} login: pam_unix(login:session): session opened for user mira by (uid=0)`, expect: { activity_id: 1, user: { name: 'mira' } } },
    { record: `${head} sshd[9]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=203.0.113.9  user=root`, expect: { status: 'Failure', src_endpoint: { ip: '203.0.113.9' }, user: { name: 'root' }, is_remote: true, unmapped: { rhost: '203.0.113.9' } } },
    { record: `${head} sshd(pam_unix)[9]: authentication failure; logname= uid=0 euid=0 tty=NODEVssh ruser= rhost=203.0.113.9 `, expect: { status: 'Failure', src_endpoint: { ip: '203.0.113.9' }, service: { name: 'sshd' }, unmapped: { pam_module: 'pam_unix' } } },
    { record: `${head} su(pam_unix)[9]: session opened for user news by (uid=0)`, expect: { activity_id: 1, status: 'Success', user: { name: 'news' }, service: { name: 'su' } } },
    { record: `${head} passwd[9]: pam_unix(passwd:chauthtok): password changed for mira`, expect: { class_uid: 3001, activity_id: 3, user: { name: 'mira' } } },
    { record: `${head} sshd[9]: pam_faillock(sshd:auth): Consecutive login failures for user mira account temporarily locked`, expect: { class_uid: 3001, activity_id: 9 } },
  ],
  rejects: [null, {}, '', `${head} x: pam_unix(a): x`, `${head} x: pam_unix(sshd:auth): check pass; user unknown`],
};
