import { diagnosticCodes } from '#model/diagnostic.ts';
import { at, type ChaosCase, type Json, replaced, type Stage } from './stage.ts';

/** Statements that are well signed and say what must not count. */
type Path = readonly (string | number)[];

const coverage: Path = ['predicate', 'coverage'];
const findings: Path = ['predicate', 'findings'];
const listed = { rule: 'secrets/x', severity: 'low', risk: 1, path: 'a', fingerprint: 'a'.repeat(64), state: 'new' };

const degraded: ChaosCase[] = Object.entries(diagnosticCodes)
  .filter(([, { degraded: leavesGap }]) => leavesGap)
  .map(([code]) => ({
    name: `degraded: ${code}`,
    act: (stage) => stage.sign(replaced(replaced(stage.statement(), [...coverage, 'degraded'], true), [...coverage, 'diagnostics'], [{ code, count: 1 }])),
  }));

const hiddenDegradation: ChaosCase[] = ['file-unreadable', 'worker-died', 'run-interrupted', 'rule-failed'].map((code) => ({
  name: `not degraded, it says, with ${code}`,
  act: (stage) => stage.signWith([...coverage, 'diagnostics'], [{ code, count: 3 }]),
}));

const minutes = (count: number) => (stage: Stage): void => shift(stage, count * 60_000);

/** Moves the times of the statement. */
function shift(stage: Stage, by: number): void {
  const moved = (name: string): Json => new Date(Date.now() + by - (name === 'startedAt' ? 1000 : 0)).toISOString();
  stage.sign(['startedAt', 'finishedAt'].reduce((data, name) => replaced(data, ['predicate', name], moved(name)), stage.statement()));
}

const times: ChaosCase[] = [
  { name: 'an hour and a minute old', act: minutes(-61) },
  { name: 'a day old', act: minutes(-1440) },
  { name: 'ten years old', act: minutes(-5_256_000) },
  { name: 'six minutes ahead', act: minutes(6) },
  { name: 'a year ahead', act: minutes(525_600) },
  { name: 'begun long ago, finished now', act: (stage) => stage.signWith(['predicate', 'startedAt'], new Date(Date.now() - 7_200_000).toISOString()) },
  { name: 'finished before it began', act: (stage) => stage.signWith(['predicate', 'finishedAt'], new Date(Date.now() - 1_800_000).toISOString()) },
  { name: 'the clock of the gate went back a day', act: ({ asked }) => void (asked.now = Date.now() - 86_400_000) },
  { name: 'the clock of the gate went on a day', act: ({ asked }) => void (asked.now = Date.now() + 86_400_000) },
  { name: 'the clock of the gate is no number', act: ({ asked }) => void (asked.now = NaN) },
  { name: 'the age that is allowed is no number', act: ({ asked }) => void (asked.maxAgeMinutes = NaN) },
  { name: 'the age that is allowed is negative', act: ({ asked }) => void (asked.maxAgeMinutes = -1) },
  ...['tomorrow', '', '2026-13-01T00:00:00.000Z', '2026-11-23', '2026-11-23T10:00:00+01:00'].map((time) => ({
    name: `begins at "${time}"`, act: (stage: Stage) => stage.signWith(['predicate', 'startedAt'], time),
  })),
];

const identities: ChaosCase[] = [
  { name: 'another tool digest', act: (stage) => stage.signWith(['predicate', 'tool', 'digest'], 'f'.repeat(64)) },
  { name: 'no tool digest', act: (stage) => stage.signWith(['predicate', 'tool', 'digest'], undefined) },
  { name: 'empty tool digest', act: (stage) => stage.signWith(['predicate', 'tool', 'digest'], '') },
  { name: 'another tool', act: (stage) => stage.signWith(['predicate', 'tool', 'name'], 'trustme') },
  { name: 'old content', act: (stage) => stage.sign(replaced(replaced(stage.statement(), ['predicate', 'tool', 'content'], 'e'.repeat(64)), ['predicate', 'tool', 'contentDate'], '2020-01-01')) },
  { name: 'other content than the oldest that counts', act: (stage) => { stage.signWith(['predicate', 'tool', 'content'], 'e'.repeat(64)); stage.asked.contentSince = '2999-01-01'; } },
  { name: 'another tree hash', act: (stage) => stage.signWith(['subject', 0, 'digest', 'watchwardTree'], 'd'.repeat(64)) },
  { name: 'no subject', act: (stage) => stage.signWith(['subject'], []) },
  { name: 'two subjects', act: (stage) => stage.signWith(['subject'], [at(stage.statement(), ['subject', 0]), at(stage.statement(), ['subject', 0])]) },
  { name: 'a commit outside git', act: (stage) => stage.signWith(['predicate', 'commit'], '1'.repeat(40)) },
  { name: 'no commit in git', git: true, act: (stage) => stage.signWith(['predicate', 'commit'], undefined) },
  { name: 'no nonce where one was asked for', act: ({ asked }) => void (asked.nonce = 'n-1') },
  { name: 'another nonce', act: (stage) => { stage.asked.nonce = 'n-1'; stage.signWith(['predicate', 'nonce'], 'n-2'); } },
];

const shapes: ChaosCase[] = [
  { name: 'unknown predicate version', act: (stage) => stage.signWith(['predicateType'], 'urn:watchward:attestation:scan:v2') },
  { name: 'unknown predicate', act: (stage) => stage.signWith(['predicateType'], 'https://slsa.dev/provenance/v1') },
  { name: 'a bypass record in place of a scan', act: (stage) => stage.signWith(['predicateType'], 'urn:watchward:attestation:bypass:v1') },
  { name: 'unknown statement version', act: (stage) => stage.signWith(['_type'], 'https://in-toto.io/Statement/v2') },
  ...['{}', '[]', 'null', '', '"pass"', '{"verdict":"pass"}'].map((text) => ({ name: `the signed payload is ${text === '' ? 'empty' : text}`, act: (stage: Stage) => stage.sign(text) })),
  { name: 'the signed payload is invalid UTF-8', act: (stage) => stage.sign(Buffer.concat([Buffer.from(JSON.stringify(stage.statement())), Buffer.from([0xff])])) },
  { name: 'the signed payload has a lone surrogate', act: (stage) => stage.sign(JSON.stringify(stage.statement()).replace('"tree"', '"\\ud800"')) },
  { name: 'the signed payload is deep', act: (stage) => stage.sign('['.repeat(300_000)) },
  { name: 'a member given twice', act: (stage) => stage.sign(JSON.stringify(stage.statement()).replace('"degraded":false', '"degraded":true,"degraded":false')) },
  { name: 'a member with a prototype', act: (stage) => stage.sign(JSON.stringify(stage.statement()).replace('"predicate":{', '"predicate":{"__proto__":{"degraded":false},')) },
  { name: 'coverage with a prototype', act: (stage) => stage.sign(JSON.stringify(stage.statement()).replace('"coverage":{', '"coverage":{"__proto__":{},')) },
  { name: 'an unknown member', act: (stage) => stage.signWith(['predicate', 'approved'], true) },
  { name: 'spaces in the payload', act: (stage) => stage.sign(JSON.stringify(stage.statement(), undefined, 1)) },
  ...['tool', 'startedAt', 'finishedAt', 'scope', 'threshold', 'coverage', 'findings', 'report'].flatMap((member) => [
    { name: `without ${member}`, act: (stage: Stage) => stage.signWith(['predicate', member], undefined) },
    { name: `with ${member} null`, act: (stage: Stage) => stage.signWith(['predicate', member], null) },
  ]),
  { name: 'an unknown diagnostic', act: (stage) => stage.signWith([...coverage, 'diagnostics'], [{ code: 'all-is-well', count: 1 }]) },
  { name: 'a number too large', act: (stage) => stage.sign(JSON.stringify(stage.statement()).replace(/"filesSeen":\d+/, '"filesSeen":1e400')) },
  { name: 'a number that is NaN', act: (stage) => stage.sign(JSON.stringify(stage.statement()).replace(/"filesSeen":\d+/, '"filesSeen":NaN')) },
  ...[-1, 0.5, '6', true, null, 2 ** 60].map((value) => ({ name: `files seen ${JSON.stringify(value)}`, act: (stage: Stage) => stage.signWith([...coverage, 'filesSeen'], value) })),
  { name: 'minus zero critical findings', act: (stage) => stage.sign(JSON.stringify(stage.statement()).replace('"critical":0', '"critical":-0')) },
  { name: 'a negative number of critical findings', act: (stage) => stage.signWith([...findings, 'new', 'critical'], -1) },
];

const counts: ChaosCase[] = [
  { name: 'nothing seen', act: (stage) => stage.signWith([...coverage, 'filesSeen'], 0) },
  { name: 'no rules', act: (stage) => stage.signWith([...coverage, 'rulesLoaded'], 0) },
  { name: 'fewer files seen than there are', act: (stage) => stage.signWith([...coverage, 'filesSeen'], 5) },
  { name: 'more files analysed than seen', act: (stage) => stage.signWith([...coverage, 'filesAnalysed'], 7) },
  { name: 'a finding counted and not listed', act: (stage) => stage.signWith([...findings, 'new', 'low'], 1) },
  { name: 'a finding listed and not counted', act: (stage) => stage.signWith([...findings, 'open'], [listed]) },
  { name: 'a finding counted under another severity', act: (stage) => stage.sign(replaced(replaced(stage.statement(), [...findings, 'open'], [{ ...listed, severity: 'critical', risk: 99 }]), [...findings, 'new', 'low'], 1)) },
  { name: 'a finding called old without a baseline', act: (stage) => stage.sign(replaced(replaced(stage.statement(), [...findings, 'open'], [{ ...listed, state: 'existing' }]), [...findings, 'existing', 'low'], 1)) },
  { name: 'findings left out of the list', act: (stage) => stage.sign(replaced(replaced(stage.statement(), [...findings, 'omitted'], 1), [...findings, 'new', 'low'], 1)) },
  { name: 'a diagnostic counted twice', act: (stage) => stage.signWith([...coverage, 'diagnostics'], [{ code: 'file-binary', count: 1 }, { code: 'file-binary', count: 1 }]) },
  { name: 'a risk above 100', act: (stage) => stage.sign(replaced(replaced(stage.statement(), [...findings, 'open'], [{ ...listed, risk: 101 }]), [...findings, 'new', 'low'], 1)) },
];

export const statementCases: readonly ChaosCase[] = [...degraded, ...hiddenDegradation, ...times, ...identities, ...shapes, ...counts];
