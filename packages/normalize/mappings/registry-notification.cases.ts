const event = {
  id: 'e-1', timestamp: '2026-03-04T05:06:07.250Z', action: 'push', target: { mediaType: 'application/vnd.docker.distribution.manifest.v2+json', size: 708, digest: 'sha256:fea8', repository: 'acme/web', tag: 'latest' },
  request: { id: 'r-1', addr: '203.0.113.9:40000', host: 'registry.example.com', method: 'PUT', useragent: 'docker/27' }, actor: { name: 'ci' }, source: { addr: 'registry-1:5000' },
};

export default {
  maps: [
    { record: { events: [event] }, expect: { class_uid: 6003, activity_id: 1, time: Date.UTC(2026, 2, 4, 5, 6, 7, 250), actor: { user: { name: 'ci' } }, src_endpoint: { ip: '203.0.113.9', port: 40_000 }, resources: [{ name: 'acme/web:latest', uid: 'sha256:fea8' }], unmapped: { action: 'push', tag: 'latest', user: 'ci' } } },
    { record: { ...event, action: 'delete', actor: {}, target: { repository: 'acme/web', digest: 'sha256:fea8' } }, expect: { activity_id: 4, actor: { user: { name: 'unknown' } }, resources: [{ name: 'acme/web' }] } },
  ],
  rejects: [null, 'x', {}, { events: [] }, { events: [event, event] }, { ...event, timestamp: 'x' }, { ...event, request: null }],
};
