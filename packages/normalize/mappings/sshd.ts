import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { portAt } from '../flow.ts';
import { endpointOf, userOf } from '../parts.ts';
import { syslogLine, syslogStart } from '../syslog-line.ts';

const logon = /^(Accepted|Failed) (\S{1,40}) for (invalid user )?(.{0,64}?) from (\S{1,64}) port (\d{1,5})/;

/** Sign-ins that OpenSSH's server writes to syslog; its other lines are ordinary syslog. */
export default defineMapping({
  id: 'sshd',
  title: 'OpenSSH sign-ins',
  logsource: { product: 'linux', service: 'sshd' },
  hint: { text: syslogStart },
  accepts: (value) => typeof value === 'string' && value.includes('sshd') && logon.test(syslogLine(value)?.message ?? ''),
  map({ value }) {
    const line = syslogLine(value);
    const found = logon.exec(line?.message ?? '');
    if (line === undefined || found === null) return undefined;
    const [, verdict, method, invalid, name = '', address, port] = found;
    const user = userOf(name === '' ? undefined : name);
    return buildEvent({
      class: ocsfClasses.authentication,
      activity: 1,
      severity: 'informational',
      time: line.time,
      metadata: { product: { name: 'OpenSSH', vendor_name: 'OpenBSD' }, log_name: 'sshd', original_time: line.written },
      attributes: {
        ...statusOf(verdict === 'Accepted' ? 'success' : 'failure'),
        status_detail: invalid === undefined ? undefined : 'invalid user',
        message: line.message,
        auth_protocol: method,
        auth_protocol_id: 99,
        user,
        is_remote: true,
        service: { name: 'sshd' },
        src_endpoint: endpointOf(address, { port: portAt({ port }, 'port') }),
        dst_endpoint: { hostname: line.host },
        raw_data: value,
        unmapped: { message: line.message, host: line.host, process: line.app },
      },
    });
  },
});
