import { expect, it } from 'vitest';
import type { Event } from '#model/event.ts';
import { deedOf } from './ocsf-deed.ts';

function found(attributes: object): string {
  return deedOf({ class_uid: 2004, activity_id: 1, time: 0, metadata: { product: { name: 'X' } }, ...attributes } as unknown as Event);
}

it('says of what another product found whom it names, from where to where, and on which machine', () => {
  expect(found({ device: { hostname: 'web-1' }, resources: [{ name: 'web-1', type: 'Agent' }], evidences: [{ src_endpoint: { ip: '203.0.113.9' }, actor: { user: { name: 'root' } } }] })).toBe('root from 203.0.113.9 on web-1');
  expect(found({ evidences: [{ src_endpoint: { ip: '10.0.0.7' }, dst_endpoint: { ip: '198.51.100.4' }, query: { hostname: 'pool.example' } }] })).toBe('about pool.example from 10.0.0.7 to 198.51.100.4');
  expect(found({ device: { hostname: 'node-3' }, resources: [{ name: 'shop', type: 'Pod' }], evidences: [{ process: { name: 'bash' }, actor: { user: { name: 'root' } } }] })).toBe('root with bash in shop on node-3');
  expect(found({ evidences: [{ process: { name: 'cat' }, file: { path: '/etc/shadow' } }] })).toBe('cat and the file /etc/shadow');
  expect(found({ device: { hostname: 'db-1' }, evidences: [{ file: { path: '/etc/passwd' } }] })).toBe('/etc/passwd on db-1');
  expect(found({ device: { hostname: 'mail' }, evidences: [{ data: {} }] })).toBe('on mail');
});

it('says nothing where nothing is named', () => {
  expect(found({})).toBe('');
});

it.each([
  [3004, 1, { entity: { name: 'eve' } }, 'mira made eve'], [3004, 4, { entity: { name: 'rule-7' } }, 'mira deleted rule-7'], [3005, 1, { user: { name: 'eve' } }, 'mira gave rights for eve'],
  [1001, 1, { file: { path: '\\srv', type_id: 6 } }, 'mira made the pipe \\srv'], [1001, 1, { file: { path: 'C:\\x', type_id: 1 } }, 'mira wrote C:\\x'], [1006, 5, { job: { name: '\\Backup' } }, 'mira disabled the job \\Backup'],
  [1006, 6, { job: { name: 'curl -u a:b x', cmd_line: 'curl -u a:b x' } }, 'mira started a job'], [1008, 1, { log_name: 'Security' }, 'mira cleared the event log Security'], [201_004, 1, { win_service: { name: 'upd', cmd_line: 'x' } }, 'mira installed the service upd'],
  [3002, 1, { user: { name: 'mira' } }, 'mira signed in'], [3002, 1, { user: { name: 'admin' } }, 'mira signed in as admin'], [3002, 1, { actor: { user: { name: 'WS-1$' } }, user: { name: 'eve' } }, 'eve signed in'], [3002, 1, { actor: undefined, user: { name: 'eve' } }, 'eve signed in'],
  [1001, 1, { file: { path: `C:\\${'long\\'.repeat(20)}name.exe` } }, `mira wrote C:\\${'long\\'.repeat(5)}…${`C:\\${'long\\'.repeat(20)}name.exe`.slice(-51)}`],
  [3006, 3, { group: { name: 'Administrators' }, user: { name: 'eve' } }, 'mira added eve to the group Administrators'], [3006, 4, { group: { name: 'ops' }, user: { uid: 'S-1-5-21-7' } }, 'mira removed S-1-5-21-7 from the group ops'],
  [4001, 5, { actor: undefined, src_endpoint: { ip: '198.51.100.7' }, dst_endpoint: { ip: '10.0.0.5', port: 22 } }, 'somebody was refused a connection to 10.0.0.5 port 22 from 198.51.100.7'], [201_002, 2, { reg_value: { path: 'HKLM\\Run', name: 'upd' } }, 'mira set the registry value HKLM\\Run\\upd'],
  [6003, 1, { actor: { app_name: 'Mozilla/5.0 (X11)' }, api: { operation: 'Get' } }, 'somebody called Get'], [6003, 1, { actor: { app_name: 'billing' }, api: { operation: 'Get' } }, 'billing called Get'],
  [6003, 1, { api: { operation: 'create pods/exec' }, resources: [{ name: 'etcd-0' }], http_request: { url: { path: '/api/v1/pods/etcd-0/exec?command=sh' } } }, 'mira called create pods/exec on etcd-0'], [6003, 2, { api: { operation: 'list secrets' }, http_request: { url: { path: '/api/v1/secrets?limit=500' } } }, 'mira called list secrets on /api/v1/secrets'],
  [6002, 4, { resources: [{ name: 'auditd' }] }, 'mira stopped auditd'], [6005, 4, { resources: [{ name: 'shop.cards' }] }, 'mira queried shop.cards'], [6005, 99, { resources: [{ name: 'shop.cards' }] }, 'mira used shop.cards'],
])('has a word for activity %2$i of class %1$i', (class_uid, activity_id, attributes, sentence) => {
  expect(deedOf({ class_uid, activity_id, time: 0, metadata: { product: { name: 'P' } }, actor: { user: { name: 'mira' } }, ...attributes } as unknown as Event)).toBe(sentence);
});

it('says of a record of which nothing is known where it came from', () => {
  const unknown = (attributes: object): string => deedOf({ class_uid: 0, activity_id: 0, time: 0, metadata: { product: { name: 'unknown' }, log_source: '/var/log/app/out.log' }, ...attributes } as unknown as Event);
  expect(unknown({})).toBe('a record of out.log');
  expect(unknown({ metadata: { log_source: 'C:\\logs\\app.log' }, device: { hostname: 'web-1' } })).toBe('a record of app.log on web-1');
  expect(unknown({ metadata: { log_source: 'app.log', sequence: 7 } })).toBe('record 7 of app.log');
  expect(unknown({ metadata: {} })).toBe('a record');
  expect(unknown({ actor: { user: { name: 'mira' } } })).toBe('mira acted');
});

it('says of a call of a cloud which policy it gave, and to whom it opened what it was about', () => {
  const call = (operation: string, attributes: object): string => deedOf({ class_uid: 6003, activity_id: 3, time: 0, metadata: { product: { name: 'CloudTrail' } }, actor: { user: { name: 'mira' } }, api: { operation }, cloud: { account: { uid: '111122223333' } }, ...attributes } as unknown as Event);
  const request = { snapshotId: 'snap-1', createVolumePermission: { add: { items: [{ userId: '444455556666' }] } } };
  expect(call('ModifySnapshotAttribute', { resources: [{ name: 'snap-1' }], unmapped: { requestParameters: request } })).toBe('mira called ModifySnapshotAttribute on snap-1, which shared snapshot snap-1 with account 444455556666');
  expect(call('ModifySnapshotAttribute', { resources: [{ name: 'snap-1' }], status_id: 2, unmapped: { requestParameters: request } })).toBe('mira called ModifySnapshotAttribute on snap-1 (it failed)');
  expect(call('AttachUserPolicy', { class_uid: 3001, user: { name: 'deploy' }, policies: [{ name: 'AdministratorAccess' }] })).toBe('mira called AttachUserPolicy for deploy with the policy AdministratorAccess');
});
