import { ocsfClasses } from '#formats/ocsf.ts';
import { userOf } from '../parts.ts';
import type { Program } from './program.ts';

const line = /^\s{0,8}(\S{1,64}) : (.{1,32768})$/s;
const part = /(?:^| ; )(TTY|PWD|USER|GROUP|TSID|ENV|COMMAND)=/g;

/** Sudo: who ran what as whom, or was refused. */
export const sudo: Program = {
  service: 'sudo',
  product: { name: 'sudo', vendor_name: 'sudo' },
  mark: /sudo/,
  read({ app, host, message }) {
    const found = app === 'sudo' ? line.exec(message) : null;
    if (found === null) return undefined;
    const [, name = '', rest = ''] = found;
    const { reason, fields } = partsOf(rest);
    if (fields.size === 0) return undefined;
    const target = fields.get('USER');
    return {
      class: ocsfClasses.authentication, activity: 7, outcome: reason === '' ? 'success' : 'failure',
      attributes: {
        status_detail: reason === '' ? undefined : reason,
        user: userOf(target),
        actor: { user: userOf(name), session: { terminal: fields.get('TTY') } },
        service: { name: 'sudo' },
        is_remote: false,
        dst_endpoint: { hostname: host },
      },
      names: { ...Object.fromEntries(fields), user: name, reason: reason === '' ? undefined : reason },
    };
  },
};

/** What stands before the first `NAME=` says why it was refused. The command comes last and may hold anything. */
function partsOf(rest: string): { readonly reason: string; readonly fields: ReadonlyMap<string, string> } {
  const fields = new Map<string, string>();
  const marks = [...rest.matchAll(part)].slice(0, 16);
  marks.some((mark, at) => {
    const last = mark[1] === 'COMMAND';
    const end = last ? rest.length : (marks[at + 1]?.index ?? rest.length);
    fields.set(mark[1] ?? '', rest.slice(mark.index + mark[0].length, end));
    return last;
  });
  return { reason: rest.slice(0, marks[0]?.index ?? rest.length).trim(), fields };
}
