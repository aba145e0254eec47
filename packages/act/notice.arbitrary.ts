/** Random notices whose texts try to break out of every syntax; for tests only. */
import fc from 'fast-check';
import { buildEvent, ocsfClasses } from '#formats/ocsf.ts';
import { entityKinds, incidentStates, stages } from '#model/incident.ts';
import type { Entity, Incident, IncidentStep } from '#model/incident.ts';
import type { Risk } from '#model/risk.ts';
import { confidences, severities } from '#model/severity.ts';
import type { Notice } from '#model/sink.ts';
import { hostileText } from './report.arbitrary.ts';

/** Beside those that reports are tried with: chat mentions, markup of trackers, headers, frames. */
export const noticeAttacks = [
  '<!everyone>', '<!channel|x>', '<@U0123456789>', '<https://evil.example|click here>', '@everyone', '@here', '<at>all</at>', '[click](https://evil.example)',
  '*bold* _it_ ~no~ `code` ```block```', '{noformat}{html}<b>', '[~admin]', '!https://evil.example/x.png!', 'h1. big', '\r\nBcc: evil@example.com\r\n\r\nbody',
  '\r\n.\r\nMAIL FROM:<evil@example.com>', '"]\\', '" forged="1"] [other@1 x="y"', '12 <0>1 - - - - - - forged', '=HYPERLINK("https://evil.example")', '\n{"create":{}}\n', '${x}',
] as const;

const text = fc.oneof(
  { weight: 6, arbitrary: hostileText },
  { weight: 4, arbitrary: fc.constantFrom(...noticeAttacks) },
  { weight: 1, arbitrary: fc.constantFrom('x'.repeat(100_000), '\u202e'.repeat(5_000), '"\\'.repeat(40_000), '🙂'.repeat(30_000), '') },
);
const time = fc.oneof(fc.integer({ min: 1_600_000_000_000, max: 1_900_000_000_000 }), fc.constantFrom(0, -1, 8.64e15, 1e300, 1_700_000_000_000.5));
const risk: fc.Arbitrary<Risk> = fc.record({
  score: fc.integer({ min: 0, max: 1_000 }).map((value) => value / 10), likelihood: fc.constant(0.5), impact: fc.constantFrom(0, 0.5, 1),
  factors: fc.array(fc.record({ name: text, on: fc.constantFrom('likelihood', 'impact'), weight: fc.constantFrom(-2, 0, 0.75, 3), detail: text }), { maxLength: 4 }),
});
const entity: fc.Arbitrary<Entity> = fc.record({ kind: fc.constantFrom(...entityKinds), name: text });
const someStages = fc.uniqueArray(fc.constantFrom(...stages), { maxLength: 6 });
const step: fc.Arbitrary<IncidentStep> = fc.record({
  rule: text, title: text, severity: fc.constantFrom(...severities), message: text, first: time, last: time, count: fc.integer({ min: 1, max: 1e6 }), stages: someStages,
  techniques: fc.array(text, { maxLength: 2 }), entities: fc.array(entity, { maxLength: 3 }), joinedBy: text,
});
/** Now and then many. */
const many = <T>(one: fc.Arbitrary<T>, most: number): fc.Arbitrary<T[]> => fc.oneof({ weight: 5, arbitrary: fc.array(one, { maxLength: 3 }) }, { weight: 1, arbitrary: fc.array(one, { minLength: most, maxLength: most }) });

export const anyIncident: fc.Arbitrary<Incident> = fc.record({
  id: fc.oneof(text.map((id) => id || 'x'), fc.constant('inc-1')), title: text, story: text, state: fc.constantFrom(...incidentStates), severity: fc.constantFrom(...severities),
  confidence: fc.constantFrom(...confidences), risk, first: time, last: time, stages: someStages, techniques: many(text, 60),
  entities: many(entity.map((one) => ({ ...one, signals: 1 })), 60), steps: many(step, 60), signals: fc.nat(), omitted: fc.constantFrom(0, 7), findings: fc.array(text, { maxLength: 2 }),
});

const event = fc.record({ time, name: text, uid: text }).map(({ name, time: when, uid }) => buildEvent({
  class: ocsfClasses.apiActivity, activity: 1, severity: 'low', time: when, metadata: { product: { name, vendor_name: name }, uid },
  attributes: { actor: { user: { name } }, api: { operation: name }, http_request: { user_agent: name, url: { path: name } }, resources: [{ name }], unmapped: { name } },
}));

export const anyNotice: fc.Arbitrary<Notice> = fc.oneof(
  fc.record({ kind: fc.constant('incident'), key: text.map((key) => key || 'k'), revision: fc.integer({ min: 1, max: 9 }), incident: anyIncident }),
  fc.record({
    kind: fc.constant('signal'), key: text.map((key) => key || 'k'),
    signal: fc.record({
      rule: text, title: text, severity: fc.constantFrom(...severities), confidence: fc.constantFrom(...confidences), message: text, time, techniques: many(text, 40),
      tactics: many(text, 40), evidence: fc.constant([]), events: fc.array(event, { maxLength: 3 }), references: fc.array(text, { maxLength: 2 }),
      falsePositives: fc.array(text, { maxLength: 3 }), risk,
    }),
  }),
);
