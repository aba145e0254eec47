import { ocsfClasses } from '#formats/ocsf.ts';
import type { OcsfClass } from '#formats/ocsf.ts';

export interface Classification {
  readonly class: OcsfClass;
  readonly activity: number;
}

const { accountChange, apiActivity, authentication, groupManagement } = ocsfClasses;

/** Events of IAM, STS and sign-in that have a class of their own, by event source and name. */
const special: ReadonlyMap<string, Classification> = new Map([
  ...pairs('signin.amazonaws.com', authentication, { ConsoleLogin: 1, CheckMfa: 6, SwitchRole: 7, ExitRole: 7, Logout: 2 }),
  ...pairs('sts.amazonaws.com', authentication, {
    AssumeRole: 1, AssumeRoleWithSAML: 1, AssumeRoleWithWebIdentity: 1, AssumeRoot: 1, GetFederationToken: 1, GetSessionToken: 1,
  }),
  ...pairs('iam.amazonaws.com', accountChange, {
    CreateUser: 1, CreateRole: 1, CreateServiceLinkedRole: 1, DeleteUser: 6, DeleteRole: 6, ChangePassword: 3, UpdateLoginProfile: 4,
    AttachUserPolicy: 7, AttachRolePolicy: 7, PutUserPolicy: 7, PutRolePolicy: 7, DetachUserPolicy: 8, DetachRolePolicy: 8,
    DeleteUserPolicy: 8, DeleteRolePolicy: 8, EnableMFADevice: 10, DeactivateMFADevice: 11,
    // Programmatic and console credentials have no activity in Account Change 1.8.0.
    CreateAccessKey: 99, UpdateAccessKey: 99, DeleteAccessKey: 99, CreateLoginProfile: 99, DeleteLoginProfile: 99,
    UpdateAssumeRolePolicy: 99,
  }),
  ...pairs('iam.amazonaws.com', groupManagement, {
    AttachGroupPolicy: 1, PutGroupPolicy: 1, DetachGroupPolicy: 2, DeleteGroupPolicy: 2, AddUserToGroup: 3, RemoveUserFromGroup: 4,
    DeleteGroup: 5, CreateGroup: 6,
  }),
]);

/** First words of AWS operation names. What is none of these is an Update, unless CloudTrail calls it read-only. */
const verbs: readonly (readonly [activity: number, pattern: RegExp])[] = [
  [1, /^(?:Create|Run|Register|Import|Allocate|Request|Upload|Issue|Generate|Publish)/],
  [2, /^(?:Get|List|Describe|Head|Lookup|BatchGet|Search|Query|Scan|Select|Download|View|Check|Validate|Test|Preview)/],
  [4, /^(?:Delete|Terminate|Deregister|Remove|Release|Purge|Revoke|Leave|ScheduleKeyDeletion|BatchDelete)/],
];

export function classify(source: string, name: string, readOnly: boolean): Classification {
  const known = special.get(`${source}/${name}`);
  if (known !== undefined) return known;
  const verb = verbs.find(([, pattern]) => pattern.test(name))?.[0] ?? (readOnly ? 2 : 3);
  return { class: apiActivity, activity: verb };
}

function pairs(source: string, ocsfClass: OcsfClass, activities: { readonly [name: string]: number }): [string, Classification][] {
  return Object.entries(activities).map(([name, activity]) => [`${source}/${name}`, { class: ocsfClass, activity }]);
}
