import { describe, expect, it } from 'vitest';
import { toIncidentFinding } from './incident-ocsf.ts';
import { sampleIncident } from './sample-notices.ts';

const product = { name: 'watchward', version: '1.2.3' };

describe('an incident as an incident finding', () => {
  it('is class 2005 with its steps, attacks, risk and state', () => {
    const finding = toIncidentFinding(sampleIncident({ state: 'escalating' }), 2, product);
    expect(finding).toMatchObject({
      class_uid: 2005, type_uid: 200_502, activity_name: 'Update', severity_id: 5, confidence_id: 3, impact_score: 90, impact_id: 4, priority_id: 4, status_id: 1,
      assignee_group: { name: 'unassigned' }, metadata: { uid: 'inc-5f2c81d0/2', correlation_uid: 'inc-5f2c81d0', profiles: ['incident'] },
      attacks: [{ technique: { uid: 'T1195' }, sub_technique: { uid: 'T1195.002' } }, { technique: { uid: 'T1041' } }, {}, {}, { tactic: { name: 'Initial Access' } }, {}, {}, {}, {}],
      unmapped: { state: 'escalating', revision: 2, signals: 5 },
    });
    expect(finding.finding_info_list).toMatchObject([
      { uid: 'inc-5f2c81d0/step/1', analytic: { uid: 'event/tag-moved' }, related_events_count: 1 }, { uid: 'inc-5f2c81d0/step/2' }, { uid: 'inc-5f2c81d0/step/3', related_events_count: 3 },
    ]);
  });

  it('is created at its first revision', () => expect(toIncidentFinding(sampleIncident(), 1, product).activity_name).toBe('Create'));
});
