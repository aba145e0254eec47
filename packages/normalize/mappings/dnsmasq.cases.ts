const head = 'Mar  4 05:06:07 gw-1 dnsmasq[9]:';

export default {
  maps: [
    { record: `${head} query[TXT] a.example.com from 10.0.0.5`, expect: { class_uid: 4003, activity_id: 1, query: { hostname: 'a.example.com', type: 'TXT' }, src_endpoint: { ip: '10.0.0.5' }, unmapped: { query: 'a.example.com', record_type: 'TXT' } } },
    { record: `${head} reply a.example.com is 203.0.113.9`, expect: { activity_id: 6, status_id: 1, answers: [{ rdata: '203.0.113.9' }] } },
    { record: 'Mar  4 05:06:07 dnsmasq[9]: 12 10.0.0.5/40000 reply b.example is NXDOMAIN', expect: { status: 'Failure', rcode_id: 3, src_endpoint: { ip: '10.0.0.5' } } },
  ],
  rejects: [null, {}, '', `${head} started`, 'Mar  4 05:06:07 gw-1 app[9]: query[A] a from b', 'dnsmasq'],
};
