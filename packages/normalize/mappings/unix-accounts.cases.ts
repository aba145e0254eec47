const head = 'Mar  4 05:06:07 web-1';

export default {
  maps: [
    { record: `${head} useradd[7]: new user: name=eve, UID=0, GID=0, home=/home/eve, shell=/bin/bash, from=/dev/pts/0`, expect: { class_uid: 3001, activity_id: 1, user: { name: 'eve', uid: '0' } } },
    { record: `${head} userdel[7]: delete user 'eve'`, expect: { activity_id: 6 } },
    { record: `${head} usermod[7]: add 'eve' to group 'sudo'`, expect: { class_uid: 3006, activity_id: 3, group: { name: 'sudo' }, user: { name: 'eve' }, unmapped: { group: 'sudo' } } },
    { record: `${head} gpasswd[7]: user eve added by root to group docker`, expect: { activity_id: 3, actor: { user: { name: 'root' } } } },
    { record: `${head} groupadd[7]: group added to /etc/group: name=ops, GID=1009`, expect: { activity_id: 6, group: { name: 'ops' } } },
    { record: `${head} usermod[7]: change user 'eve' shell from '/bin/sh' to '/bin/bash'`, expect: { class_uid: 3001, activity_id: 99, activity_name: 'usermod' } },
    { record: `${head} usermod[7]: change user 'eve' password`, expect: { activity_id: 3 } },
    { record: `${head} groupdel[7]: group 'ops' removed from /etc/group`, expect: { class_uid: 3006, activity_id: 5 } },
  ],
  rejects: [null, {}, '', `${head} app[7]: new user: name=eve, UID=0`, `${head} useradd[7]: failed adding user 'eve'`],
};
