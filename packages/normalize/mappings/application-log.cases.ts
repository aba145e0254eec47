export default {
  maps: [
    { record: '2026-03-04 05:06:07,250 INFO [main] org.example.jobs.Runner: Started 3 tasks', expect: { class_uid: 0, time: Date.UTC(2026, 2, 4, 5, 6, 7, 250), severity_id: 1, message: '[main] org.example.jobs.Runner: Started 3 tasks', metadata: { log_level: 'info', log_name: 'org.example.jobs.Runner' }, unmapped: { level: 'info', logger: 'org.example.jobs.Runner' } } },
    { record: '2026-03-04 05:06:07.008 25746 ERROR shop.api.orders [req-9bc3 - - -] payment refused', expect: { severity_id: 4, unmapped: { level: 'error', logger: 'shop.api.orders' } } },
    { record: '26/03/04 05:06:07 WARN spark.Store: block lost', expect: { time: Date.UTC(2026, 2, 4, 5, 6, 7), severity_id: 3, unmapped: { logger: 'spark.Store' } } },
    { record: '260304 050607 148 INFO dfs.DataNode$Sender: sent block 7', expect: { time: Date.UTC(2026, 2, 4, 5, 6, 7), unmapped: { logger: 'dfs.DataNode$Sender' } } },
    { record: '2026-03-04 05:06:07,394 - INFO  [/10.0.0.1:3888:Listener@493] - Received connection', expect: { message: '[/10.0.0.1:3888:Listener@493] - Received connection' } },
    { record: '2026-03-04 05:06:07, Info                  CBS    Loaded stack', expect: { unmapped: { level: 'info' } } },
    { record: '[2026-03-04T05:06:07+01:00] [error] cache: unreachable', expect: { time: Date.UTC(2026, 2, 4, 4, 6, 7), severity_id: 4, unmapped: { level: 'error', logger: 'cache' } } },
    { record: '2026/03/04 05:06:07 [WARN] agent: retrying', expect: { severity_id: 3, unmapped: { logger: 'agent' } } },
  ],
  rejects: [null, {}, 7, '', 'INFO started', '2026-03-04 05:06:07 nothing grave', '2026-03-04 05:06:07 GET info page', '2026-13-40 05:06:07 INFO x', '991340 995999 INFO x', '2026-03-04 INFO x'],
};
