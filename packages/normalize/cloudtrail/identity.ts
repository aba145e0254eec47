import { accountTypes, userTypes } from '#formats/ocsf.ts';
import type { JsonObject } from '../json-fields.ts';
import { fieldAt, objectAt, textAt, timeOf } from '../json-fields.ts';

/** Element `userIdentity` of a CloudTrail record (AWS: "CloudTrail userIdentity element") as OCSF `actor`. */
export function actorOf(record: JsonObject): JsonObject {
  const identity = objectAt(record, 'userIdentity') ?? {};
  return {
    user: userOf(identity),
    session: sessionOf(identity),
    invoked_by: textAt(identity, 'invokedBy'),
    // A record of an AWS service names neither user nor session; actor must hold something.
    app_name: textAt(identity, 'type') === 'AWSService' ? textAt(identity, 'invokedBy') : textAt(record, 'userAgent'),
    idp: { name: textAt(identity, 'identityProvider'), uid: textAt(identity, 'sessionContext', 'webIdFederationData', 'federatedProvider') },
  };
}

export function userOf(identity: JsonObject): JsonObject {
  const type = textAt(identity, 'type');
  const issuer = objectAt(identity, 'sessionContext', 'sessionIssuer');
  const name = type === 'Root' ? 'root' : (textAt(identity, 'userName') ?? textAt(issuer, 'userName') ?? lastPart(textAt(identity, 'arn')));
  const uid = textAt(identity, 'arn') ?? textAt(identity, 'principalId') ?? textAt(identity, 'invokedBy');
  return {
    name: name ?? (uid === undefined ? 'unknown' : undefined),
    uid,
    uid_alt: textAt(identity, 'principalId'),
    type,
    type_id: type === undefined ? userTypes.unknown : (userTypeIds.get(type) ?? userTypes.other),
    credential_uid: textAt(identity, 'accessKeyId'),
    has_mfa: mfaOf(identity),
    account: awsAccount(textAt(identity, 'accountId')),
  };
}

/** Every value of `userIdentity.type` that stands for a person or a program. */
const userTypeIds: ReadonlyMap<string, number> = new Map([
  ['Root', userTypes.admin], ['IAMUser', userTypes.user], ['FederatedUser', userTypes.user], ['SAMLUser', userTypes.user],
  ['WebIdentityUser', userTypes.user], ['IdentityCenterUser', userTypes.user], ['AWSService', userTypes.service], ['Role', userTypes.service],
]);

export function awsAccount(uid: string | undefined): JsonObject | undefined {
  return uid === undefined ? undefined : { uid, type: 'AWS Account', type_id: accountTypes.awsAccount };
}

function sessionOf(identity: JsonObject): JsonObject {
  return {
    uid: textAt(identity, 'type') === 'AssumedRole' ? textAt(identity, 'principalId') : undefined,
    issuer: textAt(identity, 'sessionContext', 'sessionIssuer', 'arn'),
    created_time: timeOf(fieldAt(identity, 'sessionContext', 'attributes', 'creationDate')),
    is_mfa: mfaOf(identity),
  };
}

function mfaOf(identity: JsonObject): boolean | undefined {
  const text = textAt(identity, 'sessionContext', 'attributes', 'mfaAuthenticated');
  return text === undefined ? undefined : text === 'true';
}

/** The name at the end of an ARN. */
export function lastPart(arn: string | undefined): string | undefined {
  return arn?.split(/[/:]/).at(-1);
}
