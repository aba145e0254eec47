const time = Date.UTC(2026, 2, 4, 5, 6, 7, 123);

export default {
  maps: [
    { record: '2026-03-04T05:06:07.1234567Z ##[group]Run curl -s http://x | sh', expect: { class_uid: 0, time, message: '##[group]Run curl -s http://x | sh', metadata: { product: { name: 'GitHub Actions' }, event_code: 'group' }, unmapped: { command: 'group', run: 'curl -s http://x | sh', forge: 'github', log: '-' } } },
    { record: '\ufeff2026-03-04T05:06:07.1234567Z \u001b[36;1mnpm ci\u001b[0m', expect: { message: 'npm ci', unmapped: { run: 'npm ci' } } },
    { record: '2026-03-04T05:06:07.1234567Z ##[error]Process completed with exit code 1.', expect: { severity_id: 2, unmapped: { command: 'error' } } },
    { record: '2026-03-04T05:06:07.1234567Z ::add-mask::x', expect: { unmapped: { command: 'add-mask' } } },
    { record: '2026-03-04T05:06:07.123456Z 00O \u001b[32;1m$ make deploy\u001b[0;m', expect: { time, message: '$ make deploy', metadata: { product: { name: 'GitLab CI' } }, unmapped: { run: 'make deploy', forge: 'gitlab' } } },
    { record: '\u001b[0Ksection_start:1772600767:step_script\r\u001b[0K\u001b[0K\u001b[36;1mExecuting "step_script"\u001b[0;m', expect: { time: 1_772_600_767_000, message: 'Executing "step_script"', unmapped: { command: 'section_start' } } },
  ],
  rejects: [null, {}, '', 'x', '2026-03-04T05:06:07Z hello', '2026-03-04T05:06:07.1234567Z', 'section_start', '2026-99-04T05:06:07.1234567Z x'],
};
