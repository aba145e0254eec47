import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataFile } from '#engine/place.ts';
import { finished, startWatchward, temporaryFolder, watchward } from './process-run.ts';

/** A watch that is killed at any moment and started again comes to the incidents, events and notices of one that nobody disturbed. */
const kills = 100;
let base = '';

beforeAll(() => {
  base = temporaryFolder();
  copyFileSync(dataFile('ci-compromise.jsonl.gz'), join(base, 'day.jsonl.gz'));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

const args = (state: string): string[] => ['watch', '--keep', '--from', 'day.jsonl.gz', '--state-dir', state, '--to', `ocsf-file:${state}-out.jsonl`, '--show', 'incidents', '--format', 'ocsf', '--quiet'];

/** What is left of a watch when it is over: incidents as they are kept, events in the lake, and what was handed on, each once. */
async function outcome(state: string): Promise<{ incidents: string; events: string; notices: string[] }> {
  const incidents = await watchward(['incidents', '--all', '--json', '--state-dir', state], base);
  const sql = 'select class_uid, count(*) as events, count(distinct (source, sequence, uid)) as each from events group by 1 order by 1';
  const events = await watchward(['query', sql, '--state-dir', state, '--format', 'ndjson'], base);
  expect([incidents.code, events.code], incidents.stderr + events.stderr).toEqual([0, 0]);
  const lines = readFileSync(join(base, `${state}-out.jsonl`), 'utf8').trimEnd().split('\n');
  return { incidents: incidents.stdout, events: events.stdout, notices: [...new Set(lines)].sort() };
}

test(`killed ${kills} times, it comes to the same`, { timeout: 1_800_000 }, async () => {
  const whole = await watchward(args('undisturbed'), base);
  expect(whole.code, whole.stderr).toBe(1);
  // The first run warmed what this one finds warm: its time is not the measure.
  const started = performance.now();
  expect((await watchward(args('measured'), base)).code).toBe(1);
  const duration = performance.now() - started;
  const expected = await outcome('undisturbed');
  expect(JSON.parse(expected.incidents)).toHaveLength(1);
  let killed = 0;
  let tries = 0;
  for (let round = 0; killed < kills; round++) {
    const state = `state-${round}`;
    mkdirSync(join(base, state));
    // Moments spread evenly over a run; the next try has another one, also when the run was over before this one came.
    for (let attempt = 0; attempt < 8 && killed < kills; attempt++) {
      const child = startWatchward(args(state), base);
      const done = finished(child);
      await wait(duration * (0.15 + (((tries++ * 37) % 100) / 100) * 0.85));
      if (child.exitCode !== null) break;
      child.kill('SIGKILL');
      await done;
      killed++;
    }
    const last = await watchward(args(state), base);
    // 4: everything had been read before the last kill.
    expect([1, 4], last.stderr).toContain(last.code);
    expect(await outcome(state), `round ${round}, after ${killed} kills`).toEqual(expected);
  }
});
