const head = '<189>date=2026-03-04 time=05:06:07 devname="edge-1" devid="FGT60F0000000001" eventtime=1772600767000000000 tz="+0000"';

export default {
  maps: [
    {
      record: `${head} logid="0100044547" type="event" subtype="system" level="information" vd="root" logdesc="Object attribute configured" user="mira" ui="https(198.51.100.7)" action="Add" cfgpath="system.admin" cfgobj="eve" cfgattr="accprofile[super_admin]" msg="Add system.admin eve"`,
      expect: { class_uid: 3004, activity_id: 1, time: Date.UTC(2026, 2, 4, 5, 6, 7), actor: { user: { name: 'mira' } }, entity: { name: 'eve', type: 'system.admin' }, src_endpoint: { ip: '198.51.100.7' }, unmapped: { action: 'Add', cfgpath: 'system.admin' } },
    },
    { record: `${head} logid="0100032002" type="event" subtype="system" level="alert" logdesc="Admin login failed" user="admin" ui="https(203.0.113.9)" action="login" status="failed" reason="passwd_invalid" msg="Administrator admin login failed"`, expect: { class_uid: 3002, activity_id: 1, status_id: 2, user: { name: 'admin' }, src_endpoint: { ip: '203.0.113.9' } } },
    {
      record: `${head} logid="0000000013" type="traffic" subtype="forward" level="notice" srcip=10.0.0.5 srcport=51000 dstip=203.0.113.9 dstport=443 proto=6 action="deny" service="HTTPS" sentbyte=120 rcvdbyte=0`,
      expect: { class_uid: 4001, activity_id: 5, src_endpoint: { ip: '10.0.0.5', port: 51_000 }, dst_endpoint: { ip: '203.0.113.9', port: 443 }, connection_info: { protocol_name: 'tcp' }, traffic: { bytes_out: 120 }, unmapped: { src_ip: '10.0.0.5', dst_port: '443' } },
    },
    { record: `${head} logid="0419016384" type="utm" subtype="ips" level="alert" srcip=203.0.113.9 dstip=10.0.0.5 action="dropped" attack="Path.Traversal" attackid=12345 msg="web_server: Path.Traversal"`, expect: { class_uid: 2004, finding_info: { uid: '12345', title: 'Path.Traversal' } } },
    { record: `Mar  4 05:06:07 edge-1 fw[1]: date=2026-03-04 time=07:06:07 devid="FG1" tz="+0200" logid="0100020027" type="event" subtype="system" level="critical" action="shutdown" msg="x y"`, expect: { class_uid: 0, severity: 'High', time: Date.UTC(2026, 2, 4, 5, 6, 7) } },
  ],
  rejects: [null, {}, '', 'devid=1', 'devid="FG1" type="event" a=b', `${head} words`],
};
