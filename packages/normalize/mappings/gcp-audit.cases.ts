const payload = {
  '@type': 'type.googleapis.com/google.cloud.audit.AuditLog', serviceName: 'storage.googleapis.com', methodName: 'storage.setIamPermissions',
  authenticationInfo: { principalEmail: 'mira@example.com' },
  authorizationInfo: [{ resource: 'projects/_/buckets/backups', permission: 'storage.buckets.setIamPolicy', granted: true }],
  requestMetadata: { callerIp: '203.0.113.9', callerSuppliedUserAgent: 'gcloud/450' }, resourceName: 'projects/_/buckets/backups',
};
const entry = {
  protoPayload: payload, insertId: 'ins-1', timestamp: '2026-03-04T05:06:07Z', receiveTimestamp: '2026-03-04T05:06:08Z', severity: 'NOTICE',
  logName: 'projects/acme-prod/logs/cloudaudit.googleapis.com%2Factivity',
  resource: { type: 'gcs_bucket', labels: { project_id: 'acme-prod', location: 'europe-north1', bucket_name: 'backups' } },
};
const time = Date.UTC(2026, 2, 4, 5, 6, 7);

export default {
  maps: [
    {
      record: entry,
      expect: {
        class_uid: 6003, activity_id: 3, time, status_id: 1, metadata: { uid: 'ins-1', event_code: 'storage.setIamPermissions' },
        actor: { user: { name: 'mira@example.com', type_id: 1 }, authorizations: [{ decision: 'Granted', policy: { name: 'storage.buckets.setIamPolicy' } }] },
        src_endpoint: { ip: '203.0.113.9' }, http_request: { user_agent: 'gcloud/450' },
        api: { operation: 'storage.setIamPermissions', service: { name: 'storage.googleapis.com' } },
        cloud: { provider: 'GCP', project_uid: 'acme-prod', region: 'europe-north1' },
        resources: [{ name: 'projects/_/buckets/backups', type: 'gcs_bucket' }],
        unmapped: { 'gcp.audit.method_name': 'storage.setIamPermissions' },
      },
    },
    {
      record: { ...entry, severity: 'ERROR', protoPayload: { ...payload, methodName: 'storage.objects.get', status: { code: 7, message: 'Permission denied' }, requestMetadata: { callerIp: 'private' } } },
      expect: { activity_id: 2, status: 'Failure', status_code: '7', status_detail: 'Permission denied', severity_id: 3, src_endpoint: { name: 'private' }, api: { response: { code: 7 } } },
    },
    {
      record: {
        ...entry,
        protoPayload: { ...payload, serviceName: 'iam.googleapis.com', methodName: 'google.iam.admin.v1.CreateServiceAccountKey', resourceName: 'projects/-/serviceAccounts/ci@acme-prod.iam.gserviceaccount.com', authenticationInfo: { principalEmail: 'deploy@acme-prod.iam.gserviceaccount.com', serviceAccountKeyName: 'k1' } },
      },
      expect: { class_uid: 3001, activity_id: 99, activity_name: 'google.iam.admin.v1.CreateServiceAccountKey', user: { name: 'ci@acme-prod.iam.gserviceaccount.com' }, actor: { user: { type_id: 4, credential_uid: 'k1' } } },
    },
    {
      record: { data: { ...entry, protoPayload: { ...payload, methodName: 'GenerateAccessToken', serviceName: 'iamcredentials.googleapis.com', resourceName: 'projects/-/serviceAccounts/112' } }, subscription: 's' },
      expect: { class_uid: 3002, activity_id: 1, user: { name: '112' }, service: { name: 'iamcredentials.googleapis.com' } },
    },
    { record: { protoPayload: { methodName: 'v1.compute.firewalls.delete' }, receiveTimestamp: '2026-03-04T05:06:07Z' }, expect: { class_uid: 6003, activity_id: 4, time, actor: { user: { name: 'unknown' } }, src_endpoint: { name: 'unknown' } } },
  ],
  rejects: [null, 'x', {}, { protoPayload: {} }, { protoPayload: payload }, { data: payload }, { protoPayload: { ...payload, methodName: 3 }, timestamp: entry.timestamp }],
};
