import { accountTypes } from '#formats/ocsf.ts';
import type { JsonObject } from '../json-fields.ts';
import { asObject, listAt, objectAt, textAt } from '../json-fields.ts';
import { awsAccount, lastPart, userOf } from './identity.ts';

const maximumResources = 100;

/** Request parameters that name the resource of a call, by OCSF resource type. */
const namingParameters: readonly (readonly [parameter: string, type: string])[] = [
  ['bucketName', 'AWS::S3::Bucket'], ['roleName', 'AWS::IAM::Role'], ['userName', 'AWS::IAM::User'], ['groupName', 'AWS::IAM::Group'],
  ['policyArn', 'AWS::IAM::Policy'], ['roleArn', 'AWS::IAM::Role'], ['trailName', 'AWS::CloudTrail::Trail'],
  ['functionName', 'AWS::Lambda::Function'], ['instanceId', 'AWS::EC2::Instance'], ['groupId', 'AWS::EC2::SecurityGroup'],
  ['snapshotId', 'AWS::EC2::Snapshot'], ['imageId', 'AWS::EC2::Image'], ['volumeId', 'AWS::EC2::Volume'], ['keyId', 'AWS::KMS::Key'],
  ['secretId', 'AWS::SecretsManager::Secret'], ['detectorId', 'AWS::GuardDuty::Detector'],
  ['dBSnapshotIdentifier', 'AWS::RDS::DBSnapshot'], ['dBInstanceIdentifier', 'AWS::RDS::DBInstance'],
  ['configurationRecorderName', 'AWS::Config::ConfigurationRecorder'], ['tableName', 'AWS::DynamoDB::Table'], ['name', 'AWS::Resource'],
];

/** Resources that the record lists itself, else those that its request names. */
export function resourcesOf(record: JsonObject): readonly JsonObject[] {
  const region = textAt(record, 'awsRegion');
  const listed = listAt(record, 'resources').slice(0, maximumResources).flatMap((item) => {
    const uid = textAt(item, 'ARN') ?? textAt(item, 'arn');
    if (uid === undefined) return [];
    const owner = textAt(item, 'accountId');
    return [{ uid, name: lastPart(uid), type: textAt(item, 'type'), region, owner: owner === undefined ? undefined : { account: awsAccount(owner) } }];
  });
  return listed.length > 0 ? listed : namedByRequest(record, region);
}

function namedByRequest(record: JsonObject, region: string | undefined): readonly JsonObject[] {
  const parameters = objectAt(record, 'requestParameters');
  return namingParameters.flatMap(([parameter, type]) => {
    const name = textAt(parameters, parameter);
    return name === undefined ? [] : [{ name: lastPart(name), uid: name, type, region }];
  });
}

/** Attribute `user` of the classes about identities: whom the call is about. */
export function targetUserOf(record: JsonObject): JsonObject {
  const parameters = objectAt(record, 'requestParameters');
  const assumed = objectAt(record, 'responseElements', 'assumedRoleUser');
  const role = textAt(parameters, 'roleName') ?? lastPart(textAt(parameters, 'roleArn'));
  const name = textAt(parameters, 'userName') ?? role;
  // Without a target in the request, the caller acts on itself.
  if (name === undefined) return { ...userOf(objectAt(record, 'userIdentity') ?? {}), ...(issuedKey(record) === undefined ? {} : { credential_uid: issuedKey(record) }) };
  const type_id = role === undefined ? accountTypes.awsIamUser : accountTypes.awsIamRole;
  return {
    name,
    uid: textAt(assumed, 'arn') ?? textAt(parameters, 'roleArn') ?? name,
    // What the call handed out: later calls are made with it.
    credential_uid: issuedKey(record),
    account: { name, type: role === undefined ? 'AWS IAM User' : 'AWS IAM Role', type_id },
  };
}

/** The id of an access key that the answer holds: of a user (`CreateAccessKey`) or of a session (STS). */
function issuedKey(record: JsonObject): string | undefined {
  return textAt(record, 'responseElements', 'accessKey', 'accessKeyId') ?? textAt(record, 'responseElements', 'credentials', 'accessKeyId');
}

/** The session that an assumed role acts under from now on; its calls name it as `principalId`. */
export function issuedSession(record: JsonObject): JsonObject | undefined {
  const uid = textAt(record, 'responseElements', 'assumedRoleUser', 'assumedRoleId');
  return uid === undefined ? undefined : { uid };
}

export function policiesOf(record: JsonObject): readonly JsonObject[] | undefined {
  const parameters = objectAt(record, 'requestParameters');
  const arn = textAt(parameters, 'policyArn');
  const name = textAt(parameters, 'policyName');
  return arn === undefined && name === undefined ? undefined : [{ uid: arn, name: name ?? lastPart(arn) }];
}

/** Failed when an error code is set, or when sign-in says so in its answer. */
export function outcomeOf(record: JsonObject): 'success' | 'failure' {
  const answer = asObject(record.responseElements);
  const signIn = ['ConsoleLogin', 'SwitchRole', 'CheckMfa'].map((name) => textAt(answer, name)).find((text) => text !== undefined);
  return textAt(record, 'errorCode') !== undefined || signIn === 'Failure' ? 'failure' : 'success';
}
