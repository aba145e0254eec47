import { defineStreamCases, type CaseObservation } from '#model/stream-cases.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 2, 2, 8);

function call(who: string, operation: string, time: number): CaseObservation {
  return { logsource: { product: 'aws', service: 'cloudtrail' }, time, record: { eventName: operation }, event: { class_uid: 6003, api: { operation }, actor: { user: { uid: who } } } };
}

const work = ['ListBuckets', 'GetObject', 'GetObject', 'PutObject', 'TagResource'];

/** Eight days of six accounts that do the same work, each five times a day. */
function usual(days: number): CaseObservation[] {
  const rounds = Array.from({ length: days * 5 * 6 }, (_, at) => ({ who: `account-${at % 6}`, time: start + Math.floor(at / 30) * day + (at % 30) * 600_000 }));
  return rounds.flatMap(({ who, time }) => work.map((operation, step) => call(who, operation, time + step * 2000)));
}

const later = start + 8 * day;
const steps = (who: string, operations: readonly string[]): CaseObservation[] => operations.map((operation, step) => call(who, operation, later + step * 2000));

export default defineStreamCases({
  fires: [
    { name: 'calls that nobody made before, one after the other', observations: [...usual(8), ...steps('account-2', ['GetCallerIdentity', 'ListUsers', 'CreateUser', 'CreateAccessKey', 'StopLogging'])] },
    { name: 'known calls in an order that is nobody\'s', observations: [...usual(8), ...steps('account-2', ['TagResource', 'ListBuckets', 'TagResource', 'PutObject', 'ListBuckets', 'PutObject', 'PutObject', 'ListBuckets'])] },
  ],
  silent: [
    { name: 'the usual work', observations: [...usual(8), ...steps('account-2', work)] },
    { name: 'new work of an account of which little is known', observations: [...usual(2), ...steps('account-2', ['GetCallerIdentity', 'ListUsers', 'CreateUser', 'CreateAccessKey'])] },
    { name: 'an account that is new', observations: [...usual(8), ...steps('newcomer', ['GetCallerIdentity', 'ListUsers', 'CreateUser'])] },
    { name: 'an event that is no call', observations: [{ logsource: { category: 'process_creation' }, record: {}, event: { class_uid: 1007 } }] },
  ],
});
