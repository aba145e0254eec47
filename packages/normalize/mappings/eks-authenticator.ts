import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { addressAndPort } from '../http-exchange.ts';
import type { JsonObject } from '../json-fields.ts';
import { textAt, timeOf } from '../json-fields.ts';
import { endpointOf, userOf } from '../parts.ts';

const start = /^time="(\d{4}-\d\d-\d\dT[\d:.]{8,18}(?:Z|[+-]\d\d:\d\d))" level=(\w{1,16}) msg="((?:[^"\\]|\\.){1,4096})"/;
const pair = /(?<=\s)([A-Za-z_][\w.]{0,63})=("(?:[^"\\]|\\.){0,8192}"|[^\s"]{0,8192})/g;

/** The control plane of EKS: who came with which role of AWS, and which user of Kubernetes that made of it (aws-iam-authenticator). */
export default defineMapping({
  id: 'eks-authenticator',
  title: 'EKS authenticator log',
  logsource: { product: 'aws', service: 'eks_authenticator' },
  hint: { text: 't' },
  accepts: (value) => typeof value === 'string' && value.startsWith('time="') && read(value) !== undefined,
  map({ value }) {
    const found = read(value);
    if (found === undefined) return undefined;
    const { time, fields } = found;
    const message = textAt(fields, 'msg') ?? '';
    const [client, port] = addressAndPort(textAt(fields, 'client'));
    const denied = message !== 'access granted';
    return buildEvent({
      class: ocsfClasses.authentication, activity: 1, severity: 'informational', time,
      metadata: { product: { name: 'EKS', vendor_name: 'AWS' }, log_name: 'authenticator', log_level: textAt(fields, 'level'), profiles: ['cloud'] },
      attributes: {
        ...statusOf(denied ? 'failure' : 'success'),
        status_detail: denied ? (textAt(fields, 'error') ?? message) : undefined,
        message,
        user: userOf(textAt(fields, 'username'), textAt(fields, 'uid'), { groups: groupsOf(textAt(fields, 'groups')) }),
        actor: { user: userOf(textAt(fields, 'arn')) },
        service: { name: 'EKS' },
        src_endpoint: endpointOf(client, { port }),
        cloud: { provider: 'AWS' },
        raw_data: value,
        unmapped: { ...fields, message: value },
      },
    });
  },
});

/** Its other lines are about itself, and stay text. */
function read(value: unknown): { readonly time: number; readonly fields: JsonObject } | undefined {
  if (typeof value !== 'string' || value.length > 65_536) return undefined;
  const found = start.exec(value);
  const time = timeOf(found?.[1]);
  if (found === null || time === undefined || !/^access (?:granted|denied)$/.test(found[3] ?? '')) return undefined;
  const pairs = [...value.slice(found[0].length).matchAll(pair)].slice(0, 32).filter(([, name]) => name !== '__proto__').map(([, name = '', held = '']) => [name, held.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1')]);
  return { time, fields: { ...Object.fromEntries(pairs), level: found[2], msg: found[3] } };
}

function groupsOf(written: string | undefined): readonly JsonObject[] {
  return (written ?? '').replace(/^\[|\]$/g, '').split(' ').filter((name) => name !== '').slice(0, 100).map((name) => ({ name }));
}
