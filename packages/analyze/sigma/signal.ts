import { memberAt } from '#formats/ocsf-member.ts';
import { deedOf } from '#formats/ocsf-deed.ts';
import type { Event, Signal } from '#model/event.ts';
import type { Confidence } from '#model/severity.ts';
import type { UnscoredSignal } from '#model/stream.ts';
import type { CompiledRule } from './compile.ts';

/** What a rule says about itself decides how far it is believed; specification, "Status". */
const confidenceByStatus: ReadonlyMap<string, Confidence> = new Map([
  ['stable', 'high'], ['experimental', 'low'], ['deprecated', 'low'], ['unsupported', 'low'],
]);

/** What is the same in every signal of a rule. */
const constants = new WeakMap<CompiledRule, Omit<UnscoredSignal, 'message' | 'time' | 'evidence' | 'events'>>();

/** The signals of the rules that an event matched. */
export function signalsOf(rules: readonly CompiledRule[], event: Event): UnscoredSignal[] {
  if (rules.length === 0) return [];
  const deed = deedOf(event);
  const evidence = evidenceOf(event);
  const events = [event];
  return rules.map((compiled) => {
    let same = constants.get(compiled);
    if (same === undefined) constants.set(compiled, (same = constantsOf(compiled)));
    return { ...same, message: `${compiled.rule.title}: ${deed}`, time: event.time, evidence, events };
  });
}

function constantsOf({ id, rule }: CompiledRule): Omit<UnscoredSignal, 'message' | 'time' | 'evidence' | 'events'> {
  return {
    rule: id, title: rule.title, severity: rule.level, confidence: confidenceByStatus.get(rule.status ?? '') ?? 'medium', ...attackOf(rule.tags),
    references: rule.references, falsePositives: rule.falsePositives,
  };
}

/** Techniques and tactics of ATT&CK among the tags. Groups, software, data sources, mitigations and assets are numbered; tactics are words. */
export function attackOf(written: readonly string[]): Pick<Signal, 'techniques' | 'tactics'> {
  const tags = written.map((tag) => tag.toLowerCase()).filter((tag) => tag.startsWith('attack.')).map((tag) => tag.slice(7));
  const isTechnique = (tag: string): boolean => /^t\d{4}(?:\.\d{3})?$/.test(tag);
  return { techniques: tags.filter(isTechnique).map((tag) => tag.toUpperCase()), tactics: tags.filter((tag) => !isTechnique(tag) && !/^[a-z]{1,2}\d+$/.test(tag)) };
}

/** Factors are those of `packages/score/factors.ts`. */
function evidenceOf(event: Event): Signal['evidence'] {
  const evidence: { factor: string; detail: string }[] = [];
  if (event.status_id === 2) evidence.push({ factor: 'event.outcome.failure', detail: 'the attempt failed' });
  if (memberAt(event, 'actor', 'user', 'type_id') === 2) evidence.push({ factor: 'event.privileged', detail: 'done by an administrator' });
  return evidence;
}
