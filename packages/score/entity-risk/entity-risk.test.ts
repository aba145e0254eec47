import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Signal } from '#model/event.ts';
import { entityRoles } from '../incidents/entities.ts';
import type { RoledEntity } from '../incidents/entities.ts';
import { entityRiskLimits, halfLife, noteSignal, rankedEntities, riskOf, shares } from './entity-risk.ts';
import type { KnownRisk } from './entity-risk.ts';

const start = Date.UTC(2026, 2, 3);
const hour = 3_600_000;
const mira: RoledEntity = { kind: 'user', name: 'mira', role: 'actor' };

function signal(rule: string, score: number, hours = 0): Signal {
  return { rule, title: `Title of ${rule}`, severity: 'medium', confidence: 'medium', message: '', time: start + hours * hour, techniques: [], tactics: [], evidence: [], events: [], references: [], falsePositives: [], risk: { score, likelihood: 1, impact: 1, factors: [] } };
}

function after(...signals: readonly Signal[]): KnownRisk {
  const memory = new Map<string, KnownRisk>();
  for (const one of signals) noteSignal(memory, one, [mira], 'inc-1');
  return [...memory.values()][0] as KnownRisk;
}

const arbitrary = fc.array(fc.record({ rule: fc.constantFrom('a', 'b', 'c', '__proto__'), score: fc.double({ min: 0, max: 100, noNaN: true }), hours: fc.integer({ min: 0, max: 5_000 }) }), { minLength: 1, maxLength: 40 });
const given = (list: readonly { rule: string; score: number; hours: number }[]): KnownRisk => after(...list.map(({ rule, score, hours }) => signal(rule, score, hours)));

describe('the risk of an entity', () => {
  it('is that of its evidence: different kinds add up, the same again does not (IN-10)', () => {
    expect(riskOf(after(signal('a', 50)), start).risk).toBe(50);
    expect(riskOf(after(signal('a', 50), signal('a', 50, 1), signal('a', 50, 2)), start + 2 * hour).risk).toBe(50);
    expect(riskOf(after(signal('a', 50), signal('b', 50)), start).risk).toBe(75);
  });

  it('halves with every half-life and goes to nothing', () => {
    const known = after(signal('a', 80));
    expect(riskOf(known, start + halfLife).risk).toBe(40);
    expect(rankedEntities([known], start + 20 * halfLife)).toEqual([]);
  });

  it('is not renewed at its old height by something weaker', () => {
    const known = after(signal('a', 80), signal('a', 10, (2 * halfLife) / hour));
    expect(riskOf(known, start + 2 * halfLife).risk).toBe(20);
  });

  it('is bounded, never above its evidence while fresh, never below the weightiest piece, and only falls while nothing happens (IN-10)', () => {
    fc.assert(fc.property(arbitrary, fc.integer({ min: 0, max: 20_000 }), (list, later) => {
      const known = given(list);
      const at = start + 5_000 * hour;
      const now = riskOf(known, at);
      const highest = 100 * (1 - [...Map.groupBy(list, ({ rule }) => rule).values()].reduce((doubt, same) => doubt * (1 - Math.max(...same.map(({ score }) => score)) / 100), 1));
      expect(now.risk).toBeLessThanOrEqual(now.ceiling);
      expect(now.ceiling).toBeLessThanOrEqual(highest + 0.1);
      expect(now.risk + 0.1).toBeGreaterThanOrEqual(100 * Math.max(0, ...now.evidence.map(({ weight }) => weight)));
      expect(riskOf(known, at + later * hour).risk).toBeLessThanOrEqual(now.risk);
    }));
  });

  it('falls to who acted more than to where it happened', () => {
    const memory = new Map<string, KnownRisk>();
    noteSignal(memory, signal('a', 100), entityRoles.map((role) => ({ kind: 'host', name: role, role })), undefined);
    expect(rankedEntities(memory.values(), start).map(({ name, risk }) => [name, risk])).toEqual(entityRoles.map((role) => [role, 100 * shares[role]]));
  });

  it('keeps a bounded number of kinds of evidence, the weightiest, and says how many went (IN-10)', () => {
    const known = after(...Array.from({ length: 40 }, (_, at) => signal(`r${at}`, at + 1)));
    expect(known.evidence).toHaveLength(entityRiskLimits.evidence);
    expect(known.omitted).toBe(40 - entityRiskLimits.evidence);
    expect(Math.min(...known.evidence.map(({ risk }) => risk))).toBe(25);
  });
});

const python = ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0);

it('follows from the export and nothing else: recomputed in Python (IN-11)', () => {
  // The machine promises git, Node and npm only.
  if (python === undefined) return void process.stderr.write('entity-risk.test: no Python on this machine; the risks were not recomputed\n');
  const lists = fc.sample(arbitrary, { numRuns: 200, seed: 7 });
  const asOf = start + 6_000 * hour;
  const entities = lists.map((list, at) => ({ ...riskOf(given(list), asOf), name: `u${at}` }));
  const { stdout, status } = spawnSync(python, [fileURLToPath(new URL('./recompute.py', import.meta.url))], { input: JSON.stringify({ asOf, halfLifeDays: halfLife / 86_400_000, shares, entities }), encoding: 'utf8' });
  expect(stdout.trim()).toBe(`${entities.length} of ${entities.length} risks agree`);
  expect(status).toBe(0);
});
