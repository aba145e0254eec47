import { describe, expect, it } from 'vitest';
import { buildEvent, ocsfClasses, ocsfVersion, statusOf } from './ocsf.ts';

const seed = {
  class: ocsfClasses.apiActivity, activity: 4, severity: 'high', time: 1, metadata: { product: { name: 'P', vendor_name: 'V' }, uid: undefined },
  attributes: {},
} as const;

describe('an OCSF event', () => {
  it('names its class, activity and type by number and caption', () => {
    expect(buildEvent(seed)).toEqual({
      class_uid: 6003, class_name: 'API Activity', category_uid: 6, category_name: 'Application Activity', activity_id: 4, activity_name: 'Delete',
      type_uid: 600_304, type_name: 'API Activity: Delete', severity_id: 4, severity: 'High', time: 1,
      metadata: { product: { name: 'P', vendor_name: 'V' }, version: ocsfVersion },
    });
  });

  it('takes the word of the source for an activity of its own', () => {
    expect(buildEvent({ ...seed, activity: 99, activityName: 'Wobble' })).toMatchObject({ activity_id: 99, activity_name: 'Wobble', type_name: 'API Activity: Wobble' });
    expect(buildEvent({ ...seed, activity: 0 })).toMatchObject({ activity_name: 'Unknown', type_uid: 600_300 });
  });

  it('drops what is not there, and keeps the original record as it is', () => {
    const record = { a: undefined, b: [], c: {} };
    const event = buildEvent({ ...seed, attributes: { x: undefined, y: { z: [undefined] }, k: false, n: 0, unmapped: record } });
    expect(Object.keys(event)).not.toContain('x');
    expect(Object.keys(event)).not.toContain('y');
    expect(event).toMatchObject({ k: false, n: 0 });
    expect(event.unmapped).toBe(record);
  });

  it('has class numbers made of category and position', () => {
    for (const { uid, category } of Object.values(ocsfClasses)) expect(Math.floor((uid % 100_000) / 1000)).toBe(category);
    expect(statusOf('failure')).toEqual({ status_id: 2, status: 'Failure' });
  });
});
