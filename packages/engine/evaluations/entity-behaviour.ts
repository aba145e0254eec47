import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import unit from '#analyze/stream-detectors/entity-behaviour.ts';
import { memberAt, memberText } from '#formats/ocsf-member.ts';
import { mappings } from '#generated/mappings.ts';
import { reliabilityOfSurprises } from '#learn/evaluation/reliability.ts';
import { defineEvaluation, EvaluationError } from '#model/model-card.ts';
import type { ModelFigure } from '#model/model-card.ts';
import { atLeast, severities } from '#model/severity.ts';
import type { Severity } from '#model/severity.ts';
import { EventStream } from '../stream.ts';

const set = 'the folder\'s records';
const day = 86_400_000;
/** The model begins empty: what it says of the first days is not counted. */
const warm = 14;

interface Heard {
  readonly severity: Severity;
  readonly attack: string | undefined;
}

export default defineEvaluation({
  id: 'entity-behaviour',
  model: 'entity-behaviour',
  title: 'Records of some weeks in which attacks are marked: which are found, and how often it is wrong',
  data: 'records.jsonl, in the order of time, one object a line: `record` as its source wrote it (CloudTrail, audit log of GitHub, Okta, ...), and `attack`, the name of the attack that it belongs to, where it does',
  evaluate(folder) {
    const path = join(folder, 'records.jsonl');
    if (!existsSync(path)) throw new EvaluationError(`${folder} holds no records.jsonl`);
    const { heard, attacks, entityDays, surprises } = replay(readFileSync(path, 'utf8').split('\n'));
    if (entityDays === 0) throw new EvaluationError(`${path} holds no record after ${warm} days that says who did something`);
    return {
      figures: [...figuresOf(heard, entityDays), ...foundIn(heard, attacks)],
      notes: [`${entityDays} days of entities after the first ${warm} days, ${attacks.size} attacks. A signal counts for the attack that its event belongs to; every other one is wrong.`],
      reliability: [reliabilityOfSurprises('entity-behaviour: surprises of sittings, those of attacks among them', surprises)],
    };
  },
});

function replay(lines: readonly string[]): { readonly heard: readonly Heard[]; readonly attacks: ReadonlySet<string>; readonly entityDays: number; readonly surprises: readonly number[] } {
  const surprises: number[] = [];
  const stream = new EventStream({ mappings, rules: [], detectors: [listened(surprises)] });
  const heard: Heard[] = [];
  const attacks = new Set<string>();
  const days = new Set<string>();
  let first: number | undefined;
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const { record, attack } = readLine(line, at + 1);
    const { observation, signals } = stream.push({ source: 'records.jsonl', sequence: at + 1, value: record });
    if (observation === undefined) continue;
    first ??= observation.time;
    if (attack !== undefined) attacks.add(attack);
    if (observation.time < first + warm * day) continue;
    const who = memberText(observation.event, 'actor', 'user', 'name');
    if (who !== undefined) days.add(`${Math.floor(observation.time / day)} ${who}`);
    for (const { severity } of signals) heard.push({ severity, attack });
  }
  return { heard, attacks, entityDays: days.size, surprises };
}

/** The detector, with what it judged noted. */
function listened(surprises: number[]): typeof unit {
  return {
    ...unit,
    step(...given) {
      const step = unit.step(...given);
      for (const { surprise } of step.judged ?? []) surprises.push(surprise);
      return step;
    },
  };
}

function readLine(line: string, at: number): { readonly record: unknown; readonly attack: string | undefined } {
  try {
    const value: unknown = JSON.parse(line);
    return { record: memberAt(value, 'record'), attack: memberText(value, 'attack') };
  } catch (cause) {
    throw new EvaluationError(`line ${at} of records.jsonl is no JSON`, { cause });
  }
}

function figuresOf(heard: readonly Heard[], entityDays: number): ModelFigure[] {
  return ([['low', 1], ['medium', 0.1]] as const).map(([severity, goal]) => {
    const wrong = heard.filter((one) => one.attack === undefined && atLeast(severities, one.severity, severity)).length;
    return { set, measure: `wrong signals from ${severity} on, for 200 entities a day`, value: Number(((200 * wrong) / entityDays).toFixed(2)), goal, better: 'lower' };
  });
}

function foundIn(heard: readonly Heard[], attacks: ReadonlySet<string>): ModelFigure[] {
  if (attacks.size === 0) return [];
  return (['low', 'medium'] as const).map((severity) => {
    const found = new Set(heard.flatMap((one) => (one.attack !== undefined && atLeast(severities, one.severity, severity) ? [one.attack] : [])));
    return { set, measure: `attacks found from ${severity} on, %`, value: Number(((100 * found.size) / attacks.size).toFixed(1)) };
  });
}
