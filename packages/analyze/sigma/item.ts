import type { SigmaItem, SigmaModifier, SigmaValue } from '#formats/sigma.ts';
import { stateAtom, textAtom } from './atom.ts';
import { contains, parseAddress, parseNetwork } from '#formats/address.ts';
import { anyGlobTest, fold, mapLiterals } from './glob.ts';
import { allOf, anyOf, atomNode, not } from './node.ts';
import type { Node } from './node.ts';
import { globsOf } from './patterns.ts';
import type { Placeholders } from './patterns.ts';
import type { Field, FieldTable, RecordView, Scalar } from './record-view.ts';
import { compileRegex, regexInputLimit } from './regex.ts';
import { necessaryGlobs } from './regex-literals.ts';
import { SigmaError } from './sigma-error.ts';
import { timePartOf, timeParts } from './time-part.ts';

export interface CompileContext {
  readonly fields: FieldTable;
  readonly placeholders: Placeholders;
  /** What the user's records call a field of the rules. */
  readonly names?: ReadonlyMap<string, string>;
}

const comparisons = {
  lt: (a: number, b: number) => a < b,
  lte: (a: number, b: number) => a <= b,
  gt: (a: number, b: number) => a > b,
  gte: (a: number, b: number) => a >= b,
} as const;

const comparisonNames = ['lt', 'lte', 'gt', 'gte'] as const;
const textModifiers: readonly SigmaModifier[] = [
  'contains', 'startswith', 'endswith', 'windash', 'base64', 'base64offset', 'utf16le', 'utf16be', 'utf16', 'wide', 'expand',
];

/** What an item's modifiers make of it; at most one kind may be asked for. */
const kinds = {
  re: ['re', 'i', 'm', 's'], cidr: ['cidr'], exists: ['exists'], fieldref: ['fieldref', 'startswith', 'endswith', 'contains', 'cased'],
  time: [...timeParts, ...comparisonNames], text: [...textModifiers, 'cased'],
} as const satisfies { readonly [kind: string]: readonly SigmaModifier[] };

/** Compiles one `field|modifiers: values`. Throws `SigmaError`. */
export function compileItem(item: SigmaItem, context: CompileContext): Node {
  const modifiers = new Set(item.modifiers);
  const kind = kindOf(modifiers);
  const unfit = item.modifiers.find((modifier) => ![...kinds[kind], 'all', 'neq'].includes(modifier));
  if (unfit !== undefined) conflict(item, `"${unfit}" has no meaning beside the others`);
  const field = item.field === undefined ? undefined : fieldOf(item.field, context);
  if (field === undefined && !['text', 're'].includes(kind)) conflict(item, 'they need a field');
  const together = kind === 'text' && !modifiers.has('all') && !item.values.includes(null);
  const nodes = together ? [compileTexts(item, item.values, field, context)] : item.values.map((value) => compileValue(kind, { item, modifiers, field, value, context }));
  const node = modifiers.has('all') ? allOf(nodes) : anyOf(nodes);
  return modifiers.has('neq') ? not(node) : node;
}

/** Data of Windows events lie at the top of a record, whatever form they came in; tools for `.evtx` name them with their place in it. */
const evtxData = /^Event\.EventData\./;

function fieldOf(name: string, { fields, names }: CompileContext): Field {
  return fields.intern(names?.get(name) ?? name.replace(evtxData, ''));
}

function kindOf(modifiers: ReadonlySet<SigmaModifier>): keyof typeof kinds {
  for (const kind of ['re', 'cidr', 'exists', 'fieldref'] as const) if (modifiers.has(kind)) return kind;
  return kinds.time.some((modifier) => modifiers.has(modifier)) ? 'time' : 'text';
}

interface ValueContext {
  readonly item: SigmaItem;
  readonly modifiers: ReadonlySet<SigmaModifier>;
  readonly field: Field | undefined;
  readonly value: SigmaValue;
  readonly context: CompileContext;
}

function compileValue(kind: keyof typeof kinds, at: ValueContext): Node {
  if (kind === 're') return compileRegexValue(at);
  if (kind === 'text') return compileTextValue(at);
  const field = at.field ?? conflict(at.item, 'they need a field');
  if (kind === 'exists') return compileExists(at, field);
  if (kind === 'cidr') return compileCidr(at, field);
  return kind === 'fieldref' ? compileFieldReference(at, field) : compileNumber(at, field);
}

function compileExists({ item, value }: ValueContext, field: Field): Node {
  if (typeof value !== 'boolean') wrongValue(item, 'true or false');
  const present = atomNode(stateAtom('present', field), (view) => view.has(field));
  return value ? present : not(present);
}

function compileTextValue({ item, modifiers, field, value, context }: ValueContext): Node {
  return value === null ? compileNull(item, modifiers, field) : compileTexts(item, [value], field, context);
}

/** Any of a list of texts: one atom, and one pass over the field's values. */
function compileTexts(item: SigmaItem, values: readonly SigmaValue[], field: Field | undefined, context: CompileContext): Node {
  const cased = item.modifiers.includes('cased');
  const written = values.flatMap((value) => globsOf(item, String(value), context.placeholders));
  const globs = cased ? written : written.map((glob) => mapLiterals(glob, fold));
  const fits = anyGlobTest(globs);
  return atomNode(textAtom(field, globs, cased), (view) => {
    for (const { raw, text, folded } of field === undefined ? view.allValues() : view.values(field)) if (raw !== null && fits(cased ? text : folded)) return true;
    return false;
  });
}

/** `null`: the field is absent, or is null. */
function compileNull(item: SigmaItem, modifiers: ReadonlySet<SigmaModifier>, field: Field | undefined): Node {
  if (field === undefined || textModifiers.some((modifier) => modifiers.has(modifier))) wrongValue(item, 'text');
  const filled = atomNode(stateAtom('filled', field), (view) => view.values(field).length > 0);
  const isNull = atomNode(stateAtom('null', field), (view) => view.values(field).some((scalar) => scalar.raw === null));
  return anyOf([not(filled), isNull]);
}

/** A question that only the record itself answers. It can hold only where the field is. */
function testNode({ item, field, value, context }: ValueContext, test: (view: RecordView) => boolean): Node {
  const key = JSON.stringify([field?.name ?? null, item.modifiers, typeof value, value, typeof value === 'string' ? context.names?.get(value) : null]);
  return { test, expression: { kind: 'atom', atom: { kind: 'test', key, test } }, anchors: field === undefined ? undefined : [stateAtom('present', field)] };
}

function compileRegexValue(at: ValueContext): Node {
  const { item, modifiers, field, value } = at;
  if (value === null || typeof value === 'boolean') wrongValue(item, 'a regular expression');
  const regex = compileRegex(String(value), { i: modifiers.has('i'), m: modifiers.has('m'), s: modifiers.has('s') });
  const asked = testNode(at, (view) =>
    (field === undefined ? view.allValues() : view.values(field)).some((scalar) => {
      if (scalar.raw === null) return false;
      if (scalar.text.length <= regexInputLimit) return regex.test(scalar.text);
      view.limited = true;
      return regex.test(scalar.text.slice(0, regexInputLimit));
    }));
  const globs = necessaryGlobs(regex.source);
  if (globs === undefined) return asked;
  const necessary = textAtom(field, globs, false);
  return { test: asked.test, expression: { kind: 'and', of: [{ kind: 'atom', atom: necessary }, asked.expression] }, anchors: [necessary] };
}

function compileCidr(at: ValueContext, field: Field): Node {
  const { item, value } = at;
  const network = typeof value === 'string' ? parseNetwork(value) : undefined;
  if (network === undefined) wrongValue(item, 'a network such as 10.0.0.0/8');
  return testNode(at, (view) =>
    view.values(field).some((scalar) => {
      const address = parseAddress(scalar.text.trim());
      return address !== undefined && contains(network, address);
    }));
}

/** Compares two fields of the same event. */
function compileFieldReference(at: ValueContext, field: Field): Node {
  const { item, modifiers, value, context } = at;
  if (typeof value !== 'string' || value === '') wrongValue(item, 'the name of a field');
  const other = fieldOf(value, context);
  const form = modifiers.has('cased') ? 'text' : 'folded';
  const compare = modifiers.has('contains') ? 'includes' : modifiers.has('startswith') ? 'startsWith' : 'endsWith';
  const partial = ['contains', 'startswith', 'endswith'].some((name) => modifiers.has(name as SigmaModifier));
  const holds = (a: Scalar, b: Scalar): boolean =>
    a.raw !== null && b.raw !== null && (partial ? a[form][compare](b[form]) : a[form] === b[form]);
  return testNode(at, (view) => view.values(field).some((a) => view.values(other).some((b) => holds(a, b))));
}

/** Numbers, and parts of dates, compared or equal. */
function compileNumber(at: ValueContext, field: Field): Node {
  const { item, modifiers, value } = at;
  const wanted = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof wanted !== 'number' || !Number.isFinite(wanted)) wrongValue(item, 'a number');
  const asked = comparisonNames.filter((name) => modifiers.has(name));
  const parts = timeParts.filter((name) => modifiers.has(name));
  if (asked.length > 1 || parts.length > 1) conflict(item, 'they exclude each other');
  const compare = asked[0] === undefined ? (a: number, b: number) => a === b : comparisons[asked[0]];
  const part = parts[0];
  return testNode(at, (view) =>
    view.values(field).some(({ raw }) => {
      if (raw === null || typeof raw === 'boolean' || raw === '') return false;
      const number = part === undefined ? Number(raw) : timePartOf(raw, part);
      return number !== undefined && !Number.isNaN(number) && compare(number, wanted);
    }));
}

function conflict(item: SigmaItem, why: string): never {
  throw new SigmaError('modifier-conflict', `the modifiers of ${nameOf(item)} do not go together: ${why}`);
}

function wrongValue(item: SigmaItem, wanted: string): never {
  throw new SigmaError('modifier-value', `${nameOf(item)} must have ${wanted} as its value`);
}

export function nameOf(item: SigmaItem): string {
  return `"${[item.field ?? '', ...item.modifiers].join('|')}"`;
}
