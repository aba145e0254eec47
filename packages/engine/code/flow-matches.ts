import type { UnitMatch } from '#analyze/analyzer.ts';
import type { CodeRule } from '#model/code-rule.ts';
import type { Evidence, Fix, FlowStep, Match } from '#model/finding.ts';
import type { CallMatch, CodeSpan, FlowMatch, ProgramResult, ProgramStep, SourceKind } from '#model/program.ts';
import { fileOf } from '#model/page-path.ts';
import type { Region } from '#model/region.ts';
import type { Confidence } from '#model/severity.ts';
import { type CodeLines, identityText, shownLine } from './code-text.ts';
import { textFixOf } from './fixes/text-edits.ts';
import type { PlannedModule, ProgramPlan } from './program-plan.ts';
import { personaByRole } from './roles.ts';

/** Checks that are told of one flow. */
const mostChecks = 4;

/** Where texts come from when places are told. */
export interface CodeTexts {
  /** Undefined when the file is gone since. */
  lines(path: string): CodeLines | undefined;
  /** Places in a file that hold secrets. */
  secrets(path: string): readonly Region[];
}

/** A match in the file of its sink; `paths`: all files that the flow touches. */
export interface PlacedMatch {
  readonly path: string;
  readonly paths: readonly string[];
  readonly match: UnitMatch;
}

/** Steps that are told of one flow; the middle of a longer one is left out. */
const mostSteps = 40;

const origins: Readonly<Record<SourceKind, string>> = {
  request: 'a request',
  argument: 'the command line',
  environment: 'the environment',
  file: 'a file',
  message: 'a message',
  page: 'outside of the page',
  network: 'the network',
  database: 'a database',
  parameter: 'a caller of the package',
};

/** Turns what the analysis says of a program into matches. */
export function matchesOf(result: ProgramResult, plan: ProgramPlan, rules: readonly CodeRule[], texts: CodeTexts): PlacedMatch[] {
  const teller = new Teller(plan, texts, result.statistics.overflows > mergedFrom * result.statistics.values);
  const byClass = new Map(rules.flatMap((rule) => ('flow' in rule ? [[rule.flow.class, rule] as const] : [])));
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return [
    ...result.flows.flatMap((flow) => teller.flow(flow, byClass.get(flow.class)) ?? []),
    ...result.calls.flatMap((call) => teller.call(call, byId.get(call.rule)) ?? []),
  ];
}

class Teller {
  private readonly plan: ProgramPlan;
  private readonly texts: CodeTexts;
  private readonly merged: boolean;

  constructor(plan: ProgramPlan, texts: CodeTexts, merged: boolean) {
    this.merged = merged;
    this.plan = plan;
    this.texts = texts;
  }

  flow(flow: FlowMatch, rule: CodeRule | undefined): PlacedMatch | undefined {
    if (rule === undefined || !('flow' in rule)) return undefined;
    const module = this.module(flow.sink);
    const lines = this.texts.lines(module.path);
    const source = rule.flow.sources.find(({ kind }) => kind === flow.sourceKind);
    // What a package does with its own input is for those who write it.
    if (lines === undefined || source === undefined || this.module(flow.source).role === 'dependency') return undefined;
    const steps = this.steps(flow.steps);
    const sourceLines = this.texts.lines(this.module(flow.source).path);
    const match: Match = {
      region: lines.region(flow.sink.start, flow.sink.end),
      message: `Input from ${origins[flow.sourceKind]} (${flow.sourceLabel}) reaches ${flow.sinkLabel}${placeOf(steps)}.`,
      evidence: [...evidenceOf(flow), ...this.checks(flow), ...this.further(flow)],
      context: `flow\0${identityText(lines, flow.sink.start, flow.sink.end)}\0${sourceLines === undefined ? '' : identityText(sourceLines, flow.source.start, flow.source.end)}`,
      codeFlow: steps,
      ...confidenceOf(flow, rule.confidence, { files: pathsOf(module, steps).length, merged: this.merged }),
    };
    return { path: module.path, paths: pathsOf(module, steps), match: { unit: rule.id, kind: 'rule', persona: personaByRole(source.persona, module.role, flow.sourceKind), match } };
  }

  call(call: CallMatch, rule: CodeRule | undefined): PlacedMatch | undefined {
    const module = this.module(call.at);
    const lines = this.texts.lines(module.path);
    if (rule === undefined || lines === undefined || module.role === 'dependency') return undefined;
    const steps = call.because === undefined ? [] : this.steps([call.because, { ...call.at, message: 'It is used here.' }]);
    const match: Match = {
      region: lines.region(call.at.start, call.at.end),
      message: sentence(rule.title),
      evidence: [],
      context: `call\0${identityText(lines, call.at.start, call.at.end)}`,
      ...(steps.length === 0 ? {} : { codeFlow: steps }),
      ...(module.role === 'test' ? {} : this.fix(call, lines)),
    };
    return { path: module.path, paths: pathsOf(module, steps), match: { unit: rule.id, kind: 'rule', persona: personaByRole(rule.persona, module.role), match } };
  }

  /** What would mend it; `fixes/prove.ts` says whether it does. Tests are left as they are: what they weaken, they mean to. */
  private fix({ changes = [] }: CallMatch, lines: CodeLines): { readonly fix?: Fix } {
    const told = textFixOf(changes, lines.text, this.plan.language);
    if (told === undefined) return {};
    return { fix: { title: told.title, disposition: 'unsafe', verified: false, edits: told.edits.map(({ start, end, text }) => ({ region: lines.region(start, end), text })) } };
  }

  /** Checks that the input passes on its way, and why they don't suffice. */
  private checks({ steps }: FlowMatch): Evidence[] {
    const told = new Set(steps.flatMap(({ check, ...span }) => (check === undefined ? [] : [`checked at ${this.place(span)}: ${check}`])));
    return [...told].slice(0, mostChecks).map((detail) => ({ factor: 'flow.checked', detail }));
  }

  /** What else the same input reaches, which is told here only. */
  private further({ also, sink }: FlowMatch): Evidence[] {
    return also.map((step) => ({ factor: 'flow.also', detail: `also reaches ${step.message} at ${step.module === sink.module ? '' : `${this.module(step).path}, `}${this.place(step)}` }));
  }

  private place(span: CodeSpan): string {
    return `line ${this.texts.lines(this.module(span).path)?.line(span.start) ?? 0}`;
  }

  private module(span: CodeSpan): PlannedModule {
    const module = this.plan.modules[span.module] as PlannedModule;
    return { ...module, path: fileOf(module.path) };
  }

  private steps(steps: readonly ProgramStep[]): FlowStep[] {
    const half = mostSteps / 2;
    const kept = steps.length <= mostSteps ? steps : [...steps.slice(0, half), ...steps.slice(-half)];
    return kept.flatMap((step) => {
      const { path } = this.module(step);
      const lines = this.texts.lines(path);
      if (lines === undefined) return [];
      return [{ location: { path, region: lines.region(step.start, step.end) }, message: step.message, code: shownLine(lines, lines.line(step.start), this.texts.secrets(path)) }];
    });
  }
}

/** Where the input enters, when that is another file. */
function placeOf(steps: readonly FlowStep[]): string {
  const [first, last] = [steps[0]?.location, steps.at(-1)?.location];
  return first === undefined || last === undefined || first.path === last.path ? '' : `; it enters at ${first.path}:${first.region.startLine}`;
}

/** A flow that goes this often through what many functions share, or in and out of this many functions, is more likely two flows that never meet. Within one file the first says little. */
const most = { detours: 4, crossings: 9 };

/** So is one that goes through what functions share so often while it wanders through so many files. */
const wandering = [{ detours: 2, files: 4 }, { detours: 3, files: 3 }] as const;

/** Objects of a program were not told apart when sets were given this often more than they hold, for each value. */
const mergedFrom = 10;

/**
 * What speaks against the rule's own confidence. What a caller of a package passes is only as untrusted as that caller makes it; and where objects
 * could not be told apart, everything in the package seems to be what some caller passed.
 */
function confidenceOf({ detours, crossings, sourceKind, validated }: FlowMatch, own: Confidence, { files, merged }: { readonly files: number; readonly merged: boolean }): { readonly confidence?: Confidence } {
  const isFar = (detours > most.detours && files > 1) || crossings > most.crossings || wandering.some((one) => detours >= one.detours && files >= one.files);
  if (isFar || validated === true || (merged && sourceKind === 'parameter')) return { confidence: 'low' };
  return sourceKind === 'parameter' && own === 'high' ? { confidence: 'medium' } : {};
}

function evidenceOf({ sourceKind }: FlowMatch): Evidence[] {
  return [{ factor: `source.${sourceKind}`, detail: `comes from ${origins[sourceKind]}` }];
}

function pathsOf(module: PlannedModule, steps: readonly FlowStep[]): string[] {
  return [...new Set([module.path, ...steps.map(({ location }) => location.path)])];
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
