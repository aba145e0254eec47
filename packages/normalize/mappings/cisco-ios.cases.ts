export default {
  maps: [
    {
      record: '<189>Mar  4 05:06:07 edge-1 29: *Mar  4 05:06:06.123: %SYS-5-CONFIG_I: Configured from console by mira on vty0 (198.51.100.7)',
      expect: { class_uid: 6003, actor: { user: { name: 'mira' } }, src_endpoint: { ip: '198.51.100.7' }, api: { operation: 'configure terminal' }, metadata: { event_code: 'SYS-5-CONFIG_I', original_time: 'Mar  4 05:06:06', loggers: [{ name: 'edge-1' }] }, unmapped: { user: 'mira', facility: 'SYS', severity: 5 } },
    },
    {
      record: '000123: 2026 Mar  4 05:06:07.001 UTC: %PARSER-5-CFGLOG_LOGGEDCMD: User:jonas  logged command:username guest privilege 15',
      expect: { class_uid: 6003, time: Date.UTC(2026, 2, 4, 5, 6, 7), actor: { user: { name: 'jonas' } }, api: { operation: 'username guest' }, unmapped: { command: 'username guest privilege 15' } },
    },
    {
      record: 'Mar  4 2026 05:06:07: %SEC_LOGIN-4-LOGIN_FAILED: Login failed [user: root] [Source: 203.0.113.9] [localport: 22] [Reason: Login Authentication Failed] at 05:06:07 UTC Wed Mar 4 2026',
      expect: { class_uid: 3002, activity_id: 1, status_id: 2, user: { name: 'root' }, src_endpoint: { ip: '203.0.113.9' }, time: Date.UTC(2026, 2, 4, 5, 6, 7) },
    },
    { record: '*Mar  4 05:06:07.123: %SEC_LOGIN-5-LOGIN_SUCCESS: Login Success [user: mira] [Source: 198.51.100.7] [localport: 22] at 05:06:07 UTC Wed Mar 4 2026', expect: { class_uid: 3002, status_id: 1, user: { name: 'mira' } } },
    { record: '2026 Mar  4 05:06:07 core-1 %AUTHPRIV-3-SYSTEM_MSG: pam_aaa:Authentication failed for user admin from 203.0.113.9 - sshd[4112]', expect: { class_uid: 3002, status_id: 2, user: { name: 'admin' }, src_endpoint: { ip: '203.0.113.9' } } },
    { record: '2026-03-04T05:06:07Z 10.0.0.1 %LINK-3-UPDOWN: Interface GigabitEthernet0/1, changed state to down', expect: { class_uid: 0, severity: 'High', time: Date.UTC(2026, 2, 4, 5, 6, 7), metadata: { loggers: [{ name: '10.0.0.1' }] }, unmapped: { facility: 'LINK', mnemonic: 'UPDOWN' } } },
    { record: '%ASA-6-302013: Built outbound TCP connection 12 for outside:203.0.113.9/443', expect: { class_uid: 0, metadata: { event_code: 'ASA-6-302013' } } },
    {
      record: 'Mar 04 2026 05:06:07 fw-1 : %ASA-6-302013: Built outbound TCP connection 12 for outside:203.0.113.9/443 (203.0.113.9/443) to inside:10.0.0.5/50123 (198.51.100.2/50123)',
      expect: { class_uid: 4001, activity_id: 1, status: 'Success', src_endpoint: { ip: '10.0.0.5', port: 50_123 }, dst_endpoint: { ip: '203.0.113.9', port: 443 }, connection_info: { protocol_name: 'tcp', uid: '12' }, metadata: { product: { name: 'ASA' } }, time: Date.UTC(2026, 2, 4, 5, 6, 7) },
    },
    { record: '%ASA-6-302013: Built inbound TCP connection 13 for outside:203.0.113.9/50123 (203.0.113.9/50123) to dmz:10.0.1.4/22 (198.51.100.4/22)', expect: { class_uid: 4001, src_endpoint: { ip: '203.0.113.9' }, dst_endpoint: { ip: '10.0.1.4', port: 22 } } },
    { record: '%ASA-6-302014: Teardown TCP connection 12 for outside:203.0.113.9/443 to inside:10.0.0.5/50123 duration 0:01:07 bytes 38110 TCP FINs', expect: { class_uid: 4001, activity_id: 2, src_endpoint: { ip: '10.0.0.5' }, dst_endpoint: { ip: '203.0.113.9' }, traffic: { bytes: 38_110 } } },
    { record: '%ASA-4-106023: Deny tcp src outside:203.0.113.9/4455 dst inside:10.0.0.5/8277 by access-group "inbound" [0x0, 0x0]', expect: { class_uid: 4001, activity_id: 5, status: 'Failure', src_endpoint: { ip: '203.0.113.9', port: 4455 }, dst_endpoint: { ip: '10.0.0.5', port: 8277 }, unmapped: { src_ip: '203.0.113.9', dst_port: 8277 } } },
    { record: '%ASA-2-106001: Inbound TCP connection denied from 203.0.113.9/4455 to 10.0.0.5/22 flags SYN on interface outside', expect: { class_uid: 4001, activity_id: 5, dst_endpoint: { ip: '10.0.0.5', port: 22 } } },
    { record: '%ASA-6-305011: Built dynamic TCP translation from inside:10.0.0.5/1772 to outside:198.51.100.2/8256', expect: { class_uid: 0, metadata: { event_code: 'ASA-6-305011' } } },
    { record: 'Mar  4 05:06:07 edge-1 30: %IP-TCP-3-BADAUTH: No MD5 digest from 203.0.113.9(179) to 198.51.100.7(11003)', expect: { class_uid: 0, unmapped: { facility: 'IP-TCP', severity: 3 } } },
  ],
  rejects: [null, {}, '', '%', 'Mar  4 05:06:07 web-1 app[9]: 100%SYS-5-X: y', 'Mar  4 05:06:07 web-1 app[9]: 5 % of %LINK', '%SYS-9-CONFIG_I: x', '%sys-5-config_i: x', `${'x'.repeat(200)} %SYS-5-CONFIG_I: x`],
};
