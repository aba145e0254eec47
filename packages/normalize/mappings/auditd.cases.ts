const at = (serial: number): string => `msg=audit(1772600767.243:${serial}):`;
const syscall = `type=SYSCALL ${at(7)} arch=c000003e syscall=59 success=yes exit=0 a0=55d1 a1=55d2 a2=0 a3=8 items=2 ppid=2686 pid=3538 auid=1000 uid=0 gid=0 tty=pts0 ses=1 comm="bash" exe="/usr/bin/bash" key="exec"\u001dARCH=x86_64 SYSCALL=execve AUID="mira" UID="root"`;
const execve = `type=EXECVE ${at(7)} argc=3 a0="bash" a1="-c" a2=${'rm -rf /x'.split('').map((one) => one.charCodeAt(0).toString(16)).join('').toUpperCase()}`;
const path = `type=PATH ${at(7)} item=0 name="/usr/bin/bash" inode=1 nametype=NORMAL`;
const beat = {
  '@timestamp': '2026-03-04T05:06:07.243Z', event: { module: 'auditd' }, auditd: { message_type: 'syscall', sequence: 7, result: 'success', data: { syscall: 'execve', a0: '55d1', arch: 'x86_64' }, paths: [{ name: '/usr/bin/id', nametype: 'NORMAL' }] },
  process: { pid: 3538, executable: '/usr/bin/id', args: ['id', '-u'], name: 'id' }, user: { name: 'root', id: '0' }, host: { name: 'web-1' },
};

export default {
  maps: [
    {
      record: [syscall, execve, path].join('\n'),
      expect: {
        class_uid: 1007, activity_id: 1, status_id: 1, time: 1_772_600_767_243, device: { hostname: 'unknown' }, process: { pid: 3538, name: 'bash', cmd_line: 'bash -c rm -rf /x', path: '/usr/bin/bash', parent_process: { pid: 2686 } }, actor: { user: { name: 'mira', uid: '1000' } },
        metadata: { correlation_uid: '7', tags: [{ name: 'key', value: 'exec' }] }, unmapped: { type: ['SYSCALL', 'EXECVE', 'PATH'], a0: 'bash', a2: 'rm -rf /x', SYSCALL: 'execve', name: '/usr/bin/bash' },
      },
    },
    { record: execve, expect: { class_uid: 1007, process: { uid: '7', name: 'bash' }, unmapped: { type: 'EXECVE', a1: '-c' } } },
    { record: syscall, expect: { class_uid: 0, unmapped: { type: 'SYSCALL', exe: '/usr/bin/bash', key: 'exec', a0: '55d1', SYSCALL: 'execve' } } },
    { record: `node=web-1 type=PATH ${at(8)} item=1 name="/etc/ld.so.preload" inode=9 nametype=CREATE`, expect: { class_uid: 1001, activity_id: 1, file: { name: 'ld.so.preload', path: '/etc/ld.so.preload' }, device: { hostname: 'web-1' }, unmapped: { nametype: 'CREATE' } } },
    {
      record: `type=USER_LOGIN ${at(9)} pid=1 uid=0 auid=4294967295 ses=4294967295 msg='op=login acct="root" exe="/usr/sbin/sshd" hostname=? addr=203.0.113.9 terminal=ssh res=failed'`,
      expect: { class_uid: 3002, activity_id: 1, status: 'Failure', user: { name: 'root' }, src_endpoint: { ip: '203.0.113.9' }, service: { name: 'sshd' }, unmapped: { res: 'failed', addr: '203.0.113.9' } },
    },
    { record: `type=ADD_USER ${at(10)} pid=1 uid=0 auid=1000 msg='op=adding user id=1001 exe="/usr/sbin/useradd" res=success' AUID="mira"`, expect: { class_uid: 3001, activity_id: 1, user: { name: 'mira', uid: '1001' }, actor: { user: { name: 'mira' } } } },
    { record: `type=SERVICE_STOP ${at(11)} pid=1 uid=0 msg='unit=auditd comm="systemd" exe="/usr/lib/systemd/systemd" res=success'`, expect: { class_uid: 6002, activity_id: 4, app: { name: 'auditd' }, unmapped: { unit: 'auditd', type: 'SERVICE_STOP' } } },
    { record: `Mar  4 05:06:07 web-1 audisp-syslog: type=CONFIG_CHANGE ${at(12)} op=remove_rule key="exec" res=1`, expect: { class_uid: 0, unmapped: { op: 'remove_rule' } } },
    { record: beat, expect: { class_uid: 1007, process: { cmd_line: 'id -u', pid: 3538 }, device: { hostname: 'web-1' }, unmapped: { type: ['SYSCALL', 'EXECVE', 'PATH'], a0: 'id', exe: '/usr/bin/id', SYSCALL: 'execve' } } },
    { record: { ID: '1772600767.243:9', NODE: 'web-1', SYSCALL: { syscall: 59, pid: 5, comm: 'sh', exe: '/bin/sh', success: 'yes' }, EXECVE: { argc: 1, ARGV: ['sh'] }, PATH: [{ name: '/bin/sh', nametype: 'NORMAL' }] }, expect: { class_uid: 1007, time: 1_772_600_767_243, process: { pid: 5, cmd_line: 'sh' }, unmapped: { type: ['SYSCALL', 'EXECVE', 'PATH'], a0: 'sh', comm: 'sh' } } },
  ],
  rejects: [null, {}, '', 'type=SYSCALL', 'type=SYSCALL msg=audit(x:1): a=b', { auditd: {} }, { ID: '7' }, { ID: '1772600767.243:9' }],
};
