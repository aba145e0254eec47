const head = '<134>Mar  4 05:06:07 fw-1 CEF:0|Palo Alto Networks|PAN-OS|11';

export default {
  maps: [
    {
      record: `${head}|end|TRAFFIC|3|rt=Mar 04 2026 05:06:07 src=10.0.0.5 dst=203.0.113.9 spt=40000 dpt=443 proto=tcp act=deny in=10 out=20 cs1Label=Rule cs1=outgoing web`,
      expect: { class_uid: 4001, activity_id: 5, severity_id: 2, time: Date.UTC(2026, 2, 4, 5, 6, 7), status: 'Failure', src_endpoint: { ip: '10.0.0.5', port: 40_000 }, traffic: { bytes: 30 }, metadata: { product: { name: 'PAN-OS', vendor_name: 'Palo Alto Networks', version: '11' }, event_code: 'end' }, unmapped: { dst_ip: '203.0.113.9', Rule: 'outgoing web', action: 'deny' } },
    },
    { record: 'CEF:0|Acme|Proxy|1|web|Request|2|request=http://x.example/a?b=1 requestMethod=GET src=10.0.0.5 requestClientApplication=curl/8 act=allowed', expect: { class_uid: 4002, activity_id: 3, time: 0, status: 'Success', http_request: { user_agent: 'curl/8' }, unmapped: { 'c-uri': 'http://x.example/a?b=1' } } },
    { record: 'CEF:0|Acme|AV|1|42|Malware found|10|dhost=web-1 fname=x.exe', expect: { class_uid: 2004, severity_id: 5, finding_info: { title: 'Malware found', analytic: { uid: '42' } } } },
    { record: 'LEEF:2.0|Acme|Portal|1|login|^|devTime=1772600767000^usrName=mira^src=10.0.0.5^outcome=failure^sev=5', expect: { class_uid: 3002, time: 1_772_600_767_000, severity_id: 3, status: 'Failure', user: { name: 'mira' } } },
    { record: 'CEF:0|||1|2|Started|Low|', expect: { class_uid: 0, severity_id: 2, metadata: { product: { name: 'unknown' } } } },
  ],
  rejects: [null, {}, '', 'CEF:0|Acme', 'LEEF:1.0|x', 'about CEF: and LEEF:'],
};
