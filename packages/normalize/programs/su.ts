import { ocsfClasses } from '#formats/ocsf.ts';
import { userOf } from '../parts.ts';
import type { Program } from './program.ts';

/** Forms of util-linux and of the older shadow suite: the target, then who asked. */
const forms: readonly { readonly pattern: RegExp; readonly failed: boolean }[] = [
  { pattern: /^\(to (\S{1,64})\) (\S{1,64}) on (\S{1,64})/, failed: false },
  { pattern: /^FAILED SU \(to (\S{1,64})\) (\S{1,64}) on (\S{1,64})/, failed: true },
  { pattern: /^Successful su for (\S{1,64}) by (\S{1,64})/, failed: false },
  { pattern: /^FAILED su for (\S{1,64}) by (\S{1,64})/, failed: true },
];

export const su: Program = {
  service: 'auth',
  product: { name: 'su', vendor_name: 'util-linux' },
  mark: / su(?:-l)?(?:\[|:| )/,
  read({ app, host, message }) {
    if (app !== 'su' && app !== 'su-l') return undefined;
    const form = forms.find(({ pattern }) => pattern.test(message));
    const found = form?.pattern.exec(message);
    if (form === undefined || found === null || found === undefined) return undefined;
    const [, target, actor, terminal] = found;
    return {
      class: ocsfClasses.authentication, activity: 7, outcome: form.failed ? 'failure' : 'success',
      attributes: { user: userOf(target), actor: { user: userOf(actor), session: { terminal } }, service: { name: 'su' }, is_remote: false, dst_endpoint: { hostname: host } },
      names: { user: actor, target_user: target },
    };
  },
};
