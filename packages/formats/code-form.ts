import type { CodeForm, LanguageInputs } from '#model/code-rule.ts';
import { type Decoder, listOf, ShapeError, text } from './closed-shape.ts';
import { expression, Mistakes } from './code-conditions.ts';
import { entriesOf, readMapping } from './yaml.ts';

const matching = ['pattern', 'patterns', 'pattern-either', 'pattern-regex'];
const besides = ['languages', 'message', 'fix', 'fix-regex', 'options'];
const flowing = ['sources', 'sinks', 'sanitizers', 'checks', 'propagators'];

const names = listOf(text(20, /^[a-z#+]+$/), 20);
const parts = (value: unknown, at: string): readonly unknown[] => listOf((part) => part, 100)(value, at);

/** A form as written; what it matches is read where patterns are known (`analyze/patterns`). One with `sinks` follows data within functions. */
export const codeForm: Decoder<CodeForm> = (value, at) => {
  const members = entriesOf(value);
  if (members === undefined) throw new ShapeError(at, 'must be a mapping');
  const flows = members.has('sinks');
  const known = flows ? [...besides, ...flowing] : [...besides, ...matching, 'sinks'];
  for (const key of members.keys()) if (!known.includes(key)) throw new ShapeError(`${at}.${key}`, `is not known; known: ${known.join(', ')}`);
  if (!flows && matching.filter((key) => members.has(key)).length !== 1) throw new ShapeError(at, `must have one of ${[...matching, 'sinks'].join(', ')}`);
  const languages = names(members.get('languages'), `${at}.languages`);
  const rest = [...members].filter(([key]) => key !== 'languages');
  if (!flows) return { languages, rule: Object.fromEntries(rest) };
  const list = (key: string): readonly unknown[] => (members.has(key) ? parts(members.get(key), `${at}.${key}`) : []);
  return {
    languages,
    rule: {
      ...Object.fromEntries(rest.filter(([key]) => !flowing.includes(key))),
      mode: 'taint',
      'pattern-sources': list('sources').map(patternOf),
      'pattern-sinks': list('sinks').map(patternOf),
      'pattern-sanitizers': [...list('sanitizers').map(patternOf), ...list('checks').map(checkOf)],
      'pattern-propagators': list('propagators'),
    },
  };
};

/** A text is a pattern; where `$SINK` or `$SOURCE` is in it, that is the place that is meant. */
function patternOf(part: unknown): unknown {
  if (typeof part !== 'string') return part;
  const place = /\$(?:SINK|SOURCE)\b/.exec(part)?.[0];
  return place === undefined ? { pattern: part } : { patterns: [{ pattern: part }, { 'focus-metavariable': place }] };
}

/** What was checked holds nothing dangerous from there on, whichever way the check goes. */
function checkOf(part: unknown): unknown {
  const formulas = typeof part === 'string' ? [{ pattern: part }] : [part];
  return { patterns: [...formulas, { 'focus-metavariable': '$CHECKED' }], 'by-side-effect': true };
}

const keys = ['languages', 'sources', 'sanitizers', 'checks', 'propagators', 'carriers'];

/** Reads `content/inputs/<language>.yaml`. */
export function parseLanguageInputs(yaml: string): { readonly inputs: LanguageInputs } | { readonly errors: readonly string[] } {
  const mapping = readMapping(yaml, 'what comes into programs of a language');
  if ('errors' in mapping) return mapping;
  const top = mapping.entries;
  const read = new Mistakes();
  for (const key of top.keys()) if (!keys.includes(key)) read.errors.push(`unknown key \`${key}\`; known: ${keys.join(', ')}`);
  const list = (key: string): readonly unknown[] => (top.has(key) ? (read.take(parts, top.get(key), key) ?? []) : []);
  const inputs = {
    languages: read.take(names, top.get('languages'), 'languages') ?? [],
    sources: list('sources').map(patternOf),
    sanitizers: [...list('sanitizers').map(patternOf), ...list('checks').map(checkOf)],
    propagators: list('propagators'),
    carriers: read.take(expression, top.get('carriers'), 'carriers') ?? '',
  };
  return read.errors.length > 0 ? { errors: read.errors } : { inputs };
}

/** A form that follows data, with what its language adds. Throws where it names no sources and none are known of its language. */
export function withInputs(form: CodeForm, known: readonly LanguageInputs[]): CodeForm {
  if (form.rule.mode !== 'taint') return form;
  const own = form.rule['pattern-sources'] as readonly unknown[];
  const inputs = known.find(({ languages }) => form.languages.every((language) => languages.includes(language)));
  if (inputs === undefined) throw new Error(`content/inputs has no file for ${form.languages.join(', ')}, which a form with \`sinks\` needs`);
  return {
    languages: form.languages,
    rule: {
      ...form.rule,
      'pattern-sources': own.length > 0 ? own : inputs.sources,
      'pattern-sanitizers': [...(form.rule['pattern-sanitizers'] as readonly unknown[]), ...inputs.sanitizers],
      'pattern-propagators': [...(form.rule['pattern-propagators'] as readonly unknown[]), ...inputs.propagators],
      options: { taint_assume_safe_functions: true, taint_assume_safe_comparisons: true, taint_assume_safe_indexes: true, taint_carriers: inputs.carriers, ...entriesAsObject(form.rule.options) },
    },
  };
}

function entriesAsObject(value: unknown): object {
  return Object.fromEntries(entriesOf(value) ?? []);
}
