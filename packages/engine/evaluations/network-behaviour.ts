import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { streamDetectors } from '#generated/stream-detectors.ts';
import { reliabilityOfSurprises } from '#learn/evaluation/reliability.ts';
import type { Event } from '#model/event.ts';
import { defineEvaluation, EvaluationError } from '#model/model-card.ts';
import type { StreamUnit } from '#model/stream.ts';
import { memberAt, memberText } from '#formats/ocsf-member.ts';
import { EntryTable } from '../entry-table.ts';

const set = 'the folder\'s labels';
const file = 'events.jsonl';
const day = 86_400_000;
const detectors = ['event/dns-carries-data', 'event/beacon', 'event/network-volume'];

interface Labelled {
  readonly event: Event;
  readonly hostile: boolean;
}

export default defineEvaluation({
  id: 'network-behaviour',
  model: 'network-behaviour',
  title: 'Flows, requests and questions to resolvers, some of them labelled as hostile',
  data: `${file}, in the order of time: one OCSF event a line (classes 4001, 4002, 4003, as \`watchward watch --format ocsf-file\` writes them), with a member "hostile": true where it belongs to an attack`,
  evaluate(folder) {
    if (!existsSync(join(folder, file))) throw new EvaluationError(`${folder} holds no ${file}`);
    const lines = readFileSync(join(folder, file), 'utf8').split('\n').filter((line) => line !== '').map(read);
    if (lines.length === 0) throw new EvaluationError(`${join(folder, file)} is empty`);
    const runs = streamDetectors.filter(({ id }) => detectors.includes(id)).map((unit) => run(unit, lines));
    const told = runs.flatMap(({ signals }) => signals);
    const hostile = new Set(lines.filter((line) => line.hostile).map(({ event }) => sourceOf(event)));
    const found = new Set(told.filter((event) => hostile.has(sourceOf(event))).map(sourceOf));
    const days = Math.max(1, ((lines.at(-1)?.event.time ?? 0) - (lines[0]?.event.time ?? 0)) / day);
    const others = told.filter((event) => !hostile.has(sourceOf(event))).length;
    return {
      figures: [
        { set, measure: 'hostile sources told, %', value: Number(((100 * found.size) / Math.max(1, hostile.size)).toFixed(1)) },
        { set, measure: 'signals a day about other sources', value: Number((others / days).toFixed(2)), better: 'lower' },
      ],
      notes: [`${lines.length} events in ${days.toFixed(1)} days, ${hostile.size} hostile sources.`, ...runs.map(({ id, signals }) => `${id}: ${signals.length} signals.`)],
      reliability: [reliabilityOfSurprises('network-behaviour: surprises of the whole stream', runs.flatMap(({ surprises }) => surprises))],
    };
  },
});

function read(line: string, at: number): Labelled {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new EvaluationError(`line ${at + 1} of ${file} is no JSON`, { cause });
  }
  if (typeof memberAt(value, 'class_uid') !== 'number' || typeof memberAt(value, 'time') !== 'number') throw new EvaluationError(`line ${at + 1} of ${file} is no OCSF event: it has no class_uid or no time`);
  return { event: value as Event, hostile: memberAt(value, 'hostile') === true };
}

function sourceOf(event: Event): string {
  return memberText(event, 'src_endpoint', 'ip') ?? memberText(event, 'src_endpoint', 'hostname') ?? memberText(event, 'src_endpoint', 'name') ?? '';
}

function run(unit: StreamUnit, lines: readonly Labelled[]): { readonly id: string; readonly signals: readonly Event[]; readonly surprises: readonly number[] } {
  let state: unknown = structuredClone(unit.initial);
  const memory = new EntryTable<unknown>(unit.remembers ?? 0, []);
  const signals: Event[] = [];
  const surprises: number[] = [];
  for (const { event } of lines) {
    const observation = { event, logsource: {}, time: event.time, record: undefined };
    if (!unit.wants(observation)) continue;
    const step = unit.step(state, observation, event.time, memory);
    state = step.state;
    signals.push(...step.signals.map(() => event));
    surprises.push(...(step.judged ?? []).map(({ surprise }) => surprise));
  }
  return { id: unit.id, signals, surprises };
}
