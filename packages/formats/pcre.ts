/** A regular expression for JavaScript: `flags` holds `u` where properties of characters are asked for, `i` where capitals count for nothing from the start. */
export interface JavaScriptPattern {
  readonly source: string;
  readonly flags: '' | 'u' | 'i' | 'iu';
}

interface Group {
  /** Its number when it captures. */
  number: number | undefined;
  /** Closes what was opened inside the group for flags that hold up to its end. */
  opened: string[];
  extended: boolean;
  multiline: boolean;
  dotAll: boolean;
}

/**
 * Translates a PCRE2 expression (pcre.org/current/doc/html/pcre2pattern.html). Throws a `SyntaxError` that names what has no
 * counterpart. `multiline` says whether `^` and `$` stand at line breaks from the start.
 */
export function fromPcre(pattern: string, multiline: boolean): JavaScriptPattern {
  const { text, flags } = withoutCaseless(pattern.replace(/^(?:\(\*(?:UTF8?|UCP)\))+/, ''));
  const translation = new Translation(text, multiline);
  const source = translation.run();
  const all = `${flags}${translation.unicode ? 'u' : ''}` as const;
  new RegExp(source, all);
  return { source, flags: all };
}

/**
 * `(?i)` over the whole becomes the flag. V8 14.6 gets long alternatives in `(?i:...)` wrong: `/(?i:(?:invite|bearer|new|make|create|random)_?token)/`
 * does not match "newToken"; with the flag it does.
 */
export function withoutCaseless(pattern: string): { readonly text: string; readonly flags: '' | 'i' } {
  const flags = /^\(\?([imsx]+)\)/.exec(pattern);
  if (flags === null || flags[1]?.includes('i') !== true) return { text: pattern, flags: '' };
  const others = flags[1].replaceAll('i', '');
  return { text: `${others === '' ? '' : `(?${others})`}${pattern.slice(flags[0].length)}`, flags: 'i' };
}

const start = '(?<![^])';
const end = '(?![^])';
const simple = new Map([
  ['A', start], ['z', end], ['Z', `(?=\\n?${end})`], ['a', '\\x07'], ['e', '\\x1b'], ['h', '[ \\t\\xa0]'], ['H', '[^ \\t\\xa0]'],
  ['R', '(?:\\r\\n|[\\n\\v\\f\\r\\x85])'], ['N', '[^\\n]'], ['v', '[\\n\\v\\f\\r\\x85\\u2028\\u2029]'], ['V', '[^\\n\\v\\f\\r\\x85\\u2028\\u2029]'],
]);
const simpleInClass = new Map([['a', '\\x07'], ['e', '\\x1b'], ['h', ' \\t\\xa0'], ['v', '\\n\\v\\f\\r\\x85\\u2028\\u2029'], ['b', '\\b']]);
const kept = new Set('dDwWsSbBnrtf');
const unsupported = new Map([['G', '\\G'], ['K', '\\K'], ['X', '\\X'], ['C', '\\C']]);
const syntax = new Set('^$\\.*+?()[]{}|/');
const posix = new Map([
  ['alnum', '0-9A-Za-z'], ['alpha', 'A-Za-z'], ['ascii', '\\x00-\\x7F'], ['blank', '\\t '], ['cntrl', '\\x00-\\x1F\\x7F'], ['digit', '0-9'],
  ['graph', '!-~'], ['lower', 'a-z'], ['print', ' -~'], ['punct', '!-\\/:-@\\[-`{-~'], ['space', '\\s'], ['upper', 'A-Z'], ['word', '\\w'], ['xdigit', '0-9A-Fa-f'],
]);

class Translation {
  unicode: boolean;
  private at = 0;
  private captured = 0;
  private readonly out: string[] = [];
  private readonly groups: Group[];
  private readonly text: string;

  constructor(text: string, multiline: boolean) {
    this.text = text;
    this.unicode = /\\[pP][{A-Z]/.test(text);
    this.groups = [{ number: undefined, opened: [], extended: false, multiline, dotAll: false }];
  }

  run(): string {
    while (this.at < this.text.length) this.one();
    if (this.groups.length > 1) throw new SyntaxError('missing closing parenthesis');
    this.out.push(')'.repeat(this.group.opened.length));
    return this.out.join('');
  }

  private get group(): Group {
    return this.groups.at(-1) as Group;
  }

  private one(): void {
    const character = this.text[this.at] as string;
    if (character === '\\') this.escape();
    else if (character === '[') this.characterClass();
    else if (character === '(') this.open();
    else if (character === ')') this.close();
    else if (this.group.extended && /\s/.test(character)) this.at++;
    else if (this.group.extended && character === '#') this.skipTo('\n');
    else this.plain(character);
  }

  private plain(character: string): void {
    this.at++;
    if (character === '|') this.out.push(')'.repeat(this.group.opened.length), '|', ...this.group.opened);
    else if (character === '.') this.out.push(this.group.dotAll ? '[^]' : '[^\\n]');
    else if (character === '^') this.out.push(this.group.multiline ? `(?<![^\\n])` : start);
    else if (character === '$') this.out.push(this.group.multiline ? '(?=\\r?\\n|(?![^]))' : `(?=\\n?${end})`);
    else if ('*+?'.includes(character)) this.quantifier(character);
    else if (character === '{') this.brace();
    else this.out.push(character === '}' || character === ']' ? `\\${character}` : character);
  }

  private quantifier(text: string): void {
    this.out.push(text);
    const after = this.text[this.at];
    if (after === '+') throw new SyntaxError(`the possessive quantifier ${text}+ has no counterpart`);
    if (after !== '?') return;
    this.out.push('?');
    this.at++;
  }

  private brace(): void {
    const bounds = /^\d+(?:,\d*)?\}/.exec(this.text.slice(this.at, this.at + 16));
    if (bounds === null) {
      this.out.push('\\{');
      return;
    }
    this.at += bounds[0].length;
    this.quantifier(`{${bounds[0]}`);
  }

  private skipTo(mark: string): void {
    const found = this.text.indexOf(mark, this.at);
    this.at = found === -1 ? this.text.length : found + mark.length;
  }

  private open(): void {
    const rest = this.text.slice(this.at, this.at + 80);
    if (rest.startsWith('(?#')) return this.skipTo(')');
    if (rest.startsWith('(*')) throw new SyntaxError(`the verb ${rest.slice(0, 12)} has no counterpart`);
    const flags = /^\(\?(\^?[a-zA-Z]*)(?:-([a-zA-Z]+))?([:)])/.exec(rest);
    if (flags !== null && (flags[3] === ')' || flags[1] !== '' || flags[2] !== undefined) && !/^\(\?[RP]/.test(rest)) return this.flags(flags);
    const named = /^\(\?(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/.exec(rest);
    const back = /^\(\?P=(\w+)\)/.exec(rest);
    if (back !== null) {
      this.out.push(`\\k<${back[1]}>`);
      this.at += back[0].length;
    } else if (named !== null) this.enter(named[0].length, `(?<${named[1] ?? named[2]}>`);
    else {
      const form = /^\((?:\?(?::|=|!|<=|<!))?/.exec(rest)?.[0] ?? '(';
      if (form === '(' && rest[1] === '?') throw new SyntaxError(`${rest.slice(0, 4)} has no counterpart`);
      this.enter(form.length, form);
    }
  }

  private enter(length: number, opening: string): void {
    this.at += length;
    this.out.push(opening);
    const captures = opening === '(' || /^\(\?<\w/.test(opening);
    this.groups.push({ ...this.group, number: captures ? ++this.captured : undefined, opened: [] });
  }

  private close(): void {
    if (this.groups.length === 1) throw new SyntaxError('unmatched closing parenthesis');
    this.at++;
    this.out.push(')'.repeat((this.groups.pop() as Group).opened.length), ')');
  }

  private flags([all, on = '', off = '', ending]: RegExpExecArray): void {
    const unknown = /[^imsx]/.exec(on.replace('n', '') + off);
    if (unknown !== null) throw new SyntaxError(`the flag ${unknown[0]} has no counterpart`);
    const { group } = this;
    const held = { extended: group.extended, multiline: group.multiline, dotAll: group.dotAll };
    const set = (flag: string, now: boolean): boolean => (on.includes(flag) ? true : off.includes(flag) ? false : now);
    const next = { extended: set('x', held.extended), multiline: set('m', held.multiline), dotAll: set('s', held.dotAll) };
    // Only case is left to JavaScript's own flags; what the others change is written out.
    const opening = on.includes('i') ? '(?i:' : off.includes('i') ? '(?-i:' : '(?:';
    this.at += all.length;
    this.out.push(opening);
    if (ending === ':') this.groups.push({ ...next, number: undefined, opened: [] });
    else {
      Object.assign(group, next);
      group.opened.push(opening);
    }
  }

  private escape(): void {
    const next = this.text[this.at + 1];
    if (next === undefined) throw new SyntaxError('the expression ends with a backslash');
    if (next === 'Q') return this.quoted();
    const reference = /^\\(?:g\{?(-?\d+|\w+)\}?|k(?:\{(\w+)\}|'(\w+)'|<(\w+)>)|([1-9]\d?))/.exec(this.text.slice(this.at, this.at + 80));
    if (reference !== null) return this.reference(reference);
    const known = simple.get(next);
    if (known !== undefined) {
      this.out.push(known);
      this.at += 2;
    } else this.out.push(this.common(next));
  }

  private reference([all, g, k1, k2, k3, digits]: RegExpExecArray): void {
    const name = g ?? k1 ?? k2 ?? k3 ?? digits ?? '';
    if (name.startsWith('-')) throw new SyntaxError(`the relative reference ${all} has no counterpart`);
    // A group that has not ended has no text yet: with PCRE nothing matches that, in JavaScript anything does.
    const isUnset = /^\d+$/.test(name) && (Number(name) > this.captured || this.groups.some((group) => group.number === Number(name)));
    this.out.push(isUnset ? '(?!)' : /^\d+$/.test(name) ? `(?:\\${name})` : `\\k<${name}>`);
    this.at += all.length;
  }

  private quoted(): void {
    const found = this.text.indexOf('\\E', this.at + 2);
    const stop = found === -1 ? this.text.length : found;
    for (const character of this.text.slice(this.at + 2, stop)) this.out.push(syntax.has(character) ? `\\${character}` : character);
    this.at = found === -1 ? stop : stop + 2;
  }

  /** An escape that means the same inside and outside of a class; moves past it. */
  private common(next: string): string {
    const rest = this.text.slice(this.at, this.at + 80);
    const property = /^\\([pP])(?:\{(\^?)([\w&]+)\}|([A-Z]))/.exec(rest);
    const hex = /^\\x(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{0,2}))/.exec(rest);
    const octal = /^\\(?:o\{([0-7]+)\}|(0[0-7]{0,2}))/.exec(rest);
    const control = /^\\c[A-Za-z]/.exec(rest);
    const taken = property ?? hex ?? octal ?? control;
    if (taken !== null) this.at += taken[0].length;
    if (property !== null) return `\\${(property[1] === 'P') === (property[2] === '^') ? 'p' : 'P'}{${property[3] ?? property[4]}}`;
    if (hex !== null) return this.codePoint(Number.parseInt(hex[1] ?? (hex[2] === '' ? '0' : (hex[2] as string)), 16));
    if (octal !== null) return this.codePoint(Number.parseInt(octal[1] ?? (octal[2] as string), 8));
    if (control !== null) return control[0];
    this.at += 2;
    const bad = unsupported.get(next) ?? (/[A-Za-z]/.test(next) && !kept.has(next) && !simple.has(next) ? `\\${next}` : undefined);
    if (bad !== undefined) throw new SyntaxError(`${bad} has no counterpart`);
    return kept.has(next) || syntax.has(next) || next === '-' && !this.unicode ? `\\${next}` : next;
  }

  private codePoint(code: number): string {
    if (this.unicode) return `\\u{${code.toString(16)}}`;
    return [...String.fromCodePoint(code)].flatMap((character) => Array.from({ length: character.length }, (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`)).join('');
  }

  private characterClass(): void {
    const negated = this.text[this.at + 1] === '^';
    this.at += negated ? 2 : 1;
    this.out.push(negated ? '[^' : '[');
    for (let first = true; ; first = false) {
      const character = this.text[this.at];
      if (character === undefined) throw new SyntaxError('missing closing bracket');
      if (character === ']' && !first) break;
      this.out.push(this.classMember(character));
    }
    this.at++;
    this.out.push(']');
  }

  private classMember(character: string): string {
    const named = /^\[:(\^?)([a-z]+):\]/.exec(this.text.slice(this.at, this.at + 16));
    if (named !== null) {
      const inside = posix.get(named[2] as string);
      if (inside === undefined || named[1] !== '') throw new SyntaxError(`the class ${named[0]} has no counterpart`);
      this.at += named[0].length;
      return inside;
    }
    if (character !== '\\') {
      this.at++;
      return character === '[' || character === ']' ? `\\${character}` : character;
    }
    const next = this.text[this.at + 1] ?? '';
    const known = simpleInClass.get(next);
    if (known === undefined) return next === '-' || next === '^' ? this.literal(next) : this.common(next);
    this.at += 2;
    return known;
  }

  private literal(character: string): string {
    this.at += 2;
    return `\\${character}`;
  }
}
