const head = 'Mar  4 05:06:07 web-1 sudo[812]:';

export default {
  maps: [
    {
      record: `${head}     mira : TTY=pts/0 ; PWD=/home/mira ; USER=root ; COMMAND=/bin/sh -c echo x ; USER=y`,
      expect: { class_uid: 3002, activity_id: 7, status_id: 1, user: { name: 'root' }, actor: { user: { name: 'mira' }, session: { terminal: 'pts/0' } }, unmapped: { USER: 'root', COMMAND: '/bin/sh -c echo x ; USER=y', PWD: '/home/mira', process: 'sudo' } },
    },
    { record: `${head} mira : user NOT in sudoers ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id`, expect: { status: 'Failure', status_detail: 'user NOT in sudoers' } },
    { record: `<85>1 2026-03-04T05:06:07Z web-1 sudo 812 - - mira : 3 incorrect password attempts ; TTY=pts/0 ; PWD=/ ; USER=#-1 ; COMMAND=/usr/bin/id`, expect: { time: Date.UTC(2026, 2, 4, 5, 6, 7), status_detail: '3 incorrect password attempts', unmapped: { USER: '#-1' } } },
  ],
  rejects: [null, {}, '', `${head} pam_unix(sudo:session): session opened for user root`, `${head} mira : nothing`, 'mira : TTY=pts/0 ; USER=root ; COMMAND=x'],
};
