const base = {
  kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'RequestResponse', auditID: 'a-1', stage: 'ResponseComplete',
  requestURI: '/api/v1/namespaces/prod/secrets/db', verb: 'get', sourceIPs: ['203.0.113.9', '10.0.0.1'], userAgent: 'kubectl/v1.31.0',
  user: { username: 'mira@example.com', uid: 'u-1', groups: ['system:authenticated', 'devs'] },
  objectRef: { resource: 'secrets', namespace: 'prod', name: 'db', apiVersion: 'v1' }, responseStatus: { metadata: {}, code: 200 },
  requestReceivedTimestamp: '2026-03-04T05:06:07.123456Z', stageTimestamp: '2026-03-04T05:06:07.130000Z',
  annotations: { 'authorization.k8s.io/decision': 'allow', 'authorization.k8s.io/reason': 'RBAC: allowed by ClusterRoleBinding "devs"' },
};

export default {
  maps: [
    {
      record: base,
      expect: {
        class_uid: 6003, activity_id: 2, time: Date.UTC(2026, 2, 4, 5, 6, 7, 123), status_id: 1, status_code: '200', metadata: { uid: 'a-1' },
        actor: { user: { name: 'mira@example.com', uid: 'u-1', type_id: 1, groups: [{ name: 'system:authenticated' }, { name: 'devs' }] }, authorizations: [{ decision: 'allow' }] },
        src_endpoint: { ip: '203.0.113.9', intermediate_ips: ['10.0.0.1'] }, http_request: { user_agent: 'kubectl/v1.31.0', url: { path: base.requestURI } },
        api: { operation: 'get secrets', version: 'v1', response: { code: 200 } }, resources: [{ name: 'db', type: 'secrets', namespace: 'prod' }],
      },
    },
    {
      record: { ...base, verb: 'create', objectRef: { resource: 'pods', subresource: 'exec', namespace: 'prod', name: 'web-0' }, user: { username: 'system:serviceaccount:ci:runner' }, responseStatus: { code: 403, reason: 'Forbidden', message: 'pods "web-0" is forbidden' }, annotations: { 'authorization.k8s.io/decision': 'forbid' } },
      expect: { activity_id: 1, status: 'Failure', status_detail: 'pods "web-0" is forbidden', actor: { user: { type_id: 4 }, authorizations: [{ decision: 'forbid' }] }, api: { operation: 'create pods/exec', response: { code: 403, error: 'Forbidden' } } },
    },
    { record: { ...base, verb: 'deletecollection', objectRef: { resource: 'events', namespace: 'prod' }, user: { username: 'system:anonymous' } }, expect: { activity_id: 4, actor: { user: { type_id: 1 } }, resources: [{ name: 'events', type: 'events' }] } },
    { record: { ...base, kind: undefined }, expect: { activity_id: 2 } },
    { record: { ...base, verb: 'create', user: { username: 'kubernetes-admin' }, impersonatedUser: { username: 'system:masters' } }, expect: { actor: { invoked_by: 'system:masters' } } },
    {
      record: { kind: 'Event', auditID: 'a-2', verb: 'bind', stageTimestamp: '2026-03-04T05:06:07Z' },
      expect: { activity_id: 99, activity_name: 'bind', status_id: 0, actor: { user: { name: 'unknown' } }, src_endpoint: { name: 'unknown' }, api: { operation: 'bind' } },
    },
  ],
  rejects: [null, 'x', {}, { kind: 'Event', auditID: 'a' }, { kind: 'Pod', auditID: 'a', verb: 'get' }, { kind: 'Event', auditID: 'a', verb: 'get', stageTimestamp: 'never' }],
};
