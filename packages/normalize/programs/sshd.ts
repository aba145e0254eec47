import { ocsfClasses } from '#formats/ocsf.ts';
import { portAt } from '../flow.ts';
import { endpointOf, userOf } from '../parts.ts';
import type { Program } from './program.ts';

const logon = /^(Accepted|Failed) (\S{1,40}) for (invalid user )?(.{0,64}?) from (\S{1,64}) port (\d{1,5})/;

/** OpenSSH's server; only its sign-ins, other lines are ordinary syslog. */
export const sshd: Program = {
  service: 'sshd',
  product: { name: 'OpenSSH', vendor_name: 'OpenBSD' },
  mark: /sshd/,
  read({ app, host, message }) {
    const found = app.startsWith('sshd') ? logon.exec(message) : null;
    if (found === null) return undefined;
    const [, verdict, method, invalid, name = '', address, port] = found;
    return {
      class: ocsfClasses.authentication, activity: 1, outcome: verdict === 'Accepted' ? 'success' : 'failure',
      attributes: {
        status_detail: invalid === undefined ? undefined : 'invalid user',
        auth_protocol: method,
        auth_protocol_id: 99,
        user: userOf(name === '' ? undefined : name),
        is_remote: true,
        service: { name: 'sshd' },
        src_endpoint: endpointOf(address, { port: portAt({ port }, 'port') }),
        dst_endpoint: { hostname: host },
      },
    };
  },
};
