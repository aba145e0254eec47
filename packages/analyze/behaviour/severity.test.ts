import { expect, it } from 'vitest';
import type { Oddity } from './entity.ts';
import { severities, severityOf } from './severity.ts';

function severity(chance: number, dangerous: boolean, ...oddities: readonly Oddity[]): string | undefined {
  return severities[severityOf({ chance, reasons: oddities.map((oddity) => ({ oddity, chance: 0.01 })) }, dangerous)];
}

it('grows with the ways in which a sitting is odd, where much and late are one', () => {
  expect(severity(0.002, false, 'action')).toBe('informational');
  expect(severity(0.002, false, 'action', 'country')).toBe('low');
  expect(severity(0.0004, false, 'action', 'country', 'hour')).toBe('medium');
  expect(severity(0.0004, false, 'action', 'events', 'hour')).toBe('low');
  expect(severity(0.0004, false, 'action', 'events', 'hour', 'country')).toBe('medium');
  expect(severity(0.002, false, 'action', 'country', 'hour')).toBe('low');
});

it('is medium for a dangerous deed that is odd, where it may be another hand or is odder than a new task', () => {
  expect(severity(0.002, true, 'action', 'resource')).toBe('low');
  expect(severity(0.0009, true, 'action', 'resource')).toBe('medium');
  expect(severity(0.002, true, 'action', 'tool')).toBe('medium');
  expect(severity(0.002, true, 'network', 'hour')).toBe('medium');
  expect(severity(0.002, true, 'events', 'hour')).toBe('low');
  expect(severity(0.0004, true, 'action', 'network', 'hour')).toBe('high');
});
