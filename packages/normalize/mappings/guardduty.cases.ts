const base = {
  schemaVersion: '2.0', accountId: '111122223333', region: 'eu-north-1', partition: 'aws', id: 'f-1', type: 'UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom', severity: 5,
  title: 'API called from a known malicious address', description: 'An API was called.', createdAt: '2026-03-04T05:00:00.000Z', updatedAt: '2026-03-04T05:06:07.000Z',
  resource: { resourceType: 'AccessKey', accessKeyDetails: { userName: 'ci', accessKeyId: 'key-1', userType: 'IAMUser' } },
  service: { count: 3, archived: false, eventFirstSeen: '2026-03-04T04:59:00Z', action: { actionType: 'AWS_API_CALL', awsApiCallAction: { api: 'ListBuckets', serviceName: 's3.amazonaws.com', remoteIpDetails: { ipAddressV4: '198.51.100.4', country: { countryName: 'Norway' } } } } },
};

export default {
  maps: [
    {
      record: base,
      expect: {
        class_uid: 2004, activity_id: 2, severity_id: 3, time: Date.UTC(2026, 2, 4, 5, 6, 7), count: 3,
        finding_info: { uid: 'f-1', types: [base.type], created_time: Date.UTC(2026, 2, 4, 5), first_seen_time: Date.UTC(2026, 2, 4, 4, 59) },
        evidences: [{ src_endpoint: { ip: '198.51.100.4', location: { country: 'Norway' } }, api: { operation: 'ListBuckets' }, actor: { user: { name: 'ci' } } }],
        resources: [{ name: 'ci', uid: 'key-1', type: 'AccessKey' }], cloud: { region: 'eu-north-1', account: { uid: '111122223333' } },
      },
    },
    { record: { version: '0', source: 'aws.guardduty', 'detail-type': 'GuardDuty Finding', time: '2026-03-04T05:06:07Z', detail: { ...base, severity: 8, service: { archived: true } } }, expect: { severity_id: 4, activity_id: 3 } },
    {
      record: { ...base, type: 'CryptoCurrency:EC2/BitcoinTool.B!DNS', severity: 9.5, resource: { instanceDetails: { instanceId: 'i-1' } }, service: { action: { dnsRequestAction: { domain: 'pool.example.net' } } } },
      expect: { severity_id: 5, activity_id: 1, resources: [{ uid: 'i-1', type: 'Instance' }], evidences: [{ query: { hostname: 'pool.example.net' } }] },
    },
    { record: { id: 'f-2', type: 'Recon:EC2/Portscan', severity: 'x', createdAt: base.createdAt }, expect: { severity_id: 1, activity_id: 1 } },
  ],
  rejects: [null, 'x', {}, { ...base, type: 'login' }, { ...base, id: 7 }, { ...base, createdAt: 1, updatedAt: null }, { source: 'aws.guardduty' }],
};
