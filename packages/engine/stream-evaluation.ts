import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mappings } from '#generated/mappings.ts';
import { reliabilityOfSurprises } from '#learn/evaluation/reliability.ts';
import { EvaluationError } from '#model/model-card.ts';
import type { EvaluationResult, ModelFigure } from '#model/model-card.ts';
import type { Observation, StreamUnit, UnscoredSignal } from '#model/stream.ts';
import { EntryTable } from './entry-table.ts';
import { EventStream } from './stream.ts';

/** A detector alone over records, with all that it remembers: what was told, and how odd everything was. */
export interface LoneDetector {
  push(value: unknown): Pushed;
  /** The same with all that it knows, apart from here on. */
  fork(): LoneDetector;
}

export interface Pushed {
  /** Undefined where the detector did not want it. */
  readonly time: number | undefined;
  readonly signals: readonly UnscoredSignal[];
  readonly surprises: readonly number[];
}

export function loneDetector(unit: StreamUnit): LoneDetector {
  return detectorWith(unit, structuredClone(unit.initial), new EntryTable<unknown>(unit.remembers ?? 0), new EventStream({ mappings, rules: [] }));
}

function detectorWith(unit: StreamUnit, initial: unknown, memory: EntryTable<unknown>, mapper: EventStream): LoneDetector {
  let state = initial;
  let sequence = 0;
  return {
    push(value) {
      const observation: Observation | undefined = mapper.push({ source: 'evaluation', sequence: ++sequence, value }).observation;
      if (observation === undefined || !unit.wants(observation)) return { time: undefined, signals: [], surprises: [] };
      const step = unit.step(state, observation, observation.time, memory);
      state = step.state;
      return { time: observation.time, signals: step.signals, surprises: (step.judged ?? []).map(({ surprise }) => surprise) };
    },
    fork() {
      const copy = new EntryTable<unknown>(unit.remembers ?? 0);
      for (const [key, entry] of memory.entries()) copy.set(key, structuredClone(entry));
      return detectorWith(unit, structuredClone(state), copy, mapper);
    },
  };
}

/** A stretch of time in which somebody was at work. */
interface Attack {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export const recordsFile = 'records.jsonl';
export const labelsFile = 'labels.jsonl';

/** Records in the order of time beside stretches of time that people call attacks: what is told in one is a find, what is told outside a false alarm. */
export function evaluateStream(unit: StreamUnit, folder: string): EvaluationResult {
  const attacks = readAttacks(folder);
  const detector = loneDetector(unit);
  const surprises: number[] = [];
  const found = new Set<string>();
  const span = { first: Number.POSITIVE_INFINITY, last: 0, wanted: 0, low: 0, medium: 0 };
  for (const line of lines(folder, recordsFile)) {
    const { time, signals, surprises: odd } = detector.push(parsed(line, recordsFile));
    if (time === undefined) continue;
    span.first = Math.min(span.first, time);
    span.last = Math.max(span.last, time);
    span.wanted += 1;
    const attack = attacks.find(({ from, to }) => time >= from && time <= to);
    const told = signals.filter(({ severity }) => severity !== 'informational');
    if (attack === undefined) surprises.push(...odd);
    else if (told.length > 0) found.add(attack.name);
    if (attack === undefined) span.low += told.filter(({ severity }) => severity === 'low').length;
    if (attack === undefined) span.medium += told.filter(({ severity }) => severity !== 'low').length;
  }
  if (span.wanted === 0) throw new EvaluationError(`no record of ${join(folder, recordsFile)} is one that ${unit.id} looks at`);
  const days = Math.max(1, (span.last - span.first) / 86_400_000);
  const set = 'the folder\'s records';
  const figures: ModelFigure[] = [
    { set, measure: `attacks found, of ${attacks.length}`, value: found.size }, { set, measure: 'false signals a day, low', value: rounded(span.low / days), better: 'lower' }, { set, measure: 'false signals a day, medium or more', value: rounded(span.medium / days), better: 'lower' },
  ];
  return { figures, notes: [`${span.wanted} records in ${Math.round(days)} days.`, `Not found: ${attacks.filter(({ name }) => !found.has(name)).map(({ name }) => name).join('; ') || 'none'}.`], reliability: [reliabilityOfSurprises(`${unit.id}: surprises outside of attacks`, surprises)] };
}

function rounded(value: number): number {
  return Number(value.toFixed(3));
}

function readAttacks(folder: string): Attack[] {
  return lines(folder, labelsFile).map((line) => {
    const label = parsed(line, labelsFile) as { readonly name?: unknown; readonly from?: unknown; readonly to?: unknown };
    const [from, to] = [Date.parse(String(label.from)), Date.parse(String(label.to))];
    if (typeof label.name !== 'string' || Number.isNaN(from) || Number.isNaN(to)) throw new EvaluationError(`a line of ${labelsFile} is not {name, from, to} with ISO times`);
    return { name: label.name, from, to };
  });
}

function lines(folder: string, name: string): string[] {
  if (!existsSync(join(folder, name))) throw new EvaluationError(`${folder} holds no ${name}`);
  return readFileSync(join(folder, name), 'utf8').split('\n').filter((line) => line !== '');
}

/** A line that is no JSON is a record of text. */
function parsed(line: string, name: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (name === recordsFile) return line;
    throw new EvaluationError(`a line of ${name} is no JSON`, { cause: error });
  }
}
