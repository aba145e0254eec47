const base = { ts: 1_772_600_767.5, note: 'Scan::Port_Scan', msg: '10.0.0.5 scanned 20 ports', src: '10.0.0.5', dst: '203.0.113.9', p: 22, actions: ['Notice::ACTION_LOG'] };

export default {
  maps: [
    { record: base, expect: { class_uid: 2004, severity_id: 2, time: 1_772_600_767_500, finding_info: { uid: 'Scan::Port_Scan', title: 'Scan::Port_Scan' }, evidences: [{ src_endpoint: { ip: '10.0.0.5' }, dst_endpoint: { port: 22 } }], unmapped: { src_ip: '10.0.0.5' } } },
    { record: { ts: 1_772_600_767, note: 'SSL::Invalid_Server_Cert', uid: 'C1' }, expect: { finding_info: { uid: 'C1' } } },
  ],
  rejects: [null, 'x', {}, { ...base, ts: 'x' }, { ...base, note: 'x' }],
};
