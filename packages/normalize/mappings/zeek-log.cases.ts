const base = { ts: 1_772_600_767.5, uid: 'C1', 'id.orig_h': '10.0.0.5', 'id.orig_p': 40_000, 'id.resp_h': '10.0.0.9', 'id.resp_p': 445 };

export default {
  maps: [
    { record: { ...base, _path: 'smb_files', action: 'SMB::FILE_OPEN', name: 'x.exe', path: '\\\\srv\\c$' }, expect: { class_uid: 4001, activity_id: 6, time: 1_772_600_767_500, app_name: 'smb_files', metadata: { log_name: 'smb_files' }, unmapped: { name: 'x.exe', dst_ip: '10.0.0.9' } } },
    { record: { ...base, endpoint: 'svcctl', operation: 'CreateServiceW' }, expect: { app_name: 'dce_rpc' } },
    { record: { ...base, _path: 'ssh', auth_success: true }, expect: { class_uid: 4007, status: 'Success' } },
    { record: { ...base, request_type: 'AS', client: 'mira', service: 'krbtgt', success: false }, expect: { app_name: 'kerberos', status: 'Failure' } },
    { record: { ...base, trans_depth: 0, method: 'REGISTER', uri: 'sip:198.51.100.7', request_path: [], response_path: [] }, expect: { class_uid: 4001, app_name: 'sip' } },
    { record: { ...base, cmd: 'login', arg: 'mira', success: true }, expect: { app_name: 'mysql', status: 'Success' } },
    { record: { ...base, tunnel_type: 'Tunnel::GRE', action: 'Tunnel::DISCOVER' }, expect: { app_name: 'tunnel', status: 'Unknown' } },
  ],
  rejects: [null, 'x', {}, base, { ...base, _path: 'SMB FILES' }, { ...base, _path: 'rdp', ts: 'x' }],
};
