import { fold, one, star } from './glob.ts';
import type { Glob } from './glob.ts';

/** What is known of the texts that a part of a pattern fits. All texts are folded. */
interface Part {
  /** All the texts that it can be; undefined: too many. */
  readonly exact: readonly string[] | undefined;
  /** One of these stands in whatever it fits. */
  readonly need: readonly string[] | undefined;
  /** No shorter text fits. */
  readonly least: number;
}

const mostTexts = 16;
const longestText = 64;
const mostMembers = 4;
const deepest = 40;
/** A length that few values have says something too. */
const tellingLength = 32;
const longestLength = 2_000;
const nothing: Part = { exact: [''], need: undefined, least: 0 };
const anyOne: Part = { exact: undefined, need: undefined, least: 1 };
const unknown: Part = { exact: undefined, need: undefined, least: 0 };

/**
 * Patterns one of which fits every text that a regular expression, as `translateRegex` writes it, finds something in: what an index can look
 * for before the expression is asked. Undefined where nothing is certain.
 */
export function necessaryGlobs(source: string): readonly Glob[] | undefined {
  const { exact, need, least } = new Reader(source).read();
  const texts = better(exact, need);
  if (texts !== undefined) return texts.map((text) => [star, text, star]);
  return least < tellingLength ? undefined : [[...Array.from({ length: Math.min(least, longestLength) }, (): typeof one => one), star]];
}

class Reader {
  private at = 0;
  private depth = 0;
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  read(): Part {
    const part = this.choice();
    return this.at === this.source.length ? part : unknown;
  }

  /** Up to a closing bracket. */
  private choice(): Part {
    if (++this.depth > deepest) return this.giveUp();
    const parts = [this.sequence()];
    while (this.source.charAt(this.at) === '|') {
      this.at++;
      parts.push(this.sequence());
    }
    this.depth--;
    return parts.reduce(either);
  }

  private sequence(): Part {
    const run = new Run();
    while (this.at < this.source.length && !'|)'.includes(this.source.charAt(this.at))) {
      const piece = this.piece();
      for (const part of this.repeated(piece)) run.add(part);
    }
    return run.done();
  }

  private piece(): Part {
    const character = this.source.charAt(this.at);
    if (character === '(') return this.group();
    if (character === '[') return this.characterClass();
    if (character === '\\') return this.escape();
    this.at++;
    if (character === '^' || character === '$') return nothing;
    return character === '.' ? anyOne : literal(character);
  }

  /** What looks round itself takes up nothing. */
  private group(): Part {
    const opening = /^\((?:\?(?:<[A-Za-z_]\w*>|<[=!]|[:=!]))?/.exec(this.source.slice(this.at, this.at + 80))?.[0] ?? '(';
    this.at += opening.length;
    const inner = this.choice();
    this.at++;
    return /[=!]$/.test(opening) ? nothing : inner;
  }

  private escape(): Part {
    const character = this.source.charAt(this.at + 1);
    const code = /^(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4})/.exec(this.source.slice(this.at + 1, this.at + 6))?.[0];
    this.at += code === undefined ? 2 : 1 + code.length;
    if (code !== undefined) return literal(String.fromCharCode(Number.parseInt(code.slice(1), 16)));
    if ('bB'.includes(character)) return nothing;
    if ('dDwWsS'.includes(character)) return anyOne;
    const control = controls.get(character);
    if (control !== undefined && !/\d/.test(this.source.charAt(this.at))) return literal(control);
    return /[A-Za-z0-9]/.test(character) ? this.giveUp() : literal(character);
  }

  /** Nothing is known of the whole expression. */
  private giveUp(): Part {
    this.at = Number.POSITIVE_INFINITY;
    return unknown;
  }

  private characterClass(): Part {
    const body = /^\[\^?((?:\\.|[^\]\\])*)\]/s.exec(this.source.slice(this.at))?.[0] ?? '';
    if (body === '') return this.giveUp();
    this.at += body.length;
    const members = body.slice(1, -1);
    if (members === '' || /^\^|\\[A-Za-z0-9]|[\ud800-\udfff]/.test(members) || /.-./s.test(members.replaceAll(/\\./gs, 'x'))) return anyOne;
    const texts = new Set([...members.replaceAll(/\\(.)/gs, '$1')].map(fold));
    return texts.size > mostMembers ? anyOne : { exact: [...texts], need: undefined, least: 1 };
  }

  /** What comes at least once stands next to what is before it. */
  private repeated(part: Part): readonly Part[] {
    const found = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})/.exec(this.source.slice(this.at, this.at + 24));
    if (found === null) return [part];
    const [written, from, open, to] = found;
    this.at += written.length;
    if (this.source.charAt(this.at) === '?') this.at++;
    const fewest = written === '+' ? 1 : Number(from ?? 0);
    const once = written === '?' || (from !== undefined && (open === '' || to === from) ? Number(from) === 1 : to === '1');
    if (fewest === 0) return once && part.exact !== undefined && part.exact.length < mostTexts ? [{ ...part, exact: [...new Set([...part.exact, ''])], least: 0 }] : [unknown];
    if (fewest === 1 && once) return [part];
    const [only, ...others] = part.exact ?? [];
    const exact = only === undefined || others.length > 0 || only.length * fewest > longestText ? part.exact : [only.repeat(fewest)];
    return [{ ...part, exact }, { ...unknown, least: Math.max(0, part.least * fewest - leastOf(exact, part.least)) }];
  }
}

const controls: ReadonlyMap<string, string> = new Map([['n', '\n'], ['r', '\r'], ['t', '\t'], ['f', '\f'], ['v', '\v'], ['0', '\0']]);

/** Halves of a pair change their case together only. */
function literal(character: string): Part {
  return /[\ud800-\udfff]/.test(character) ? anyOne : { exact: [fold(character)], need: undefined, least: 1 };
}

function leastOf(exact: readonly string[] | undefined, otherwise: number): number {
  return exact === undefined ? otherwise : Math.min(...exact.map(({ length }) => length));
}

/** Parts one after the other. */
class Run {
  private texts: readonly string[] = [''];
  private whole = true;
  private need: readonly string[] | undefined;
  private least = 0;

  add({ exact, need, least }: Part): void {
    this.least += least;
    if (exact !== undefined && exact.length * this.texts.length <= mostTexts && (this.texts[0]?.length ?? 0) < longestText) {
      this.texts = this.texts.flatMap((before) => exact.map((after) => before + after));
      return;
    }
    this.flush();
    this.texts = exact ?? [''];
    this.need = better(this.need, need);
  }

  done(): Part {
    if (this.whole) return { exact: this.texts, need: undefined, least: this.least };
    this.flush();
    return { exact: undefined, need: this.need, least: this.least };
  }

  private flush(): void {
    this.whole = false;
    this.need = better(this.need, this.texts);
  }
}

function either(first: Part, second: Part): Part {
  const least = Math.min(first.least, second.least);
  const exact = first.exact === undefined || second.exact === undefined ? undefined : [...new Set([...first.exact, ...second.exact])];
  if (exact !== undefined && exact.length <= mostTexts) return { exact, need: undefined, least };
  const [left, right] = [better(first.exact, first.need), better(second.exact, second.need)];
  const need = left === undefined || right === undefined ? undefined : [...new Set([...left, ...right])];
  return { exact: undefined, need: need === undefined || need.length > mostTexts ? undefined : need, least };
}

/** The one of two lists that fewer texts hold something of. */
function better(first: readonly string[] | undefined, second: readonly string[] | undefined): readonly string[] | undefined {
  const [left, right] = [worth(first), worth(second)];
  if (left <= 0 && right <= 0) return undefined;
  return left >= right ? first : second;
}

function worth(texts: readonly string[] | undefined): number {
  if (texts === undefined || texts.length === 0) return 0;
  const shortest = Math.min(...texts.map(({ length }) => length));
  return shortest === 0 ? 0 : Math.min(shortest, 8) + 1 - Math.log2(texts.length) / 2;
}
