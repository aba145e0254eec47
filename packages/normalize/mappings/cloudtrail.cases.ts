const base = {
  eventVersion: '1.11',
  eventTime: '2026-03-04T05:06:07Z',
  awsRegion: 'eu-central-1',
  sourceIPAddress: '198.51.100.7',
  userAgent: 'aws-cli/2.31',
  requestID: 'req-1',
  eventID: 'evt-1',
  recipientAccountId: '111122223333',
  userIdentity: {
    type: 'IAMUser', principalId: 'AIDAEXAMPLE', arn: 'arn:aws:iam::111122223333:user/mira', accountId: '111122223333', userName: 'mira',
  },
};

export default {
  maps: [
    {
      record: {
        ...base, eventSource: 'cloudtrail.amazonaws.com', eventName: 'StopLogging', readOnly: false,
        requestParameters: { name: 'arn:aws:cloudtrail:eu-central-1:111122223333:trail/all' }, responseElements: null,
      },
      expect: {
        class_uid: 6003, activity_id: 3, type_uid: 600_303, time: Date.UTC(2026, 2, 4, 5, 6, 7), status_id: 1,
        metadata: { uid: 'evt-1', product: { name: 'CloudTrail', vendor_name: 'AWS' }, log_name: 'cloudtrail', profiles: ['cloud'] },
        actor: { user: { name: 'mira', type: 'IAMUser', type_id: 1, account: { uid: '111122223333', type_id: 10 } } },
        src_endpoint: { ip: '198.51.100.7' },
        api: { operation: 'StopLogging', service: { name: 'cloudtrail.amazonaws.com' }, request: { uid: 'req-1' } },
        cloud: { provider: 'AWS', region: 'eu-central-1', account: { uid: '111122223333' } },
        resources: [{ name: 'all' }],
        unmapped: { eventName: 'StopLogging' },
      },
    },
    {
      record: {
        ...base, eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin', responseElements: { ConsoleLogin: 'Failure' },
        errorMessage: 'Failed authentication', additionalEventData: { MFAUsed: 'No' },
        userIdentity: { type: 'Root', principalId: '111122223333', arn: 'arn:aws:iam::111122223333:root', accountId: '111122223333' },
      },
      expect: {
        class_uid: 3002, activity_id: 1, type_uid: 300_201, status: 'Failure', status_detail: 'Failed authentication', is_mfa: false,
        service: { name: 'signin.amazonaws.com' }, user: { name: 'root', type_id: 2 }, actor: { user: { name: 'root', type_id: 2 } },
      },
    },
    {
      record: {
        ...base, eventSource: 'iam.amazonaws.com', eventName: 'AttachUserPolicy', errorCode: 'AccessDenied',
        requestParameters: { userName: 'ci', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
      },
      expect: {
        class_uid: 3001, activity_id: 7, status_id: 2, status_code: 'AccessDenied', user: { name: 'ci' },
        policies: [{ uid: 'arn:aws:iam::aws:policy/AdministratorAccess', name: 'AdministratorAccess' }],
      },
    },
    {
      record: { ...base, eventSource: 'iam.amazonaws.com', eventName: 'AddUserToGroup', requestParameters: { groupName: 'admins', userName: 'ci' } },
      expect: { class_uid: 3006, activity_id: 3, group: { name: 'admins' }, user: { name: 'ci' } },
    },
    {
      record: { ...base, eventSource: 'iam.amazonaws.com', eventName: 'CreateAccessKey', requestParameters: null },
      expect: { class_uid: 3001, activity_id: 99, activity_name: 'CreateAccessKey', user: { name: 'mira' } },
    },
    {
      record: {
        ...base, eventSource: 'sts.amazonaws.com', eventName: 'AssumeRole', sourceIPAddress: 'ec2.amazonaws.com',
        userIdentity: { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' },
        requestParameters: { roleArn: 'arn:aws:iam::111122223333:role/web', roleSessionName: 'i-1' },
      },
      expect: {
        class_uid: 3002, user: { name: 'web', account: { type_id: 4 } }, src_endpoint: { svc_name: 'ec2.amazonaws.com' },
        actor: { user: { type: 'AWSService', type_id: 4 }, invoked_by: 'ec2.amazonaws.com' },
      },
    },
    {
      record: {
        ...base, eventSource: 's3.amazonaws.com', eventName: 'GetObject', readOnly: true,
        resources: [{ ARN: 'arn:aws:s3:::logs', accountId: '111122223333', type: 'AWS::S3::Bucket' }],
        userIdentity: {
          type: 'AssumedRole', principalId: 'AROAEXAMPLE:mira', arn: 'arn:aws:sts::111122223333:assumed-role/reader/mira',
          accountId: '111122223333', sessionContext: {
            sessionIssuer: { type: 'Role', arn: 'arn:aws:iam::111122223333:role/reader', userName: 'reader' },
            attributes: { creationDate: '2026-03-04T05:00:00Z', mfaAuthenticated: 'true' },
          },
        },
      },
      expect: {
        class_uid: 6003, activity_id: 2, resources: [{ uid: 'arn:aws:s3:::logs', name: 'logs', type: 'AWS::S3::Bucket' }],
        actor: {
          user: { name: 'reader', type_id: 99, has_mfa: true },
          session: { issuer: 'arn:aws:iam::111122223333:role/reader', is_mfa: true, created_time: Date.UTC(2026, 2, 4, 5) },
        },
      },
    },
    {
      record: { ...base, eventName: 'SendCommand', eventSource: 'ssm.amazonaws.com', requestParameters: { documentName: 'AWS-RunShellScript', instanceIds: ['i-1', 'i-2'] } },
      expect: { resources: [{ name: 'i-1', type: 'AWS::EC2::Instance' }, { name: 'i-2' }] },
    },
    {
      record: { ...base, eventName: 'StopInstances', eventSource: 'ec2.amazonaws.com', requestParameters: { instancesSet: { items: [{ instanceId: 'i-1' }, {}] } } },
      expect: { resources: [{ name: 'i-1', type: 'AWS::EC2::Instance' }] },
    },
    {
      record: { ...base, eventName: 'DeleteFlowLogs', eventSource: 'ec2.amazonaws.com', requestParameters: { DeleteFlowLogsRequest: { FlowLogId: { content: 'fl-1', tag: 1 } } } },
      expect: { resources: [{ name: 'fl-1', type: 'AWS::EC2::FlowLog' }] },
    },
  ],
  rejects: [
    null, 'text', [], {}, { eventName: 'StopLogging' }, { ...base, eventName: 7, eventSource: 's3.amazonaws.com' },
    { action: 'repo.create', '@timestamp': 1_777_629_600_000 },
  ],
};
