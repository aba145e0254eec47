const time = Date.UTC(2026, 2, 4, 5, 6, 7, 123);
const json = { timestamp: '2026-03-04 05:06:07.123 UTC', user: 'mira', dbname: 'app', pid: 812, remote_host: '10.0.0.5', remote_port: 40_000, session_id: 's-1', error_severity: 'ERROR', state_code: '42501', message: 'permission denied for table account', statement: 'delete from account', application_name: 'psql', backend_type: 'client backend' };

export default {
  maps: [
    {
      record: '2026-03-04 05:06:07.123 UTC [812] mira@app LOG:  statement: /* x */ drop table account;',
      expect: { class_uid: 6005, activity_id: 7, time, status_id: 1, actor: { user: { name: 'mira' } }, database: { name: 'app', type_id: 1 }, query_info: { name: 'DROP', query_string: '/* x */ drop table account;' }, unmapped: { user: 'mira', database: 'app', statement: '/* x */ drop table account;', pid: '812' } },
    },
    { record: '2026-03-04 05:06:07.123 UTC [812] FATAL:  password authentication failed for user "eve"', expect: { class_uid: 3002, status: 'Failure', user: { name: 'eve' } } },
    { record: '2026-03-04 05:06:07 UTC:10.0.0.5(40000):mira@app:[812]:ERROR:  relation "x" does not exist', expect: { class_uid: 6008, severity_id: 4, status: 'Failure', unmapped: { client_ip: '10.0.0.5', user: 'mira' } } },
    { record: '2026-03-04 05:06:07 UTC [812]: [3-1] user=mira,db=app,app=psql,client=10.0.0.5 LOG:  duration: 12.5 ms  execute <unnamed>: select 1', expect: { class_uid: 6005, activity_id: 1, src_endpoint: { ip: '10.0.0.5' }, actor: { app_name: 'psql' }, query_info: { query_string: 'select 1' } } },
    { record: '2026-03-04 05:06:07.123 UTC [812] mira@app LOG:  AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.account,"select ""a"", b from account",<none>', expect: { class_uid: 6005, activity_id: 1, table: { name: 'public.account' }, query_info: { query_string: 'select "a", b from account' } } },
    { record: '2026-03-04 05:06:07.123 UTC [812] mira@app LOG:  AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.account,"select ""a"", b from account",<none>,42', expect: { class_uid: 6005, activity_id: 1, table: { name: 'public.account' }, query_info: { query_string: 'select "a", b from account' }, unmapped: { rows: 42 } } },
    { record: '2026-03-04 07:06:07.123 +02 [812] LOG:  connection authorized: user=mira database=app application_name=psql SSL enabled', expect: { class_uid: 3002, activity_id: 1, time, status: 'Success', user: { name: 'mira' } } },
    {
      record: '2026-03-04 05:06:07.123 UTC,"mira","app",812,"10.0.0.5:40000",69a7.32c,3,"SELECT",2026-03-04 05:06:00 UTC,3/4,0,ERROR,42P01,"relation ""x"", y",,,,,,"select * from x, y",15,,"psql","client backend",,0',
      expect: { class_uid: 6005, status: 'Failure', status_code: '42P01', src_endpoint: { ip: '10.0.0.5', port: 40_000 }, query_info: { query_string: 'select * from x, y' }, message: 'relation "x", y' },
    },
    { record: json, expect: { class_uid: 6005, activity_id: 7, time, status_code: '42501', database: { name: 'app' }, unmapped: { statement: 'delete from account', client_ip: '10.0.0.5', database: 'app' } } },
    { record: { ...json, error_severity: 'LOG', state_code: '00000', message: 'disconnection: session time: 0:00:01 user=mira database=app host=10.0.0.5', statement: undefined }, expect: { class_uid: 3002, activity_id: 2 } },
  ],
  rejects: [null, 'x', {}, '', '2026-03-04 05:06:07.123 UTC [812] hello', '2026-99-04 05:06:07 UTC [812] LOG:  x', { ...json, timestamp: 'x' }, { ...json, backend_type: null }],
};
