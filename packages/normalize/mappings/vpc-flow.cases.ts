const start = Date.UTC(2026, 2, 4, 5, 6, 7);

export default {
  maps: [
    {
      record: `2 111122223333 eni-0a1b2c3d 198.51.100.4 10.0.0.5 40000 22 6 20 4249 ${start / 1000} ${start / 1000 + 60} ACCEPT OK`,
      expect: {
        class_uid: 4001, activity_id: 6, time: start, end_time: start + 60_000, status_id: 1, src_endpoint: { ip: '198.51.100.4', port: 40_000 }, dst_endpoint: { ip: '10.0.0.5', port: 22, interface_uid: 'eni-0a1b2c3d' },
        connection_info: { protocol_name: 'tcp', protocol_num: 6, direction_id: 0 }, traffic: { bytes: 4249, packets: 20 }, cloud: { account: { uid: '111122223333' } }, unmapped: { dst_port: '22', action: 'ACCEPT' },
      },
    },
    { record: `2 111122223333 eni-0a1b2c3d 2001:db8::4 2001:db8::5 0 0 58 1 80 ${start / 1000} ${start / 1000} REJECT OK`, expect: { activity_id: 5, status: 'Failure', src_endpoint: { ip: '2001:db8::4' }, connection_info: { protocol_name: 'icmpv6' } } },
    { record: `2 111122223333 eni-0a1b2c3d - - - - - - - ${start / 1000} ${start / 1000} - NODATA`, expect: { status_id: 0, status_code: 'NODATA', src_endpoint: { name: 'unknown' } } },
    { record: { interfaceId: 'eni-1', srcAddr: '10.0.0.5', dstAddr: '203.0.113.9', srcPort: 443, dstPort: 50_000, protocol: 17, start: '2026-03-04T05:06:07Z', end: '2026-03-04T05:07:07Z', action: 'ACCEPT', 'flow-direction': 'egress' }, expect: { connection_info: { direction_id: 2, protocol_name: 'udp' }, src_endpoint: { port: 443 } } },
    { record: { interface_id: 'eni-1', srcaddr: '10.0.0.5', dstaddr: '10.0.0.6', start: start / 1000, srcport: 70_000 }, expect: { src_endpoint: { ip: '10.0.0.5' }, status_id: 0, time: start } },
  ],
  rejects: [null, '', 'x', {}, '2 1 eni-1 a b', { srcaddr: 'a', dstaddr: 'b' }, { interface_id: 'e', srcaddr: 'a', dstaddr: 'b' }],
};
