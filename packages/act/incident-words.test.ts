import { describe, expect, it } from 'vitest';
import { nextSteps } from './incident-words.ts';
import { sampleIncident, sampleSteps } from './sample-notices.ts';

const [first] = sampleSteps;
if (first === undefined) throw new Error('the sample has steps');

describe('what to do next', () => {
  it('is for the gravest stages first, and never more than was asked for', () => {
    expect(nextSteps(sampleIncident({ stages: ['execution', 'exfiltration', 'defense-impairment'] }), 2)).toEqual([
      'Find out what left and where to, cut the way out, and tell those whose data it is.',
      'Turn logging and protection on again, and treat the time without them as unseen.',
    ]);
  });

  it('asks the owner of an account only where an account takes part', () => {
    const entering = { stages: ['initial-access'] as const, techniques: ['T1190'] };
    expect(nextSteps(sampleIncident({ ...entering, entities: [{ kind: 'address', name: '203.0.113.9', signals: 1 }] }))[0]).toContain('these requests');
    expect(nextSteps(sampleIncident({ ...entering, entities: [{ kind: 'user', name: 'mira', signals: 1 }] }))[0]).toContain('owner of the account');
  });

  it('pins only where a pipeline takes part', () => {
    expect(nextSteps(sampleIncident({ stages: ['execution'], entities: [{ kind: 'host', name: 'ws-1', signals: 1 }] }))[0]).toContain('command line');
    expect(nextSteps(sampleIncident({ stages: ['execution'], entities: [{ kind: 'repository', name: 'acme/web', signals: 1 }, { kind: 'host', name: 'runner-1', signals: 1 }] }))[0]).toContain('pin');
  });

  it('revokes nothing where passwords were only guessed', () => {
    const guessed = { ...first, stages: ['credential-access'] as const, techniques: ['T1110.001'] };
    expect(nextSteps(sampleIncident({ stages: ['credential-access'], steps: [guessed] }))[0]).toContain('second factor');
    expect(nextSteps(sampleIncident({ stages: ['credential-access'], steps: [{ ...guessed, techniques: ['T1552.001'] }] }))[0]).toContain('Revoke');
  });
});
