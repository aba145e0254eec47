const time = Date.UTC(2026, 2, 4, 5, 6, 7);
const enterprise = { timestamp: '2026-03-04 05:06:07', id: 0, class: 'general', event: 'status', connection_id: 8, account: { user: 'mira', host: 'web-1' }, login: { user: 'mira', os: '', ip: '10.0.0.5', proxy: '' }, general_data: { command: 'Query', sql_command: 'select', query: 'select * from account', status: 0 } };

export default {
  maps: [
    { record: "2026-03-04T05:06:07.000000Z 8 [Note] [MY-010926] [Server] Access denied for user 'root'@'10.0.0.5' (using password: YES)", expect: { class_uid: 3002, status: 'Failure', time, status_code: 'MY-010926', user: { name: 'root' }, src_endpoint: { ip: '10.0.0.5' } } },
    { record: '2026-03-04  5:06:07 0 [ERROR] InnoDB: broken', expect: { class_uid: 6008, time, severity_id: 4 } },
    { record: '2026-03-04T05:06:07.000000Z\t    8 Query\tdrop table account', expect: { class_uid: 6005, activity_id: 7, query_info: { name: 'DROP' }, unmapped: { statement: 'drop table account' } } },
    { record: '2026-03-04T05:06:07.000000Z\t    8 Connect\tmira@web-1 on app using TCP/IP', expect: { class_uid: 3002, status: 'Success', user: { name: 'mira' }, src_endpoint: { name: 'web-1' } } },
    { record: "20260304 05:06:07,db-1,mira,10.0.0.5,8,12,QUERY,app,'select \\'x\\', 1',0", expect: { class_uid: 6005, activity_id: 1, time, database: { name: 'app' }, query_info: { query_string: "select 'x', 1" }, status: 'Success' } },
    { record: '1772600767000000,db-1,eve,10.0.0.5,8,0,FAILED_CONNECT,,,1045', expect: { class_uid: 3002, status: 'Failure', time, status_code: '1045' } },
    { record: enterprise, expect: { class_uid: 6005, activity_id: 1, time, actor: { user: { name: 'mira' } }, src_endpoint: { ip: '10.0.0.5' }, unmapped: { statement: 'select * from account' } } },
    { record: { audit_record: { name: 'Connect', record: '1_x', timestamp: '2026-03-04T05:06:07Z', connection_id: '8', status: 1045, user: 'eve', host: '', ip: '10.0.0.5', db: 'app' } }, expect: { class_uid: 3002, status: 'Failure', user: { name: 'eve' } } },
    { record: { ...enterprise, class: 'connection', event: 'disconnect', general_data: undefined }, expect: { class_uid: 3002, activity_id: 2 } },
    { record: { ...enterprise, class: 'audit', event: 'startup', general_data: undefined }, expect: { class_uid: 6008 } },
  ],
  rejects: [null, 'x', {}, '', '2026-03-04T05:06:07.000000Z 8 Query', '20260304 05:06:07,db-1,mira', { ...enterprise, timestamp: 'x' }, { class: 'general', timestamp: '2026-03-04 05:06:07' }],
};
