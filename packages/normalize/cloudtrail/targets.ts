import { accountTypes } from '#formats/ocsf.ts';
import type { JsonObject } from '../json-fields.ts';
import { asObject, listAt, objectAt, textAt } from '../json-fields.ts';
import { awsAccount, lastPart, userOf } from './identity.ts';

const maximumResources = 100;
const model = 'AWS::Bedrock::Model';

/** Request parameters that name the resource of a call, by OCSF resource type. */
const namingParameters: readonly (readonly [parameter: string, type: string])[] = [
  ['bucketName', 'AWS::S3::Bucket'], ['roleName', 'AWS::IAM::Role'], ['userName', 'AWS::IAM::User'], ['groupName', 'AWS::IAM::Group'],
  ['policyArn', 'AWS::IAM::Policy'], ['roleArn', 'AWS::IAM::Role'], ['trailName', 'AWS::CloudTrail::Trail'],
  ['functionName', 'AWS::Lambda::Function'], ['instanceId', 'AWS::EC2::Instance'], ['groupId', 'AWS::EC2::SecurityGroup'],
  ['snapshotId', 'AWS::EC2::Snapshot'], ['imageId', 'AWS::EC2::Image'], ['volumeId', 'AWS::EC2::Volume'], ['keyId', 'AWS::KMS::Key'],
  ['secretId', 'AWS::SecretsManager::Secret'], ['detectorId', 'AWS::GuardDuty::Detector'],
  ['dBSnapshotIdentifier', 'AWS::RDS::DBSnapshot'], ['dBInstanceIdentifier', 'AWS::RDS::DBInstance'],
  ['configurationRecorderName', 'AWS::Config::ConfigurationRecorder'], ['tableName', 'AWS::DynamoDB::Table'],
  ['instanceIds', 'AWS::EC2::Instance'], ['target', 'AWS::SSM::Target'], ['resolverQueryLogConfigId', 'AWS::Route53Resolver::ResolverQueryLoggingConfig'], ['modelId', model],
  ['dBClusterSnapshotIdentifier', 'AWS::RDS::DBClusterSnapshot'], ['dBClusterIdentifier', 'AWS::RDS::DBCluster'], ['secretIdList', 'AWS::SecretsManager::Secret'], ['name', 'AWS::Resource'],
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
  const named = namingParameters.flatMap(([parameter, type]) => textsAt(parameters, parameter)// The name of a model holds its version behind a colon.
    .map((name) => ({ name: type === model ? name : lastPart(name), uid: name, type, region })));
  return [...named, ...withinRequest(parameters).map(([name, type]) => ({ name, uid: name, type, region }))].slice(0, maximumResources);
}

/** Calls of EC2 hold lists of what they are about in members of their own. */
function withinRequest(parameters: JsonObject | undefined): readonly (readonly [name: string, type: string])[] {
  const instances = listAt(parameters, 'instancesSet', 'items').slice(0, maximumResources).map((item) => textAt(item, 'instanceId'));
  const flowLog = textAt(parameters, 'DeleteFlowLogsRequest', 'FlowLogId', 'content');
  return [...instances.flatMap((name) => (name === undefined ? [] : [[name, 'AWS::EC2::Instance'] as const])), ...(flowLog === undefined ? [] : [[flowLog, 'AWS::EC2::FlowLog'] as const])];
}

/** One text or a list of them. */
function textsAt(parameters: JsonObject | undefined, name: string): readonly string[] {
  const list = listAt(parameters, name).slice(0, maximumResources).filter((item): item is string => typeof item === 'string' && item !== '');
  if (list.length > 0) return list;
  const text = textAt(parameters, name);
  return text === undefined ? [] : [text];
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
