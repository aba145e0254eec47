import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { bundledRecords } from './bundled-records.ts';

const record = { id: 1 };

describe('an object that carries records', () => {
  it.each([
    ['CloudTrail', { Records: [record, 7] }, [record, 7]],
    ['an empty file of CloudTrail', { Records: [] }, []],
    ['Azure', { records: [record] }, [record]],
    ['CloudWatch', { messageType: 'DATA_MESSAGE', owner: '1', logGroup: 'g', logStream: 's', logEvents: [{ id: 'e', message: 'm' }] }, [{ id: 'e', message: 'm', logGroup: 'g', logStream: 's', owner: '1' }]],
    ['Kubernetes', { kind: 'EventList', items: [record] }, [record]],
    ['a registry', { events: [{ target: {}, action: 'push' }] }, [{ target: {}, action: 'push' }]],
    ['Okta', { eventType: 'com.okta.event_hook', data: { events: [record] } }, [record]],
    ['Auth0', { logs: [{ log_id: 'l', data: {} }] }, [{ log_id: 'l', data: {} }]],
  ])('gives them: %s', (_, value, wanted) => {
    expect(bundledRecords(value)).toEqual(wanted);
  });

  it.each([[{}], [record], [{ records: [record], id: 1 }], [{ kind: 'List', items: [record] }], [{ events: [record] }], [{ events: [] }], [{ logEvents: [record] }], [{ Records: 'x' }], [{ logs: [record] }]])('is a record itself: %j', (value) => {
    expect(bundledRecords(value)).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.dictionary(fc.constantFrom('Records', 'records', 'logEvents', 'logGroup', 'kind', 'items', 'events', 'eventType', 'data', 'logs'), fc.anything()), (value) => void bundledRecords(value)));
  });
});
