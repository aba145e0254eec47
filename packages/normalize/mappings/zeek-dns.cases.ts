const base = { ts: 1_772_600_767.5, uid: 'C1', 'id.orig_h': '10.0.0.5', 'id.orig_p': 40_000, 'id.resp_h': '192.0.2.53', 'id.resp_p': 53, proto: 'udp', trans_id: 7, query: 'www.example.com', qtype_name: 'A', qclass_name: 'C_INTERNET' };

export default {
  maps: [
    { record: { ...base, rcode: 0, rcode_name: 'NOERROR', answers: ['192.0.2.1'] }, expect: { class_uid: 4003, activity_id: 6, time: 1_772_600_767_500, status_id: 1, query: { hostname: 'www.example.com', type: 'A' }, answers: [{ rdata: '192.0.2.1' }], rcode_id: 0, src_endpoint: { ip: '10.0.0.5' }, dst_endpoint: { port: 53 }, connection_info: { protocol_num: 17 } } },
    { record: { ...base, rcode: 3, rcode_name: 'NXDOMAIN' }, expect: { status: 'Failure', rcode_id: 3 } },
    { record: { ...base, rcode: 4095 }, expect: { rcode_id: 99 } },
    { record: base, expect: { activity_id: 1, status_id: 0 } },
  ],
  rejects: [null, 'x', {}, { ...base, query: null }, { ...base, ts: 'x' }],
};
