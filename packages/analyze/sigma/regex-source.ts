import { SigmaError } from './sigma-error.ts';

/** A PCRE pattern as a JavaScript one. */
export interface TranslatedRegex {
  readonly source: string;
  readonly flags: string;
  /** No look-around and no back-reference: V8's linear engine can run it. */
  readonly linear: boolean;
  /** A repeated group repeats something itself, as in `(a+)+`. */
  readonly nested: boolean;
}

const posixClasses: ReadonlyMap<string, string> = new Map([
  ['alpha', 'a-zA-Z'], ['digit', '0-9'], ['alnum', 'a-zA-Z0-9'], ['upper', 'A-Z'], ['lower', 'a-z'], ['space', '\\s'],
  ['punct', '!-\\/:-@\\[-`{-~'], ['xdigit', '0-9A-Fa-f'], ['word', '\\w'], ['blank', ' \\t'],
]);

/** Escapes that mean the same in both languages. */
const sharedEscapes = 'dDwWsSbBnrtfv0xu';

/** Escapes of PCRE by what they are in JavaScript. */
const translatedEscapes: ReadonlyMap<string, string> = new Map([['A', '^'], ['z', '$'], ['Z', '$'], ['e', '\\x1b'], ['a', '\\x07']]);

/**
 * Translates the PCRE flavour of Sigma into JavaScript. What would mean something else there is refused by name. Without
 * regard to case means that letters become classes here: V8's linear engine does not know the flag `i`.
 */
export function translateRegex(pattern: string, modifiers: { readonly i: boolean; readonly m: boolean; readonly s: boolean }): TranslatedRegex {
  const inline = /^\(\?([ims]+)\)/.exec(pattern);
  const has = (flag: 'i' | 'm' | 's'): boolean => modifiers[flag] || (inline?.[1]?.includes(flag) ?? false);
  const scanner = new Scanner(pattern, inline?.[0].length ?? 0, has('i'), has('m'));
  const source = scanner.translate();
  return { source, flags: (has('m') ? 'm' : '') + (has('s') ? 's' : ''), linear: scanner.linear, nested: scanner.nested };
}

class Scanner {
  linear = true;
  nested = false;
  private at: number;
  private readonly pattern: string;
  private readonly ignoreCase: boolean;
  private readonly multiline: boolean;
  /** For each open group, whether something in it repeats without end. */
  private readonly repeats: boolean[] = [false];

  constructor(pattern: string, at: number, ignoreCase: boolean, multiline: boolean) {
    this.pattern = pattern;
    this.at = at;
    this.ignoreCase = ignoreCase;
    this.multiline = multiline;
  }

  translate(): string {
    let out = '';
    while (this.at < this.pattern.length) {
      const character = this.pattern.charAt(this.at);
      if (character === '\\') out += this.escape(false);
      else if (character === '[') out += this.characterClass();
      else if (character === '(') out += this.open();
      else if (character === ')') out += this.close();
      else {
        this.at++;
        out += this.ignoreCase ? foldLetter(character) : character;
      }
      out += this.quantifier(character === ')');
    }
    return out;
  }

  private open(): string {
    const prefix = /^\((?:\?(?:#[^)]*\)|P?<(?![=!])[A-Za-z_]\w*>|<[=!]|[:=!]))?/.exec(this.rest())?.[0] ?? '(';
    if (this.rest().startsWith('(?') && prefix === '(') this.refuse(`group "${this.rest().slice(0, 4)}"`);
    this.at += prefix.length;
    if (prefix.startsWith('(?#')) return '';
    if (/[=!]$/.test(prefix)) this.linear = false;
    this.repeats.push(false);
    return prefix.replace('?P<', '?<');
  }

  private close(): string {
    this.at++;
    return ')';
  }

  /** Reads a quantifier, if one stands here, and keeps account of repetition inside repetition. */
  private quantifier(afterGroup: boolean): string {
    const inner = afterGroup && this.repeats.length > 1 ? (this.repeats.pop() ?? false) : false;
    const found = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(this.rest())?.[0] ?? '';
    const endless = /^[*+]|,\}$/.test(found);
    this.at += found.length;
    if (found !== '' && this.rest().startsWith('+')) this.refuse('possessive quantifier');
    if (endless && inner) this.nested = true;
    if (endless || inner) this.repeats[this.repeats.length - 1] = true;
    if (found === '' || !this.rest().startsWith('?')) return found;
    this.at++;
    return `${found}?`;
  }

  private escape(inClass: boolean): string {
    const character = this.pattern.charAt(this.at + 1);
    this.at += 2;
    if (character === '') this.refuse('a backslash at the end');
    if (/[1-9]/.test(character) && !inClass) this.linear = false;
    if (!/[A-Za-z]/.test(character)) return `\\${character}`;
    if (character === 'h') return inClass ? ' \\t' : '[ \\t]';
    if (character === 'x' && this.rest().startsWith('{')) this.refuse('escape "\\x{"');
    if (sharedEscapes.includes(character)) return `\\${character}`;
    const translated = translatedEscapes.get(character);
    if (translated === undefined || (this.multiline && 'AzZ'.includes(character))) this.refuse(`escape "\\${character}"`);
    return translated ?? '';
  }

  private characterClass(): string {
    const negated = this.pattern.charAt(this.at + 1) === '^';
    const start = this.at;
    this.at += negated ? 2 : 1;
    let body = '';
    for (let first = true; this.at < this.pattern.length; first = false) {
      const character = this.pattern.charAt(this.at);
      if (character === ']' && !first) {
        this.at++;
        return `[${negated ? '^' : ''}${body}${this.ignoreCase ? otherCases(body) : ''}]`;
      }
      if (character === '\\') body += this.escape(true);
      else if (this.rest().startsWith('[:')) body += this.posixClass();
      else {
        this.at++;
        // JavaScript ends a class at a leading bracket, PCRE does not.
        body += character === ']' ? '\\]' : character;
      }
    }
    throw new SigmaError('regex-invalid', `the class that begins at character ${start + 1} is not closed`);
  }

  private posixClass(): string {
    const found = /^\[:([a-z]+):\]/.exec(this.rest());
    const body = posixClasses.get(found?.[1] ?? '');
    if (found === null || body === undefined) this.refuse('POSIX class');
    this.at += found?.[0].length ?? 0;
    return body ?? '';
  }

  private rest(): string {
    return this.pattern.slice(this.at, this.at + 80);
  }

  private refuse(what: string): never {
    throw new SigmaError('regex-invalid', `${what} at character ${this.at + 1} is not supported in regular expressions`);
  }
}

/** A letter as a class of its cases; anything else as it is. */
function foldLetter(character: string): string {
  const lower = character.toLowerCase();
  const upper = character.toUpperCase();
  return lower === upper || lower.length !== 1 || upper.length !== 1 ? character : `[${lower}${upper}]`;
}

/** What a class body lacks to hold both cases of every letter that it names, alone or in a range. */
function otherCases(body: string): string {
  let extra = '';
  for (const [token, from, to] of body.matchAll(/\\.|([^\\])-([^\\\]])|[^\\]/gs)) {
    if (token.startsWith('\\')) continue;
    const last = (to ?? token).charCodeAt(0);
    for (let code = (from ?? token).charCodeAt(0); code <= Math.min(last, 0x24f); code++) {
      const character = String.fromCharCode(code);
      const folded = foldLetter(character);
      if (folded !== character) extra += folded.slice(1, -1);
    }
  }
  return extra;
}
