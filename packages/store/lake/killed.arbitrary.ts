/**
 * A small watch that is made to be killed: numbers events from where its checkpoint says, an epoch of a few each, with a lake that
 * rolls, merges and looks after itself all the time. Run with a folder and how many events there are; prints `done` at the end.
 */
import { join } from 'node:path';
import process from 'node:process';
import { openLake } from '../lake.ts';
import { openState } from '../state.ts';
import { sampleDay, sampleEvent } from './sample.arbitrary.ts';

const [folder = '', total = '0'] = process.argv.slice(2);
const state = openState(join(folder, 'state'));
let now = sampleDay + 2 * 86_400_000 + state.epoch * 1000;
const lake = openLake(join(folder, 'lake'), {
  clock: () => now,
  rollBytes: 4000,
  onNote: (note) => process.stderr.write(`${note}\n`),
});
const { damage } = await lake.recover(state.epoch);
if (damage !== undefined || state.damage !== undefined) throw new Error(damage ?? state.damage);
process.stdout.write('begun\n');
let next = Number(state.checkpoint?.positions.get('numbers')?.['next'] ?? 0);
for (let epoch = state.epoch + 1; next < Number(total); epoch++) {
  const end = Math.min(Number(total), next + 1 + Math.floor(Math.random() * 8));
  for (; next < end; next++) lake.append(sampleEvent(next % 2 === 0 ? next : next - 200_000), epoch, { source: 'numbers', sequence: next });
  await lake.flush(epoch);
  state.commit(epoch, { at: now, positions: new Map([['numbers', { next }]]), parts: [], incidents: [], outbox: [] });
  // So that retention and merging come up with every epoch or two.
  now += 400_000;
  lake.committed(epoch);
}
await lake.close();
state.close();
process.stdout.write('done\n');
