/** Calls that change what runs, as audit logs of clouds and clusters tell them: AWS CloudTrail, Google Cloud, Azure, Kubernetes. Read from the original record. */
import { memberAt, memberText } from './ocsf-member.ts';

export interface CloudRelease {
  /** What is released, in one name for ever: `ecs production/web`. */
  readonly target: string;
  /** The call. */
  readonly call: string;
  readonly actor: string;
  readonly address: string | undefined;
  readonly agent: string | undefined;
  /** Of a build that exchanges its token for a role: the part after the repository, such as `ref:refs/heads/main`. */
  readonly claim?: string;
}

interface AwsCall {
  readonly kind: string;
  /** Request parameters that name the target, in this order. */
  readonly names: readonly string[];
}

/** By event source and name: deployments of code, images and infrastructure. */
const awsCalls: ReadonlyMap<string, AwsCall> = new Map([
  ['ecs.amazonaws.com/UpdateService', { kind: 'ecs', names: ['cluster', 'service'] }], ['ecs.amazonaws.com/CreateService', { kind: 'ecs', names: ['cluster', 'serviceName'] }], ['ecs.amazonaws.com/RegisterTaskDefinition', { kind: 'ecs task', names: ['family'] }],
  ['lambda.amazonaws.com/UpdateFunctionCode20150331v2', { kind: 'lambda', names: ['functionName'] }], ['lambda.amazonaws.com/PublishVersion20150331', { kind: 'lambda', names: ['functionName'] }],
  ['codedeploy.amazonaws.com/CreateDeployment', { kind: 'codedeploy', names: ['applicationName', 'deploymentGroupName'] }], ['codepipeline.amazonaws.com/StartPipelineExecution', { kind: 'codepipeline', names: ['name'] }], ['codebuild.amazonaws.com/StartBuild', { kind: 'codebuild', names: ['projectName'] }],
  ['cloudformation.amazonaws.com/UpdateStack', { kind: 'cloudformation', names: ['stackName'] }], ['cloudformation.amazonaws.com/ExecuteChangeSet', { kind: 'cloudformation', names: ['stackName'] }],
  ['elasticbeanstalk.amazonaws.com/UpdateEnvironment', { kind: 'beanstalk', names: ['environmentName'] }], ['apprunner.amazonaws.com/StartDeployment', { kind: 'apprunner', names: ['serviceArn'] }], ['amplify.amazonaws.com/StartDeployment', { kind: 'amplify', names: ['appId', 'branchName'] }],
  ['ecr.amazonaws.com/PutImage', { kind: 'ecr', names: ['repositoryName'] }],
]);

const gcpCall = /(?:run\.v\d\w*\.Services\.(?:Create|Replace|Update|Delete)Service|CloudFunctionsService\.(?:Create|Update)Function|functions\.v\d\w*\.FunctionService\.(?:Create|Update)Function|devtools\.cloudbuild\.v\d\.CloudBuild\.(?:CreateBuild|RunBuildTrigger)|clouddeploy\.v\d\.CloudDeploy\.Create(?:Release|Rollout)|appengine\.v\d\.Versions\.CreateVersion)$/;
const azureCall = /^Microsoft\.(?:Web\/sites(?:\/slots)?(?:\/deployments|\/config|\/slotsswap)?|App\/containerApps|ContainerInstance\/containerGroups|Web\/staticSites|Resources\/deployments)\/(?:write|action)$/i;
const workloads: ReadonlySet<string> = new Set(['deployments', 'daemonsets', 'statefulsets', 'cronjobs', 'jobs']);
const longest = 200;

export function cloudReleaseOf(product: string | undefined, record: unknown): CloudRelease | undefined {
  switch (product) {
    case 'aws': return fromAws(record);
    case 'gcp': return fromGcp(record);
    case 'azure': return fromAzure(record);
    case 'kubernetes': return fromKubernetes(record);
    default: return undefined;
  }
}

function fromAws(record: unknown): CloudRelease | undefined {
  const name = memberText(record, 'eventName');
  if (name === 'AssumeRoleWithWebIdentity') return fromExchange(record);
  const known = awsCalls.get(`${memberText(record, 'eventSource')}/${name}`);
  if (known === undefined || name === undefined || memberText(record, 'errorCode') !== undefined) return undefined;
  const parts = known.names.flatMap((part) => memberText(record, 'requestParameters', part)?.split(/[/:]/).at(-1) ?? []);
  return parts.length === 0 ? undefined : release(record, { target: `${known.kind} ${parts.join('/')}`, call: name, actor: awsPrincipal(record) });
}

/** The role behind a session is who it is; the session's own name is chosen anew each time. */
export function awsPrincipal(record: unknown): string {
  const identity = memberAt(record, 'userIdentity');
  return memberText(identity, 'sessionContext', 'sessionIssuer', 'userName') ?? memberText(identity, 'userName') ?? memberText(identity, 'arn')?.split('/').at(-1) ?? memberText(identity, 'invokedBy') ?? memberText(identity, 'type') ?? 'unknown';
}

/** A build shows the token of its forge and takes a role: what it may do. */
function fromExchange(record: unknown): CloudRelease | undefined {
  const subject = memberText(record, 'userIdentity', 'userName') ?? memberText(record, 'responseElements', 'subjectFromWebIdentityToken') ?? '';
  const build = /^(?:repo|project_path):([\w.-]{1,100}(?:\/[\w.-]{1,100}){1,6}):(.{1,400})$/.exec(subject);
  const role = memberText(record, 'requestParameters', 'roleArn')?.split('/').at(-1);
  if (build === null || role === undefined) return undefined;
  return release(record, { target: `cloud access of ${(build[1] ?? '').toLowerCase()}`, call: memberText(record, 'errorCode') === undefined ? `role ${role}` : `role ${role} (refused)`, actor: 'build', claim: (build[2] ?? '').slice(0, longest) });
}

function release(record: unknown, { target, call, actor, claim }: Pick<CloudRelease, 'target' | 'call' | 'actor' | 'claim'>): CloudRelease {
  return { target: target.slice(0, longest), call, actor: actor.slice(0, longest), address: memberText(record, 'sourceIPAddress'), agent: memberText(record, 'userAgent')?.slice(0, longest), ...(claim === undefined ? {} : { claim }) };
}

function fromGcp(record: unknown): CloudRelease | undefined {
  const payload = memberAt(record, 'protoPayload') ?? memberAt(record, 'data', 'protoPayload');
  const method = memberText(payload, 'methodName') ?? '';
  const resource = memberText(payload, 'resourceName');
  if (!gcpCall.test(method) || resource === undefined) return undefined;
  return {
    target: `gcp ${resource.replace(/\/(?:revisions|builds|versions|releases|rollouts)\/.{1,200}$/, '')}`.slice(0, longest), call: method.split('.').at(-1) ?? method, actor: (memberText(payload, 'authenticationInfo', 'principalEmail') ?? 'unknown').slice(0, longest),
    address: memberText(payload, 'requestMetadata', 'callerIp'), agent: memberText(payload, 'requestMetadata', 'callerSuppliedUserAgent')?.slice(0, longest),
  };
}

function fromAzure(record: unknown): CloudRelease | undefined {
  const call = memberText(record, 'OperationNameValue') ?? '';
  const resource = memberText(record, 'ResourceId');
  if (!azureCall.test(call) || resource === undefined || /^(?:Start|Accept)/i.test(memberText(record, 'ActivityStatusValue') ?? '')) return undefined;
  return { target: `azure ${resource.split('/').slice(-2).join('/').toLowerCase()}`.slice(0, longest), call, actor: (memberText(record, 'caller') ?? memberText(record, 'Caller') ?? 'unknown').slice(0, longest), address: memberText(record, 'callerIpAddress') ?? memberText(record, 'CallerIpAddress'), agent: undefined };
}

/** Controllers of the cluster itself change workloads all the time; they carry out what others asked. */
const controllers = /^system:(?:node:|kube-|apiserver|serviceaccount:kube-system:)/;

function fromKubernetes(record: unknown): CloudRelease | undefined {
  const verb = memberText(record, 'verb') ?? '';
  const reference = memberAt(record, 'objectRef');
  const resource = memberText(reference, 'resource') ?? '';
  const actor = memberText(record, 'user', 'username') ?? 'unknown';
  if (!/^(?:create|update|patch)$/.test(verb) || !workloads.has(resource) || memberText(reference, 'subresource') !== undefined || controllers.test(actor)) return undefined;
  const [address] = (memberAt(record, 'sourceIPs') as readonly unknown[] | undefined) ?? [];
  return {
    target: `${resource} ${memberText(reference, 'namespace') ?? ''}/${memberText(reference, 'name') ?? ''}`.slice(0, longest), call: verb, actor: actor.slice(0, longest), address: typeof address === 'string' ? address : undefined, agent: memberText(record, 'userAgent')?.slice(0, longest),
  };
}
