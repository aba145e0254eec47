import { defineStreamCases, type CaseObservation } from '#model/stream-cases.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 2, 2);

function line(message: string, time: number, host = 'web-1'): CaseObservation {
  return { logsource: { product: 'linux', service: 'syslog' }, time, record: { message, host, process: 'backupd' }, event: { class_uid: 0, message } };
}

/** Six days of a program that says five things, each at its own pace; `size`: megabytes of a backup. */
const usual: readonly CaseObservation[] = Array.from({ length: 600 }, (_, at) => {
  const time = start + Math.floor((at / 600) * 6 * day);
  const texts = [`backup of volume vol-${100 + (at % 7)} took ${20 + (at % 30)} s`, 'scheduler is awake', `copied ${300 + (at % 90)} MB to store-${11 + (at % 3)}`, 'nothing to prune', `lease ${4000 + at} renewed`];
  return line(texts[at % texts.length] ?? '', time);
});
const later = start + 6 * day + 60_000;

export default defineStreamCases({
  fires: [
    { name: 'a line of a kind that was never written', observations: [...usual, line('refused to restore: signature of manifest is invalid', later)] },
    { name: 'a number far beyond its range', observations: [...usual, line('copied 9000000 MB to store-12', later)] },
    { name: 'a kind of line far more often than before', observations: [...usual, ...Array.from({ length: 300 }, (_, at) => line('nothing to prune', later + at * 500))] },
    { name: 'what comes at once is told once', observations: [...usual, ...['restore begins without a ticket', 'policy could not be read', 'encryption is off for this run'].map((text, at) => line(text, later + at * 1000))] },
  ],
  silent: [
    { name: 'more of the same', observations: [...usual, line('scheduler is awake', later), line('lease 4601 renewed', later + 1000)] },
    { name: 'a new line while little is known', observations: [...usual.slice(0, 150), line('refused to restore: signature of manifest is invalid', start + day)] },
    { name: 'a number that grows slowly', observations: [...usual, ...Array.from({ length: 40 }, (_, at) => line(`lease ${Math.round(4600 * 1.05 ** at)} renewed`, later + at * 3_600_000))] },
    { name: 'a name that is new where names change', observations: [...usual.flatMap((one, at) => [one, line(`user ${['anna', 'bert', 'carl', 'dora', 'emil', 'frida', 'gustav', 'hanna'][at % 8] ?? ''} asks for a copy`, (one.time ?? 0) + 1)]), line('user ivan asks for a copy', later)] },
    { name: 'an event that is no text', observations: [{ logsource: { product: 'aws', service: 'cloudtrail' }, record: { eventName: 'x' }, event: { class_uid: 6003 } }] },
  ],
});
