import { ocsfClasses } from '#formats/ocsf.ts';
import type { JsonObject } from '../json-fields.ts';
import { endpointOf, userOf } from '../parts.ts';
import type { Deed, Program, ProgramLine } from './program.ts';

const line = /^(pam_\w{1,32})\(([\w.@-]{1,64}):(\w{1,32})\): (.{1,4096})$/s;
const session = /^session (opened|closed) for user (\S{1,64}?)(?:\(uid=(\d{1,10})\))?(?: by (\S{0,64}?)(?:\(uid=(\d{1,10})\))?)?$/;
const failure = /^(?:authentication failure|\d{1,4} more authentication failures?);/;
const changed = /^password changed for (\S{1,64})/;
const locked = /^Consecutive login failures for user (\S{1,64}) account temporarily locked/;

/** Modules of PAM: sessions, refused passwords, changed passwords, locked accounts. */
export const pam: Program = {
  service: 'auth',
  product: { name: 'PAM', vendor_name: 'Linux-PAM' },
  mark: /pam_/,
  read(given) {
    const found = line.exec(given.message) ?? inTag(given);
    if (found === null) return undefined;
    const [, module_ = '', service = '', type = '', text = ''] = found;
    const deed = sessionIn(text, service, given) ?? failureIn(text, service, given) ?? changeIn(text);
    return deed === undefined ? undefined : { ...deed, names: { ...deed.names, pam_module: module_, pam_service: service, pam_type: type } };
  },
};

/** As old modules wrote it: `sshd(pam_unix)[19939]: authentication failure; ...`. */
function inTag({ app, message }: ProgramLine): readonly string[] | null {
  const found = /^([\w.@-]{1,64})\((pam_\w{1,32})\)$/.exec(app);
  return found === null ? null : ['', found[2] ?? '', found[1] ?? '', message.startsWith('session ') ? 'session' : 'auth', message];
}

function sessionIn(text: string, service: string, { host }: ProgramLine): Deed | undefined {
  const found = session.exec(text);
  if (found === null) return undefined;
  const [, verb, name, uid, by, byUid] = found;
  const actor = by === undefined || by === '' ? undefined : by;
  return {
    class: ocsfClasses.authentication, activity: verb === 'opened' ? 1 : 2, outcome: 'success',
    attributes: { user: userOf(name, uid), actor: actor === undefined ? undefined : { user: userOf(actor, byUid) }, service: { name: service }, dst_endpoint: { hostname: host } },
    names: { user: name },
  };
}

function failureIn(text: string, service: string, { host }: ProgramLine): Deed | undefined {
  if (!failure.test(text)) return undefined;
  const fields = new Map([...text.matchAll(/(?<![^\s;])(logname|uid|euid|tty|ruser|rhost|user)=(\S{1,255})/g)].map(([, key = '', value = '']) => [key, value]));
  const from = fields.get('rhost');
  return {
    class: ocsfClasses.authentication, activity: 1, outcome: 'failure',
    attributes: {
      status_detail: 'authentication failure',
      user: userOf(fields.get('user')),
      actor: { user: fields.has('ruser') ? userOf(fields.get('ruser')) : undefined, session: { terminal: fields.get('tty') } },
      service: { name: service }, is_remote: from !== undefined,
      src_endpoint: from === undefined ? undefined : endpointOf(from),
      dst_endpoint: { hostname: host },
    },
    names: Object.fromEntries(fields) satisfies JsonObject,
  };
}

function changeIn(text: string): Deed | undefined {
  const password = changed.exec(text);
  const name = password?.[1] ?? locked.exec(text)?.[1];
  if (name === undefined) return undefined;
  return { class: ocsfClasses.accountChange, activity: password === null ? 9 : 3, outcome: 'success', attributes: { user: userOf(name) }, names: { user: name } };
}
