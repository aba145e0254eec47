const owner = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be';
const head = `${owner} acme-logs [04/Mar/2026:05:06:07 +0000] 203.0.113.9`;

export default {
  maps: [
    {
      record: `${head} arn:aws:iam::111122223333:user/mira 3E57427F3EXAMPLE REST.GET.OBJECT db/dump.sql "GET /acme-logs/db/dump.sql?x=1 HTTP/1.1" 200 - 113 113 7 6 "-" "aws-cli/2" - host= SigV4 ECDHE-RSA-AES128-GCM-SHA256 AuthHeader acme-logs.s3.eu-central-1.amazonaws.com TLSv1.2 - -`,
      expect: {
        class_uid: 6003, activity_id: 2, time: Date.UTC(2026, 2, 4, 5, 6, 7), status_id: 1, duration: 7, actor: { user: { name: 'arn:aws:iam::111122223333:user/mira' } }, src_endpoint: { ip: '203.0.113.9' },
        api: { operation: 'REST.GET.OBJECT' }, resources: [{ name: 'acme-logs' }, { name: 'db/dump.sql' }], unmapped: { operation: 'REST.GET.OBJECT', 'cs-method': 'GET', tlsversion: 'TLSv1.2' },
      },
    },
    { record: `${head} - 3E57427F3EXAMPLE REST.PUT.ACL - "PUT /acme-logs?acl HTTP/1.1" 403 AccessDenied 243 - 7 - "-" "-" -`, expect: { activity_id: 1, status: 'Failure', status_code: 'AccessDenied', actor: { user: { name: 'anonymous' } } } },
    { record: { bucketowner: owner, bucket: 'acme-logs', requestdatetime: '04/Mar/2026:05:06:07 +0000', operation: 'REST.DELETE.OBJECT', remoteip: '203.0.113.9', httpstatus: '204' }, expect: { activity_id: 4, http_response: { code: 204 } } },
  ],
  rejects: [null, {}, '', owner, `${owner} acme-logs [04/Foo/2026:05:06:07 +0000] x`, { bucketowner: owner, bucket: 'b', operation: 'REST.GET.OBJECT' }],
};
