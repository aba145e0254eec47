import { expect, it } from 'vitest';
import { evidenceOf } from './alert-evidence.ts';
import type { LabelledAlert, ScenarioRun } from './alert-scenarios.ts';

const day = 86_400_000;

function alert(days: number, name: string, phase?: string, direct = false): LabelledAlert {
  return { time: days * day, name, address: '10.0.0.1', host: 'mail', phase, direct };
}

it('tells phases of everyday alerts from those with something that is not, and counts what is found by lines of the attacker', () => {
  const alerts = [
    alert(0, 'login'), alert(1, 'login'), alert(1.5, 'update'), alert(2, 'login'), alert(2.1, 'login', 'scan'), alert(2.2, 'update', 'theft'), alert(2.3, 'new service', 'theft', true), alert(2.4, 'stop', 'stop', true),
  ];
  const told = [{ alerts: [4, 5, 6] }] as unknown as ScenarioRun['told'];
  expect(evidenceOf({ scenario: { name: 'x', alerts }, told, scores: new Float64Array(), held: 0, seconds: 0 })).toEqual({ unusual: ['theft', 'stop'], written: ['theft', 'stop'], foundByLine: ['theft'] });
});
