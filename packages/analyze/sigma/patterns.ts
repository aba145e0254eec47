import type { SigmaItem, SigmaModifier } from '#formats/sigma.ts';
import { base64, base64Offsets, dashForms, utf16 } from './encodings.ts';
import { mapLiterals, parseGlob, plainText, star } from './glob.ts';
import type { Glob } from './glob.ts';
import { SigmaError } from './sigma-error.ts';

/** Values for `%name%`, which `expand` puts in. Undefined: there are none, and the rule is refused. */
export interface Placeholders {
  get(name: string): readonly string[] | undefined;
}

/** A text on its way through the modifiers. `bytes`: one character per byte, because it has been encoded. */
interface Form {
  readonly glob: Glob;
  readonly bytes: boolean;
}

const maximumForms = 10_000;

/** Applies the text modifiers of an item to one value, in their order. One value may become several. */
export function globsOf(item: SigmaItem, value: string, placeholders: Placeholders): Glob[] {
  const texts = item.modifiers.includes('expand') ? expand(value, placeholders) : [value];
  let forms: Form[] = texts.map((text) => ({ glob: parseGlob(text), bytes: false }));
  for (const modifier of item.modifiers) {
    forms = forms.flatMap((form) => applyModifier(modifier, form));
    if (forms.length > maximumForms) throw new SigmaError('modifier-value', `the modifiers make more than ${maximumForms} values`);
  }
  const placed = item.modifiers.some((modifier) => ['contains', 'startswith', 'endswith', 're'].includes(modifier));
  // A keyword is looked for anywhere in a value.
  return forms.map(({ glob }) => (item.field === undefined && !placed ? surround(glob, true, true) : glob));
}

function applyModifier(modifier: SigmaModifier, form: Form): Form[] {
  switch (modifier) {
    case 'contains': return [{ ...form, glob: surround(form.glob, true, true) }];
    case 'startswith': return [{ ...form, glob: surround(form.glob, false, true) }];
    case 'endswith': return [{ ...form, glob: surround(form.glob, true, false) }];
    case 'windash': return withDashes(form);
    case 'wide': case 'utf16le': return [encoded(form, (text) => utf16(text, 'little'))];
    case 'utf16be': return [encoded(form, (text) => utf16(text, 'big'))];
    case 'utf16': return [encoded(form, (text) => `\xff\xfe${utf16(text, 'little')}`)];
    case 'base64': return [{ glob: [base64(wholeText(form), form.bytes)], bytes: true }];
    case 'base64offset': return base64Offsets(wholeText(form), form.bytes).map((text) => ({ glob: [text], bytes: true }));
    default: return [form];
  }
}

function surround(glob: Glob, before: boolean, after: boolean): Glob {
  const start: Glob = before && glob[0] !== star ? [star] : [];
  const end: Glob = after && glob.at(-1) !== star ? [star] : [];
  return [...start, ...glob, ...end];
}

function encoded(form: Form, encode: (text: string) => string): Form {
  return { glob: mapLiterals(form.glob, encode), bytes: true };
}

function withDashes(form: Form): Form[] {
  let globs: Glob[] = [[]];
  for (const part of form.glob) {
    const choices: Glob = typeof part === 'string' ? dashForms(part) : [part];
    globs = globs.flatMap((glob) => choices.map((choice): Glob => [...glob, choice]));
    if (globs.length > maximumForms) throw new SigmaError('modifier-value', `\`windash\` makes more than ${maximumForms} values`);
  }
  return globs.map((glob) => ({ ...form, glob }));
}

function wholeText(form: Form): string {
  const text = plainText(form.glob);
  if (text === undefined) throw new SigmaError('modifier-conflict', 'a value with wildcards cannot be encoded with Base64');
  return text;
}

/** Puts in placeholders; `\%` stands for the sign itself. Specification, "Placeholders". */
function expand(value: string, placeholders: Placeholders): string[] {
  const found = /(?<!\\)%([A-Za-z0-9_.-]+)%/.exec(value);
  if (found === null) return [value.replaceAll('\\%', '%')];
  const name = found[1] ?? '';
  const replacements = placeholders.get(name);
  if (replacements === undefined) {
    throw new SigmaError('unresolved-placeholder', `the placeholder %${name}% has no values here, and the specification says to refuse the rule`);
  }
  const before = value.slice(0, found.index).replaceAll('\\%', '%');
  const rests = expand(value.slice(found.index + found[0].length), placeholders);
  return replacements.flatMap((replacement) => rests.map((rest) => before + replacement + rest));
}
