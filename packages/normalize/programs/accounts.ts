import { ocsfClasses } from '#formats/ocsf.ts';
import type { JsonObject } from '../json-fields.ts';
import { userOf } from '../parts.ts';
import { type Deed, hostDevice, type Program } from './program.ts';

const { accountChange, groupManagement } = ocsfClasses;
const apps = /^(?:useradd|userdel|usermod|groupadd|groupdel|groupmod|gpasswd|chage|chpasswd|newusers)$/;

/** Each form gives the user, the group, or both, by the name of its groups. */
const forms: readonly (readonly [pattern: RegExp, class_: typeof accountChange | typeof groupManagement, activity: number])[] = [
  [/^new user: name=(?<user>[^,\s]{1,64}), UID=(?<uid>\d{1,10})/, accountChange, 1],
  [/^delete user '(?<user>[^']{1,64})'/, accountChange, 6],
  [/^lock user '(?<user>[^']{1,64})' password/, accountChange, 9],
  [/^unlock user '(?<user>[^']{1,64})' password/, accountChange, 12],
  [/^change user '(?<user>[^']{1,64})' password$/, accountChange, 3],
  [/^change user '(?<user>[^']{1,64})' /, accountChange, 99],
  [/^changed password expiry for (?<user>\S{1,64})/, accountChange, 99],
  [/^add '(?<user>[^']{1,64})' to (?:shadow )?group '(?<group>[^']{1,64})'/, groupManagement, 3],
  [/^delete '(?<user>[^']{1,64})' from (?:shadow )?group '(?<group>[^']{1,64})'/, groupManagement, 4],
  [/^user (?<user>\S{1,64}) added by (?<actor>\S{1,64}) to group (?<group>\S{1,64})/, groupManagement, 3],
  [/^user (?<user>\S{1,64}) removed by (?<actor>\S{1,64}) from group (?<group>\S{1,64})/, groupManagement, 4],
  [/^(?:new group: name=|group added to \S{1,64}: name=)(?<group>[^,\s]{1,64})/, groupManagement, 6],
  [/^(?:removed group '|group ')(?<group>[^']{1,64})'/, groupManagement, 5],
];

/** The shadow suite: users and groups made, changed and deleted. */
export const accounts: Program = {
  service: 'auth',
  product: { name: 'shadow', vendor_name: 'shadow-maint' },
  mark: /(?:user|group)(?:add|del|mod)|gpasswd|chage|chpasswd|newusers/,
  read({ app, host, message }): Deed | undefined {
    if (!apps.test(app)) return undefined;
    for (const [pattern, class_, activity] of forms) {
      const found = pattern.exec(message)?.groups;
      if (found !== undefined) return { class: class_, activity, activityName: app, outcome: 'success', profiles: ['host'], attributes: { ...attributesOf(found), device: hostDevice(host) }, names: { ...found } };
    }
    return undefined;
  },
};

function attributesOf({ user, uid, group, actor }: { readonly [name: string]: string | undefined }): JsonObject {
  return {
    user: user === undefined ? undefined : userOf(user, uid),
    group: group === undefined ? undefined : { name: group },
    actor: actor === undefined ? undefined : { user: userOf(actor) },
  };
}
