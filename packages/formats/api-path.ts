import type { Language } from '#model/ir.ts';
import type { ApiPath, ApiStep, Place } from '#model/library.ts';

/** A path that does not parse; the message says where and what would. */
export class ApiPathError extends Error {
  constructor(text: string, at: number, expected: string) {
    super(`the path "${text.slice(0, 200)}" is wrong at character ${at + 1}: expected ${expected}`);
    this.name = 'ApiPathError';
  }
}

const longest = 1_000;
const mostAlternatives = 120;

/** Parses a path such as `express().{get,post}(arg*).param0.query`. */
export function parseApiPath(text: string, language: Language): ApiPath {
  if (text.length > longest) throw new ApiPathError(text, longest, `at most ${longest} characters`);
  const reader = new PathReader(text);
  const steps = reader.root(language);
  while (!reader.done) steps.push(...reader.step());
  return steps;
}

/**
 * Parses a place: `0`, `0..`, `*`, `this`, `result`, `assigned`, `returned` or `keyword:name`, each with steps behind it
 * (`1.shell`, `0...element`, `1.param0`). A number written in YAML is one too.
 */
export function parsePlace(written: string | number): Place {
  const text = String(written);
  const head = /^(?:(?<at>\d{1,2})(?<later>\.\.)?|(?<star>\*)|keyword:(?<name>[A-Za-z_]\w*)|(?<word>this|result|assigned|returned))(?=$|\.(?!\.)|\()/.exec(text);
  if (head?.groups === undefined) throw new ApiPathError(text, 0, 'a number, `0..`, `*`, `this`, `result`, `assigned`, `returned` or `keyword:name`');
  const { at, later, star, name, word } = head.groups;
  const reader = new PathReader(text, head[0].length);
  const steps: ApiStep[] = [];
  while (!reader.done) steps.push(...reader.step());
  const wrong = steps.find(({ kind }) => kind === 'argument' || kind === 'this');
  if (wrong !== undefined) throw new ApiPathError(text, head[0].length, 'members, `.element`, `.await`, `.new`, `.param0` or `()` only');
  if (at !== undefined) return { base: later === undefined ? 'argument' : 'later', at: Number(at), steps };
  if (name !== undefined) return { base: 'keyword', name, steps };
  return { base: star === undefined ? (word as 'this' | 'result' | 'assigned' | 'returned') : 'any', steps };
}

class PathReader {
  private at: number;
  private readonly text: string;

  constructor(text: string, at = 0) {
    this.text = text;
    this.at = at;
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  root(language: Language): ApiStep[] {
    if (this.take('*')) return [{ kind: 'root', names: ['*'] }];
    if (language === 'java' && !/^global\b/.test(this.text)) return [this.javaClass()];
    const names = this.text[0] === '<' || this.text[0] === '{' ? this.names(/[\w@$./~-]/) : [this.match(language === 'python' ? /[A-Za-z_]\w*/y : /(?:@[\w.~-]+\/)?[\w$~-]+(?:\/[\w~-]+)*/y, 'the name of a module')];
    return [{ kind: 'root', names }];
  }

  /** Packages in lower case, then a class and the classes within it. */
  private javaClass(): ApiStep {
    let names = [''];
    let classes = 0;
    while (!this.done) {
      const part = this.text[this.at] === '{' ? this.names(/[\w.$]/) : [this.match(/[A-Za-z_$][\w$]*/y, 'the name of a package or class')];
      const isClass = part.every((name) => /(?:^|\.)[A-Z][\w$]*$/.test(name));
      names = names.flatMap((before) => part.map((name) => (before === '' ? name : `${before}.${name}`)));
      if (names.length > mostAlternatives) this.fail(`at most ${mostAlternatives} alternatives`);
      if (isClass) classes++;
      // Another class within it: a capital, and not a constant.
      if (this.text[this.at] !== '.' || (classes > 0 && !/^\.[A-Z][A-Z0-9]*[a-z]/.test(this.text.slice(this.at)))) break;
      this.at++;
    }
    if (classes === 0) this.fail('a class, whose name begins with a capital letter');
    return { kind: 'root', names };
  }

  step(): ApiStep[] {
    if (this.take('()')) return [{ kind: 'result' }];
    if (this.take('(')) return [this.argument()];
    if (!this.take('.')) this.fail('`.`, `()` or `(arg0)`');
    if (this.take('*')) return [{ kind: 'any' }];
    if (this.text[this.at] === '{' || this.text[this.at] === '<') return [{ kind: 'member', names: this.names(/[^{}<>,\s]/) }];
    const name = this.match(/[A-Za-z_$][\w$-]*\*?/y, 'a name, `*`, `{a,b}` or `<any name>`');
    return [wordStep(name) ?? { kind: 'member', names: [name.endsWith('*') ? this.fail('a whole name; `.*` is any member') : name] }];
  }

  private argument(): ApiStep {
    const found = this.match(/(?:arg(?:\d{1,2}|\*)|keyword:[A-Za-z_]\w*)\)/y, '`()`, `(arg0)`, `(arg*)` or `(keyword:name)`').slice(0, -1);
    if (found.startsWith('keyword:')) return { kind: 'argument', at: found as `keyword:${string}` };
    return { kind: 'argument', at: found === 'arg*' ? '*' : Number(found.slice(3)) };
  }

  /** `{a,b}` or `<a name with anything in it>`. */
  private names(allowed: RegExp): string[] {
    const close = this.text[this.at] === '{' ? '}' : '>';
    const end = this.text.indexOf(close, this.at);
    if (end === -1) this.fail(`\`${close}\` somewhere after this`);
    const inside = this.text.slice(this.at + 1, end);
    const names = close === '}' ? inside.split(',').map((name) => name.trim()) : [inside];
    if (names.length > mostAlternatives) this.fail(`at most ${mostAlternatives} alternatives`);
    const wrong = names.find((name) => name === '' || (close === '}' && [...name].some((character) => !allowed.test(character))));
    if (wrong !== undefined) this.fail(`names between \`${this.text[this.at]}\` and \`${close}\`, not "${wrong}"`);
    this.at = end + 1;
    return names;
  }

  private match(pattern: RegExp, expected: string): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? this.fail(expected);
    this.at += found.length;
    return found;
  }

  private take(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private fail(expected: string): never {
    throw new ApiPathError(this.text, this.at, expected);
  }
}

function wordStep(name: string): ApiStep | undefined {
  if (name === 'new') return { kind: 'instance' };
  if (name === 'this' || name === 'element' || name === 'await') return { kind: name };
  const parameter = /^param(\d{1,2}|\*)$/.exec(name)?.[1];
  if (parameter === undefined) return undefined;
  return { kind: 'parameter', at: parameter === '*' ? '*' : Number(parameter) };
}

/** The path in words, as it was written. */
export function apiPathText(path: ApiPath): string {
  return path.map(stepText).join('');
}

function stepText(step: ApiStep): string {
  switch (step.kind) {
    case 'root': return rootText(step.names);
    case 'member': return `.${namesText(step.names)}`;
    case 'any': return '.*';
    case 'result': return '()';
    case 'instance': return '.new';
    case 'argument': return typeof step.at === 'number' || step.at === '*' ? `(arg${step.at})` : `(${step.at})`;
    case 'parameter': return `.param${step.at}`;
    default: return `.${step.kind}`;
  }
}

function rootText(names: readonly string[]): string {
  const [only] = names;
  if (names.length > 1) return `{${names.join(',')}}`;
  return only === '*' || /^(?:@[\w.~-]+\/)?[\w$~-]+(?:\/[\w~-]+)*$/.test(only ?? '') || /^[a-z_][\w.]*\.[A-Z][\w.]*$/.test(only ?? '') ? (only as string) : `<${only}>`;
}

function namesText(names: readonly string[]): string {
  const [only] = names;
  if (names.length > 1) return `{${names.join(',')}}`;
  return /^[A-Za-z_$][\w$-]*$/.test(only ?? '') && wordStep(only as string) === undefined ? (only as string) : `<${only}>`;
}
