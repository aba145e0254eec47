const base = { ts: 1_772_600_767.5, uid: 'C1', 'id.orig_h': '10.0.0.5', 'id.orig_p': 40_000, 'id.resp_h': '203.0.113.9', 'id.resp_p': 443, version: 'TLSv13', cipher: 'TLS_AES_128_GCM_SHA256', server_name: 'www.example.com', resumed: false, established: true };

export default {
  maps: [
    { record: base, expect: { class_uid: 4001, activity_id: 1, time: 1_772_600_767_500, tls: { version: 'TLSv13', sni: 'www.example.com' }, dst_endpoint: { port: 443 } } },
    { record: { ...base, established: false, validation_status: 'self signed certificate', ja3: 'e7d705a3286e19ea42f587b344ee6865' }, expect: { activity_id: 4, status: 'Failure', status_detail: 'self signed certificate', tls: { ja3_hash: { algorithm_id: 1 } } } },
  ],
  rejects: [null, 'x', {}, { ...base, ts: 'x' }, { ...base, established: undefined }],
};
