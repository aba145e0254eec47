import type { SigmaItem, SigmaModifier, SigmaValue } from '#formats/sigma.ts';
import type { Anchor, Node } from './anchor.ts';
import { allOf, anyOf, not } from './anchor.ts';
import { contains, parseAddress, parseNetwork } from './cidr.ts';
import { anyGlobTest, fold, globTest, longestLiteral, mapLiterals, plainText } from './glob.ts';
import type { Glob } from './glob.ts';
import { globsOf } from './patterns.ts';
import type { Placeholders } from './patterns.ts';
import type { Field, FieldTable, Scalar } from './record-view.ts';
import { compileRegex, regexInputLimit } from './regex.ts';
import { SigmaError } from './sigma-error.ts';
import { timePartOf, timeParts } from './time-part.ts';

export interface CompileContext {
  readonly fields: FieldTable;
  readonly placeholders: Placeholders;
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
  const field = item.field === undefined ? undefined : context.fields.intern(item.field);
  if (field === undefined && !['text', 're'].includes(kind)) conflict(item, 'they need a field');
  const together = kind === 'text' && field !== undefined && !modifiers.has('all') && item.values.length > 1 && !item.values.includes(null);
  const nodes = together ? [compileTexts(item, modifiers.has('cased'), field, context)] : item.values.map((value) => compileValue(kind, { item, modifiers, field, value, context }));
  const node = modifiers.has('all') ? allOf(nodes) : anyOf(nodes);
  return modifiers.has('neq') ? not(node) : node;
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
  const present: Node = { test: (view) => view.has(field), anchors: [{ kind: 'present', field }] };
  return value ? present : not(present);
}

function compileTextValue({ item, modifiers, field, value, context }: ValueContext): Node {
  if (value === null) return compileNull(item, modifiers, field);
  const globs = globsOf(item, String(value), context.placeholders);
  return anyOf(globs.map((glob) => globNode(glob, modifiers.has('cased'), field)));
}

/** A list of texts in one pass over the field's values. */
function compileTexts(item: SigmaItem, cased: boolean, field: Field, context: CompileContext): Node {
  const globs = item.values.flatMap((value) => globsOf(item, String(value), context.placeholders));
  const { anchors } = anyOf(globs.map((glob) => globNode(glob, cased, field)));
  const test = anyGlobTest(cased ? globs : globs.map((glob) => mapLiterals(glob, fold)));
  return {
    test: (view) => {
      for (const { raw, text, folded } of view.values(field)) if (raw !== null && test(cased ? text : folded)) return true;
      return false;
    },
    anchors,
  };
}

/** `null`: the field is absent, or is null. */
function compileNull(item: SigmaItem, modifiers: ReadonlySet<SigmaModifier>, field: Field | undefined): Node {
  if (field === undefined || textModifiers.some((modifier) => modifiers.has(modifier))) wrongValue(item, 'text');
  return {
    test: (view) => {
      const scalars = view.values(field);
      return scalars.length === 0 || scalars.some((scalar) => scalar.raw === null);
    },
    anchors: undefined,
  };
}

function globNode(glob: Glob, cased: boolean, field: Field | undefined): Node {
  const folded = mapLiterals(glob, fold);
  const test = globTest(cased ? glob : folded);
  const holds = (scalar: Scalar): boolean => scalar.raw !== null && test(cased ? scalar.text : scalar.folded);
  if (field === undefined) return { test: (view) => view.allValues().some(holds), anchors: literalAnchor(longestLiteral(folded), undefined) };
  const exact = plainText(folded);
  const anchors: readonly Anchor[] | undefined = exact === undefined ? literalAnchor(longestLiteral(folded), field) : [{ kind: 'exact', field, text: exact }];
  return {
    test: (view) => {
      for (const scalar of view.values(field)) if (holds(scalar)) return true;
      return false;
    },
    anchors,
  };
}

function literalAnchor(text: string, field: Field | undefined): readonly Anchor[] | undefined {
  if (text.length >= 3) return [{ kind: 'literal', field, text }];
  return field === undefined ? undefined : [{ kind: 'present', field }];
}

function compileRegexValue({ item, modifiers, field, value }: ValueContext): Node {
  if (value === null || typeof value === 'boolean') wrongValue(item, 'a regular expression');
  const regex = compileRegex(String(value), { i: modifiers.has('i'), m: modifiers.has('m'), s: modifiers.has('s') });
  return {
    test: (view) =>
      (field === undefined ? view.allValues() : view.values(field)).some((scalar) => {
        if (scalar.raw === null) return false;
        if (scalar.text.length <= regexInputLimit) return regex.test(scalar.text);
        view.limited = true;
        return regex.test(scalar.text.slice(0, regexInputLimit));
      }),
    anchors: field === undefined ? undefined : [{ kind: 'present', field }],
  };
}

function compileCidr({ item, value }: ValueContext, field: Field): Node {
  const network = typeof value === 'string' ? parseNetwork(value) : undefined;
  if (network === undefined) wrongValue(item, 'a network such as 10.0.0.0/8');
  return {
    test: (view) =>
      view.values(field).some((scalar) => {
        const address = parseAddress(scalar.text.trim());
        return address !== undefined && contains(network, address);
      }),
    anchors: [{ kind: 'present', field }],
  };
}

/** Compares two fields of the same event. */
function compileFieldReference({ item, modifiers, value, context }: ValueContext, field: Field): Node {
  if (typeof value !== 'string' || value === '') wrongValue(item, 'the name of a field');
  const other = context.fields.intern(value);
  const form = modifiers.has('cased') ? 'text' : 'folded';
  const compare = modifiers.has('contains') ? 'includes' : modifiers.has('startswith') ? 'startsWith' : 'endsWith';
  const partial = ['contains', 'startswith', 'endswith'].some((name) => modifiers.has(name as SigmaModifier));
  const holds = (a: Scalar, b: Scalar): boolean =>
    a.raw !== null && b.raw !== null && (partial ? a[form][compare](b[form]) : a[form] === b[form]);
  return {
    test: (view) => view.values(field).some((a) => view.values(other).some((b) => holds(a, b))),
    anchors: [{ kind: 'present', field }],
  };
}

/** Numbers, and parts of dates, compared or equal. */
function compileNumber({ item, modifiers, value }: ValueContext, field: Field): Node {
  const wanted = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof wanted !== 'number' || !Number.isFinite(wanted)) wrongValue(item, 'a number');
  const asked = comparisonNames.filter((name) => modifiers.has(name));
  const parts = timeParts.filter((name) => modifiers.has(name));
  if (asked.length > 1 || parts.length > 1) conflict(item, 'they exclude each other');
  const compare = asked[0] === undefined ? (a: number, b: number) => a === b : comparisons[asked[0]];
  const part = parts[0];
  return {
    test: (view) =>
      view.values(field).some(({ raw }) => {
        if (raw === null || typeof raw === 'boolean' || raw === '') return false;
        const number = part === undefined ? Number(raw) : timePartOf(raw, part);
        return number !== undefined && !Number.isNaN(number) && compare(number, wanted);
      }),
    anchors: [{ kind: 'present', field }],
  };
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
