import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { Incident } from '#model/incident.ts';
import { openState } from '#store/state.ts';
import { IncidentFile } from './incidents.ts';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function incident(id: string, score: number, rules: readonly string[]): Incident {
  const steps = rules.map((rule) => ({ rule, title: `Title of ${rule}`, severity: 'medium' as const, message: '', first: 1, last: 2, count: 1, stages: [], techniques: [], entities: [], joinedBy: '' }));
  return { id, title: id, story: '', state: 'new', severity: 'medium', confidence: 'medium', risk: { score, likelihood: 1, impact: 1, factors: [] }, first: 1, last: 2, stages: [], techniques: [], entities: [], steps, signals: 1, omitted: 0, findings: [] };
}

function kept(...incidents: readonly Incident[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'watchward-verdicts-'));
  folders.push(folder);
  const state = openState(join(folder, 'state'));
  state.commit(1, { at: 0, positions: new Map(), parts: [], incidents: incidents.map((one) => ({ revision: 1, incident: one })), outbox: [] });
  state.close();
  return folder;
}

it('verdicts move others like it, within bounds; undo restores the list byte for byte (IN-13)', () => {
  const file = new IncidentFile(kept(incident('inc-a', 30, ['x']), incident('inc-b', 25, ['y']), incident('inc-c', 20, ['x', 'z']), incident('inc-d', 15, ['y'])));
  const order = (): string => file.list().map(({ incident: { id } }) => id.at(-1)).join('');
  const say = (id: string, verdict: 'confirmed' | 'false-alarm' | 'undone' | 'closed'): unknown => file.judge(file.find(id).incident, { verdict, reason: 'r', owner: 'o', given: 5 });
  try {
    const lists = [JSON.stringify(file.list())];
    expect(order()).toBe('abcd');
    say('inc-a', 'false-alarm');
    lists.push(JSON.stringify(file.list()));
    expect(order()).toBe('badc');
    say('inc-d', 'confirmed');
    expect(order()).toBe('bdac');
    expect(file.find('inc-b')).toMatchObject({ rank: 50, learned: { attacks: 1, falseAlarms: 0 } });
    say('inc-d', 'undone');
    expect(JSON.stringify(file.list())).toBe(lists[1]);
    say('inc-a', 'undone');
    expect(JSON.stringify(file.list())).toBe(lists[0]);
    for (let times = 0; times < 50; times++) say('inc-a', 'closed');
    say('inc-a', 'false-alarm');
    expect(file.find('inc-c').rank).toBeGreaterThanOrEqual(20 * 10 ** -0.5 - 0.1);
    say('inc-a', 'undone');
    expect(file.find('inc-a').verdict?.verdict).toBe('closed');
    expect(file.list().map(({ rank, incident: { risk } }) => rank === risk.score)).toEqual([true, true, true, true]);
  } finally {
    file.close();
  }
});
