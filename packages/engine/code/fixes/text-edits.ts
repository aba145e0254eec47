import type { FactChange } from '#model/code-fix.ts';
import type { Language } from '#model/ir.ts';
import type { ApiStep, ConstantValue } from '#model/library.ts';
import type { ProgramChange } from '#model/program.ts';
import { type CallText, callText, type ListText, listText, type Span } from './call-text.ts';
import { appended, imported, statementBefore, type TextEdit } from './insertions.ts';
import { isLiteral, leadingLiteral, written } from './literals.ts';

/** What is done to a text, and in a few words. */
export interface TextFix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

type Told = TextFix | undefined;
type ValueChange = Extract<FactChange, { readonly kind: 'value' }>;

/** The changes as edits of the text; undefined where one of them cannot be made without a doubt. */
export function textFixOf(changes: readonly ProgramChange[], text: string, language: Language): Told {
  const fixes = changes.map((change) => new Change(change, text, language).fix());
  if (!fixes.every((one) => one !== undefined)) return undefined;
  const edits = new Map(fixes.flatMap((one) => one.edits.map((edit) => [`${edit.start}:${edit.end}:${edit.text}`, edit] as const)));
  const titles = [...new Set(fixes.flatMap(({ title }) => (title === '' ? [] : [title])))];
  return edits.size === 0 || titles.length === 0 ? undefined : { title: titles.join('; '), edits: [...edits.values()].sort((a, b) => a.start - b.start) };
}

/** The text with edits made, which are in its order. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  return edits.reduceRight((result, edit) => result.slice(0, edit.start) + edit.text + result.slice(edit.end), text);
}

const dotted = /^(new\s+)?((?:[\w$]+\s*\.\s*)*)([A-Za-z_$][\w$]*)\s*$/;

class Change {
  private readonly at: ProgramChange;
  private readonly text: string;
  private readonly language: Language;

  constructor(at: ProgramChange, text: string, language: Language) {
    this.at = at;
    this.text = text;
    this.language = language;
  }

  fix(): Told {
    const { change, stored } = this.at;
    switch (change.kind) {
      case 'value': return stored || change.place.base === 'assigned' ? this.storedValue(change.to) : this.argumentValue(change);
      case 'without': return this.without(change);
      case 'name': return this.named(change);
      case 'before': return this.before(change.statement);
      case 'import': return this.imported(change.name);
    }
  }

  /** `key: value` in a literal, or `object.key = value`. */
  private storedValue(to: ConstantValue): Told {
    const member = this.storedMember();
    if (member !== undefined) return this.replaced(member.value, to, member.name);
    const place = this.assigned();
    const old = place === undefined ? undefined : leadingLiteral(this.text.slice(place.start, place.start + 200));
    if (place === undefined || old === undefined) return undefined;
    const span = { start: place.start, end: place.start + old.length };
    return this.endsStatement(span.end) ? this.replaced(span, to, place.name) : undefined;
  }

  /** Where what is assigned begins, and what it is assigned to. */
  private assigned(): { readonly start: number; readonly name: string } | undefined {
    const { start } = this.at;
    const head = /^([\w$.]+)(?:\[(["'])([\w$.-]+)\2\])?\s*=(?!=)\s*/.exec(this.text.slice(start, start + 300));
    return head === null ? undefined : { start: start + head[0].length, name: head[3] ?? head[1] ?? '' };
  }

  private endsStatement(at: number): boolean {
    return /^[ \t]*(?:[;#\r\n]|\/[/*]|$)/.test(this.text.slice(at));
  }

  private argumentValue({ place, to }: ValueChange): Told {
    const call = callText(this.text, this.at, this.language);
    if (call === undefined) return undefined;
    const found = this.argument(call, place);
    if (found === 'unknown') return undefined;
    const name = place.base === 'keyword' ? place.name : '';
    if (found === undefined) return this.added(call.list, place, to);
    return place.steps.length === 0 ? this.replaced(found, to, name) : this.member(found, place.steps, to);
  }

  /** The argument at a place; undefined: none is passed there. */
  private argument({ list }: CallText, place: ValueChange['place']): Span | undefined | 'unknown' {
    const spreads = list.parts.findIndex(({ start }) => /^(?:\*|\.\.\.)/.test(this.text.slice(start, start + 3)));
    if (place.base === 'keyword') {
      const name = new RegExp(`^${place.name}\\s*=(?!=)\\s*`);
      for (const part of list.parts) {
        const head = name.exec(this.text.slice(part.start, part.end));
        if (head !== null) return { start: part.start + head[0].length, end: part.end };
      }
      return spreads >= 0 ? 'unknown' : undefined;
    }
    if (place.base !== 'argument' || (spreads >= 0 && spreads <= place.at)) return 'unknown';
    const part = list.parts[place.at];
    if (this.language === 'python' && list.parts.slice(0, place.at + 1).some(({ start, end }) => /^(?:lambda\b|\w+\s*=(?!=))/.test(this.text.slice(start, end)))) return 'unknown';
    return part;
  }

  /** A member that an object written in the call lacks. */
  private member(holder: Span, steps: readonly ApiStep[], to: ConstantValue): Told {
    const [step, ...rest] = steps;
    if (step?.kind !== 'member' || step.names.length !== 1 || this.text[holder.start] !== '{') return undefined;
    const list = listText(this.text, holder.start, this.language);
    if (list === undefined || list.close !== holder.end - 1 || list.parts.some(({ start }) => /^(?:\*\*|\.\.\.)/.test(this.text.slice(start, start + 3)))) return undefined;
    const [name = ''] = step.names;
    const key = new RegExp(`^(["']?)${name}\\1\\s*:\\s*`);
    for (const part of list.parts) {
      const head = key.exec(this.text.slice(part.start, part.end));
      if (head !== null) return rest.length === 0 ? undefined : this.member({ start: part.start + head[0].length, end: part.end }, rest, to);
    }
    if (rest.length > 0) return undefined;
    const quote = list.parts[0] === undefined ? undefined : /^["']/.exec(this.text.slice(list.parts[0].start))?.[0];
    const quoted = quote ?? (this.language === 'python' ? "'" : '');
    return this.appended(list, `${quoted}${name}${quoted}: ${written(to, this.language, quote ?? '')}`);
  }

  private added(list: ListText, place: ValueChange['place'], to: ConstantValue): Told {
    if (place.base === 'keyword') return place.steps.length > 0 || this.passedBefore(place.name) ? undefined : this.appended(list, `${place.name}=${written(to, this.language, '')}`);
    const [step, more] = place.steps;
    if (place.base !== 'argument' || list.parts.length !== place.at || more !== undefined) return undefined;
    if (step === undefined) return this.appended(list, written(to, this.language, ''));
    return step.kind === 'member' && this.language === 'javascript' ? this.appended(list, `{ ${step.names[0] ?? ''}: ${written(to, this.language, '')} }`) : undefined;
  }

  /** The same call passes it a few lines above: where it is left out, that is meant (a version that has no such argument). */
  private passedBefore(keyword: string): boolean {
    const { start, end } = this.at;
    const callee = /^[\w.\s]+\(/.exec(this.text.slice(start, end))?.[0];
    return callee !== undefined && this.text.slice(Math.max(0, start - 400), start).split(callee).slice(1).some((call) => new RegExp(`^[^)]*\\b${keyword}\\s*=`).test(call));
  }

  private appended(list: ListText, addition: string): Told {
    const edits = appended(this.text, list, addition, this.language);
    return edits.length === 0 ? undefined : { title: `Add \`${addition}\``, edits };
  }

  private replaced({ start, end }: Span, to: ConstantValue, name: string): Told {
    const old = this.text.slice(start, end);
    if (!isLiteral(old)) return undefined;
    const text = written(to, this.language, old);
    return { title: `Set ${name === '' ? 'it' : `\`${name}\``} to \`${text}\``, edits: [{ start, end, text }] };
  }

  private named(change: Extract<FactChange, { readonly kind: 'name' }>): Told {
    const whole = { start: this.at.start, end: this.at.end };
    const call = callText(this.text, whole, this.language);
    if (change.place?.base === 'assigned') return this.assignedName(change.names);
    if (change.place === undefined) return this.renamed({ start: whole.start, end: call?.list.open ?? whole.end }, change.names);
    const found = call === undefined ? undefined : this.argument(call, change.place);
    return found === undefined || found === 'unknown' ? undefined : this.renamed(found, change.names);
  }

  private assignedName(names: readonly (readonly [string, string])[]): Told {
    const place = this.assigned();
    const old = place === undefined ? null : /^[\w$]+(?:\.[\w$]+)+/.exec(this.text.slice(place.start, place.start + 200));
    if (place === undefined || old === null) return undefined;
    const end = place.start + old[0].length;
    return this.endsStatement(end) ? this.renamed({ start: place.start, end }, names) : undefined;
  }

  /** The last of dotted names; a name by itself may be anything, but for a class that is made. */
  private renamed({ start, end }: Span, names: readonly (readonly [string, string])[]): Told {
    const [whole = '', made, path = '', old = ''] = dotted.exec(this.text.slice(start, end)) ?? [];
    const to = names.find(([from]) => from === '*' || from === old)?.[1].replace('*', old);
    if (to === undefined || to === old || (made === undefined && !this.isImported(path))) return undefined;
    const at = start + whole.trimEnd().length - old.length;
    return { title: `Use \`${to}\` in place of \`${old}\``, edits: [{ start: at, end: at + old.length, text: to }] };
  }

  /** One element less in a list of literals, with the comma and the space that part it from the others. */
  private without({ place, text: unwanted }: Extract<FactChange, { readonly kind: 'without' }>): Told {
    const call = this.at.stored ? undefined : callText(this.text, this.at, this.language);
    const found = this.at.stored ? this.storedMember()?.value : call === undefined ? undefined : this.argument(call, place);
    const list = found === undefined || found === 'unknown' || this.text[found.start] !== '[' ? undefined : listText(this.text, found.start, this.language);
    if (list === undefined || !list.parts.every(({ start, end }) => isLiteral(this.text.slice(start, end)))) return undefined;
    const at = list.parts.findIndex(({ start, end }) => this.text.slice(start + 1, end - 1).toLowerCase() === unwanted);
    const [part, next, last] = [list.parts[at], list.parts[at + 1], list.parts[at - 1]];
    if (part === undefined || (next === undefined && last === undefined)) return undefined;
    const gone = next === undefined ? { start: last?.end ?? part.start, end: part.end } : { start: part.start, end: next.start };
    return { title: `Take \`${unwanted}\` out`, edits: [{ ...gone, text: '' }] };
  }

  /** A member of a literal: its name, and what stands behind that. */
  private storedMember(): { readonly name: string; readonly value: Span } | undefined {
    const { start, end } = this.at;
    const key = /^(?:(["'])([\w$-]+)\1|([\w$]+))\s*:\s*/.exec(this.text.slice(start, end));
    return key === null ? undefined : { name: key[2] ?? key[3] ?? '', value: { start: start + key[0].length, end } };
  }

  /** Python: the first of dotted names is what an import gives, and nothing else. */
  private isImported(path: string): boolean {
    const name = /^[\w$]+/.exec(path)?.[0];
    if (name === undefined || this.language !== 'python') return name !== undefined;
    const given = new RegExp(`^[ \\t]*(?:import[ \\t]+(?:[^#\\n]*[ \\t,])?|from[ \\t]+[\\w.]+[ \\t]+import[ \\t(]+(?:[^#\\n]*[ \\t,])?)${name}(?![\\w])`, 'm');
    return given.test(this.text) && !new RegExp(`(?<![\\w.])${name}\\s*=(?!=)`).test(this.text);
  }

  private before(statement: string): Told {
    const call = callText(this.text, this.at, this.language);
    if (call === undefined) return undefined;
    const [first] = call.list.parts;
    const words = new Map([['$0', first === undefined ? '' : this.text.slice(first.start, first.end)], ['$this', /^([\w$]+)\s*\.\s*[\w$]+\s*$/.exec(call.callee)?.[1] ?? '']]);
    let plain = true;
    const filled = statement.replace(/\$(?:0|this)/g, (word) => {
      const name = words.get(word) ?? '';
      plain &&= /^[A-Za-z_$][\w$]*$/.test(name) && new RegExp(`\\b${name.replaceAll('$', '\\$')}\\s*=(?!=)`).test(this.text);
      return name;
    });
    const edit = plain ? statementBefore(this.text, this.at.start, filled) : undefined;
    return edit === undefined ? undefined : { title: `Add \`${filled}\``, edits: [edit] };
  }

  /** A class of a longer name needs no import; the name itself is changed by its own change. */
  private imported(name: string): Told {
    const made = /^new\s+([\w$]+)\s*(?:<[^>]*>\s*)?\(/.exec(this.text.slice(this.at.start, this.at.end));
    if (made === null) return undefined;
    const edits = imported(this.text, name, made[1] ?? '');
    return edits === undefined ? undefined : { title: '', edits };
  }
}
