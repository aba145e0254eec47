import { hash } from 'node:crypto';
import { posix } from 'node:path';
import { buildAutomaton } from '#analyze/automaton.ts';
import { needsOfSide, type Needs } from '#analyze/patterns/needs.ts';
import { pathTraits } from '#normalize/path-traits.ts';
import type { FlowFile, PatternFlowTask } from './pattern-flow-task.ts';
import { isOfLanguage, languageOf } from './pattern-languages.ts';
import { type FlowGroup, importedNames } from './pattern-links.ts';
import type { PatternUnit } from './pattern-units.ts';
import type { Resolve } from './pattern-resolve.ts';

/** Languages whose files call one another, by group. */
export const groups: ReadonlyMap<FlowGroup, readonly string[]> = new Map([['script', ['javascript', 'typescript']], ['python', ['python']], ['java', ['java']]]);

export interface FlowText {
  readonly path: string;
  readonly text: string;
}

/** Words that stand for a rule's sources and sinks: which of them each file has decides whether the rule is followed there. */
export class FlowWords {
  readonly rules: readonly { readonly unit: number; readonly languages: readonly string[]; readonly sources: readonly (readonly number[])[]; readonly sinks: readonly (readonly number[])[] }[];
  private readonly automaton;
  private readonly count: number;

  constructor(units: readonly PatternUnit[], group: FlowGroup) {
    const own = groups.get(group) ?? [];
    const numbers = new Map<string, number>();
    const numbered = (needs: Needs): number[][] => needs.map((words) => words.map((word) => {
      const number = numbers.get(word) ?? numbers.size;
      numbers.set(word, number);
      return number;
    }));
    this.rules = units.flatMap(({ pattern }, unit) => {
      const languages = [...new Set(pattern.languages.map(languageOf))].filter((language) => own.includes(language));
      return pattern.body.mode !== 'taint' || languages.length === 0 ? [] : [{ unit, languages, sources: numbered(needsOfSide(pattern, 'sources')), sinks: numbered(needsOfSide(pattern, 'sinks')) }];
    });
    this.automaton = buildAutomaton([...numbers.keys()]);
    this.count = numbers.size;
  }

  /** For each rule: bit 1 where its sources may be, bit 2 where its sinks may be. */
  sidesIn(bytes: Uint8Array): Uint8Array {
    const present = new Uint8Array(this.count);
    if (this.count > 0) this.automaton.scan(bytes, (literal) => void (present[literal] = 1));
    const has = (needs: readonly (readonly number[])[]): boolean => needs.every((clause) => clause.some((word) => present[word] === 1));
    return Uint8Array.from(this.rules, ({ sources, sinks }) => (has(sources) ? 1 : 0) | (has(sinks) ? 2 : 0));
  }
}

export interface FlowPlan {
  readonly tasks: readonly PatternFlowTask[];
  /** Files of parts of the program that are too large to be followed. */
  readonly tooLarge: readonly { readonly path: string; readonly files: number }[];
}

const largestTask = { bytes: 24 * 1024 * 1024, files: 5_000 };

/** What a group's files import, and who imports them. */
interface Imports {
  readonly to: readonly (readonly number[])[];
  readonly from: readonly (readonly number[])[];
  readonly names: readonly (readonly (readonly [name: string, path: string])[])[];
}

/** Cuts what rules must follow into tasks: files that lie between a source and a sink, by what they import, and that hang together. */
export function planFlows(group: FlowGroup, words: FlowWords, texts: readonly FlowText[], sides: readonly Uint8Array[], resolve: Resolve): FlowPlan {
  const imports = importsOf(group, texts, resolve);
  const about = words.rules.map(({ languages }, rule) => {
    const fits = (at: number): boolean => languages.some((language) => isOfLanguage(language, (texts[at] as FlowText).path, pathTraits((texts[at] as FlowText).path)));
    const holding = (bit: number): number[] => texts.flatMap((_, at) => ((((sides[at] as Uint8Array)[rule] as number) & bit) !== 0 && fits(at) ? [at] : []));
    return between(imports, holding(1), holding(2));
  });
  const due = new Set(about.flatMap((files) => [...files]));
  const tasks: PatternFlowTask[] = [];
  const tooLarge: { path: string; files: number }[] = [];
  for (const files of componentsOf(imports, due)) {
    const size = files.reduce((sum, at) => sum + (texts[at] as FlowText).text.length, 0);
    const path = (texts[files[0] as number] as FlowText).path;
    if (size > largestTask.bytes || files.length > largestTask.files) {
      tooLarge.push({ path, files: files.length });
      continue;
    }
    const place = new Map(files.map((at, own) => [at, own]));
    const rules = words.rules.flatMap(({ unit }, rule) => {
      const own = [...(about[rule] as ReadonlySet<number>)].flatMap((at) => place.get(at) ?? []).sort((a, b) => a - b);
      return own.length < 2 ? [] : [{ unit, about: own }];
    });
    if (rules.length > 0) tasks.push({ id: tasks.length, group, path, size, rules, files: files.map((at) => fileOf(texts[at] as FlowText, imports.names[at] ?? [])) });
  }
  return { tasks, tooLarge };
}

function fileOf({ path, text }: FlowText, imports: FlowFile['imports']): FlowFile {
  const traits = pathTraits(path);
  const language = [...groups.values()].flat().find((one) => isOfLanguage(one, path, traits)) ?? 'javascript';
  return { path, text, language, imports };
}

function importsOf(group: FlowGroup, texts: readonly FlowText[], resolve: Resolve): Imports {
  const numbers = new Map(texts.map(({ path }, at) => [path, at]));
  const from: number[][] = texts.map(() => []);
  const names: (readonly [string, string])[][] = [];
  const below: [number, number][] = [];
  const to = texts.map(({ path, text }, own) => {
    const targets = new Set<number>();
    const mine: (readonly [string, string])[] = [];
    for (const name of importedNames(group, text)) {
      const target = resolve(path, name);
      const at = target === undefined ? undefined : numbers.get(target);
      if (at === undefined || at === own) continue;
      if (group === 'script') mine.push([name, target as string]);
      targets.add(at);
    }
    // Who calls an interface comes to the classes behind it.
    const above = group === 'java' ? superTypes(text) : none;
    for (const at of targets) if (above.has(posix.basename((texts[at] as FlowText).path, '.java'))) below.push([at, own]);
    for (const at of targets) (from[at] as number[]).push(own);
    names.push(mine);
    return [...targets];
  });
  for (const [above, own] of below) {
    (to[above] as number[]).push(own);
    (from[own] as number[]).push(above);
  }
  return { to, from, names };
}

const none: ReadonlySet<string> = new Set();

/** Simple names after `extends` and `implements`. */
function superTypes(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/\b(?:extends|implements)\s+([\w.<>,\s]{1,500})/g)].flatMap(([, list = '']) => list.match(/[A-Z]\w*/g) ?? []));
}

/** Files on a way, along imports, from one that comes to both a source and a sink down to these; empty where all lie in one file. */
function between({ to, from }: Imports, sources: readonly number[], sinks: readonly number[]): ReadonlySet<number> {
  const [toSource, toSink] = [reach(sources, from), reach(sinks, from)];
  const tops = [...toSource].filter((at) => toSink.has(at));
  const files = new Set([...reach(tops, to)].filter((at) => toSource.has(at) || toSink.has(at)));
  return files.size < 2 ? new Set() : files;
}

function reach(start: readonly number[], edges: readonly (readonly number[])[]): Set<number> {
  const seen = new Set(start);
  const open = [...start];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const next of edges[at] ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return seen;
}

function componentsOf({ to, from }: Imports, among: ReadonlySet<number>): number[][] {
  const seen = new Set<number>();
  const components: number[][] = [];
  const near = to.map((own, at) => [...own, ...(from[at] ?? [])].filter((one) => among.has(one)));
  for (const first of [...among].sort((a, b) => a - b)) {
    if (seen.has(first)) continue;
    const files = reach([first], near);
    for (const one of files) seen.add(one);
    components.push([...files].sort((a, b) => a - b));
  }
  return components;
}

/** Everything that a task's outcome depends on besides the program and the rules. */
export function keyOfTask({ group, files, rules }: PatternFlowTask): string {
  return hash('sha256', JSON.stringify([group, rules, files]), 'hex');
}
