import type { CallFact, CodeRule, FlowRule } from '#model/code-rule.ts';
import type { Language } from '#model/ir.ts';
import type { SourceKind } from '#model/program.ts';
import type { RuleHead } from '#model/rule.ts';
import { confidences, personas, severities, type Persona } from '#model/severity.ts';
import { choice, listOf, record, ShapeError, text, whole, type Decoder } from './closed-shape.ts';
import { factFix } from './code-fix.ts';
import { codeForm } from './code-form.ts';
import { conditionsByPlace, expression, Mistakes, oneOrMore, path, valueTest } from './code-conditions.ts';
import { languages, sourceKinds } from './library.ts';
import { entriesOf, readMapping } from './yaml.ts';

export type CodeRuleResult = { readonly rule: CodeRule } | { readonly errors: readonly string[] };

const keys = ['title', 'severity', 'confidence', 'persona', 'cwe', 'consequence', 'remediation', 'references', 'flow', 'calls', 'forms'];

/**
 * Who sees flows from each kind of source, where the rule does not say otherwise: whoever sets arguments or the environment often owns the
 * program, and what a server that the program itself chose answers is, like a database, first to be got hold of by somebody.
 */
const usual: readonly (readonly [SourceKind, Persona])[] = [
  ['request', 'regular'], ['message', 'regular'], ['page', 'regular'],
  ['network', 'pedantic'], ['argument', 'pedantic'], ['file', 'pedantic'], ['database', 'pedantic'], ['environment', 'auditor'],
];

/** Reads one rule about code. Every mistake is named; a rule with a mistake is never used in part. */
export function parseCodeRule(id: string, yaml: string): CodeRuleResult {
  const mapping = readMapping(yaml, 'a rule');
  if ('errors' in mapping) return mapping;
  const top = mapping.entries;
  const read = new Mistakes();
  for (const key of top.keys()) if (!keys.includes(key)) read.errors.push(`unknown key \`${key}\`; known: ${keys.join(', ')}`);
  const head = headOf(id, top, read);
  if (top.has('flow') && top.has('calls')) return { errors: [...read.errors, '`flow` and `calls` are two rules'] };
  if (!top.has('flow') && !top.has('calls') && !top.has('forms')) return { errors: [...read.errors, 'a rule has `flow` or `calls`, or `forms`, which may stand beside either'] };
  const forms = top.has('forms') ? read.each(codeForm, top.get('forms'), 'forms', 100) : [];
  if (top.has('flow')) {
    const flow = read.take(flowRule(id, head.persona), top.get('flow'), 'flow');
    return flow === undefined || read.errors.length > 0 ? { errors: read.errors } : { rule: { ...head, flow, forms } };
  }
  const calls = top.has('calls') ? read.each(callFacts, top.get('calls'), 'calls', 300).flat() : [];
  if (calls.length + forms.length === 0 && read.errors.length === 0) read.errors.push('`calls` and `forms` must hold at least one fact or form');
  return read.errors.length > 0 ? { errors: read.errors } : { rule: { ...head, calls, forms } };
}

function headOf(id: string, top: Map<string, unknown>, read: Mistakes): RuleHead {
  const sentence = text(600, /\S/);
  const get = <T>(key: string, decode: Decoder<T>, otherwise: T): T => read.take(decode, top.get(key), key) ?? otherwise;
  return {
    id,
    surface: 'code',
    title: get('title', text(120, /\S/), ''),
    severity: get('severity', choice(severities), 'low'),
    confidence: get('confidence', choice(confidences), 'low'),
    persona: top.has('persona') ? get('persona', choice(personas), 'regular') : 'regular',
    cwe: get('cwe', listOf(whole(1, 10_000), 10), []),
    consequence: get('consequence', sentence, '').trim(),
    remediation: get('remediation', sentence, '').trim(),
    references: get('references', listOf(text(300, /^https:\/\/\S+$/), 20), []),
  };
}

function flowRule(id: string, persona: Persona): Decoder<FlowRule> {
  const who = choice([...personas, 'never'] as const);
  const kinds = record({}, Object.fromEntries(sourceKinds.map((kind) => [kind, who])));
  const decode = record({ class: text(60) }, { sources: kinds, library: who });
  return (value, at) => {
    const flow = decode(value, at);
    if (`code/${flow.class}` !== id) throw new ShapeError(`${at}.class`, `must be "${id.slice(id.indexOf('/') + 1)}", the name of the rule`);
    const given = new Map<string, Persona | 'never' | undefined>(Object.entries(flow.sources ?? {}));
    const all: readonly (readonly [SourceKind, Persona | 'never'])[] = [...usual, ['parameter', flow.library ?? 'never']];
    return {
      class: flow.class,
      sources: all.flatMap(([kind, otherwise]) => {
        const seen = given.get(kind) ?? otherwise;
        return seen === 'never' ? [] : [{ kind, persona: personas[Math.max(personas.indexOf(seen), personas.indexOf(persona))] as Persona }];
      }),
    };
  };
}

const callFacts: Decoder<readonly CallFact[]> = (value, at) => {
  const language = choice(languages)(entriesOf(value)?.get('language'), `${at}.language`);
  const fact = factOf(language)(value, at);
  const kinds = (['call', 'read', 'assign', 'compare'] as const).filter((kind) => fact[kind] !== undefined);
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) throw new ShapeError(at, 'must have one of `call`, `read`, `assign` and `compare`, a path');
  if (fact.arguments !== undefined && kind !== 'call') throw new ShapeError(at, '`arguments` belong to `call`');
  if (fact.fix !== undefined && kind === 'compare') throw new ShapeError(at, '`fix` does not go with `compare`');
  if (fact.value !== undefined && kind !== 'assign' && kind !== 'compare') throw new ShapeError(at, '`value` belongs to `assign` and `compare`');
  const rest = {
    language,
    kind,
    when: fact.arguments ?? [],
    ...(fact.value === undefined ? {} : { value: fact.value }),
    ...(fact.named === undefined ? {} : { named: fact.named }),
    ...(fact.fix === undefined ? {} : { fix: fact.fix }),
  };
  return (fact[kind] ?? []).map((one) => ({ ...rest, path: one }));
};

function factOf(language: Language) {
  const one = oneOrMore(path(language), 60);
  return record({ language: choice(languages) }, { call: one, read: one, assign: one, compare: one, arguments: conditionsByPlace(language), value: valueTest(language), named: expression, fix: factFix });
}
