import type { Formula, PatternBody, PatternRule } from './rule.ts';

/** The words that a text has. */
export interface Words {
  has(word: string): boolean;
}

/** Whether a text with these words can be matched at all. */
type Test = (words: Words) => boolean;

const tests = new WeakMap<PatternRule, Test>();
const always: Test = () => true;

/** Words of the languages themselves: patterns also match what is written with others (`function` an arrow, `var` a `let`). */
const keywords: ReadonlySet<string> = new Set(
  `abstract and as async await bool boolean break byte case catch char class const continue def default del delete do double elif else enum except export extends final finally float
for from func function go if implements import in int interface is lambda let long new nil none None not null number object of or package pass private protected public raise return
self short static str string struct super switch this throw throws true True try type typeof undefined var void while with yield false False`.split(/\s+/),
);

/** Whether a rule can match a text that has only these words; quick, and never wrong when it says no. */
export function mayMatch(rule: PatternRule, words: Words): boolean {
  let test = tests.get(rule);
  if (test === undefined) tests.set(rule, (test = testOf(rule.body)));
  return test(words);
}

/** So many words are looked for one by one; for more the whole text is cut into words, which takes longer than any of these searches. */
const fewAsked = 12;

/** The words of a text as far as they are asked for. */
export class TextWords implements Words {
  private readonly text: string;
  private readonly known = new Map<string, boolean>();
  private all: ReadonlySet<string> | undefined;

  constructor(text: string) {
    this.text = text;
  }

  has(word: string): boolean {
    if (this.all !== undefined) return this.all.has(word);
    let known = this.known.get(word);
    if (known !== undefined) return known;
    if (this.known.size >= fewAsked) return (this.all = wordsOf(this.text)).has(word);
    this.known.set(word, (known = standsIn(word, this.text)));
    return known;
  }
}

/** Whether a word stands somewhere with nothing before or behind it that it could be a part of. */
function standsIn(word: string, text: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!/[\p{L}_$]/u.test(text[at - 1] ?? ' ') && !/[\p{L}\p{N}_$]/u.test(text[at + word.length] ?? ' ')) return true;
  }
  return false;
}

/** The words of a text: what names can be made of. */
export function wordsOf(text: string): Set<string> {
  return new Set(text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []);
}

function testOf(body: PatternBody): Test {
  if (body.mode === 'search') return ofFormula(body.formula);
  if (body.mode === 'unsupported') return always;
  return every([some(body.taint.sources.map(({ formula }) => ofFormula(formula))), some(body.taint.sinks.map(({ formula }) => ofFormula(formula)))]);
}

function ofFormula(formula: Formula): Test {
  switch (formula.kind) {
    case 'pattern':
      return ofPattern(formula.text);
    case 'inside':
      return ofFormula(formula.of);
    case 'any':
      return some(formula.parts.map(ofFormula));
    case 'all':
      return every([
        ...formula.parts.map(ofFormula),
        ...formula.conditions.map((condition) => (condition.kind === 'pattern' && condition.language === undefined ? ofFormula(condition.formula) : always)),
      ]);
    case 'not':
    case 'not-inside':
    case 'regex':
    case 'not-regex':
      return always;
  }
}

function every(all: readonly Test[]): Test {
  const real = all.filter((test) => test !== always);
  if (real.length === 0) return always;
  return (words) => real.every((test) => test(words));
}

function some(all: readonly Test[]): Test {
  if (all.some((test) => test === always)) return always;
  return (words) => all.some((test) => test(words));
}

/** Strings and comments, typed metavariables (a type may be known without being named), and metavariables. */
const noWords = /"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\(\s*[\w.<>[\], ?*]+\s+\$[A-Z_][A-Z_0-9]*\s*\)|\(\s*\$[A-Z_][A-Z_0-9]*\s*:[^()]*\)|\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*/g;

function ofPattern(text: string): Test {
  const words = [...wordsOf(text.replace(noWords, ' '))].filter((word) => word.length > 1 && !keywords.has(word));
  return words.length === 0 ? always : (own) => words.every((word) => own.has(word));
}
