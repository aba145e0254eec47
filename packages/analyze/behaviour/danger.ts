import { recalling } from '../recalling.ts';

/** Deeds that are dangerous by themselves whoever does them: what an attacker needs to stay, to rise, or to hide. By the words that APIs name their calls with. */
const dangers: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/(?:create|issue|generate|add|import|upload|insert).{0,20}(?:access.?key|login.?profile|secret|service.?account.?key|credential|deploy.?key|ssh.?key|password|api.?key|personal.?access.?token|public_?key)|password.?reset|reset.?password/i, 'makes credentials'],
  [/(?:stop|delete|disable|remove|pause|suspend|update|destroy).{0,30}(?:logging|trail|audit|flow.?logs?|detector|guardduty|config.?recorder|alarm|scanning|push.?protection|security.?hub|sink|monitoring)/i, 'stops what watches'],
  [/protected_?branch|branch_?protection|ruleset|two.?factor_requirement\.disable|disable_two_factor|mfa.{0,12}(?:deactivat|disable|reset|delete)|(?:deactivate|delete|disable).{0,10}mfa/i, 'weakens a protection'],
  [/(?:attach|put|add|set|update|grant|create|assign|replace).{0,24}(?:polic|role|permission|privilege|iam|member|grant)|privilege\.grant|group_?membership\.add|org\.add_member|team\.add_|repo\.add_member/i, 'changes what somebody may do'],
  [/modify(?:snapshot|image|db\w*snapshot)attribute|putbucketpolicy|putbucketacl|publicaccessblock|repo\.access|visibility|share.{0,12}(?:snapshot|image|externally)/i, 'opens data to others'],
  [/self_?hosted_?runner|register.{0,12}runner|mailbox.?rule|inbox.?rule|forwarding/i, 'leaves a way back in'],
];

/** Classes and activities of OCSF 1.8.0 that say so where an operation has no name. */
const byActivity: ReadonlyMap<number, string> = new Map([
  [300_101, 'makes an account'], [300_104, 'makes credentials'], [300_107, 'changes what somebody may do'], [300_111, 'weakens a protection'],
  [300_501, 'changes what somebody may do'], [300_601, 'changes what somebody may do'], [300_603, 'changes what somebody may do'],
]);

/** Operations are few and come again. */
const longest = 120;
const looks = 'looks';

/** What makes the deed dangerous; undefined for all others. */
export function dangerOf(operation: string, typeUid: number): string | undefined {
  const found = judged(operation.slice(0, longest));
  return found === looks ? undefined : found === '' ? byActivity.get(typeUid) : found;
}

const judged = recalling((name) => dangers.find(([pattern]) => pattern.test(name))?.[1] ?? (/^(?:get|list|describe|head|query)/i.test(name) ? looks : ''));
