import { needsOfExpression } from './expression-needs.ts';
import { either, type Needs, shortest } from './needs-of-parts.ts';
import type { Condition, Formula, PatternRule } from './rule.ts';

export type { Needs };

/** What a text must contain, as far as that can be told from a rule's own text. None: the rule wants every text. */
export function needsOf(rule: PatternRule): Needs {
  const { body } = rule;
  if (body.mode === 'search') return needsOfFormula(body.formula, rule.languages.includes('regex'));
  if (body.mode === 'unsupported') return [];
  // A taint rule needs one of its sinks and one of its sources.
  return [body.taint.sinks, body.taint.sources].flatMap((parts) => either(parts.map(({ formula }) => needsOfFormula(formula, false))));
}

/** The same for one side of a taint rule, which may lie in another file than the other. */
export function needsOfSide(rule: PatternRule, side: 'sources' | 'sinks'): Needs {
  return rule.body.mode === 'taint' ? either(rule.body.taint[side].map(({ formula }) => needsOfFormula(formula, false))) : [];
}

function needsOfFormula(formula: Formula, isRegex: boolean): Needs {
  switch (formula.kind) {
    case 'pattern':
      return isRegex ? clause(literalOf(formula.text)) : clause(wordOf(formula.text));
    case 'regex':
      return clause(literalOf(formula.regex));
    case 'all':
      return [...formula.parts.flatMap((part) => needsOfFormula(part, isRegex)), ...formula.conditions.flatMap((condition) => needsOfCondition(condition, isRegex))];
    case 'any':
      return either(formula.parts.map((part) => needsOfFormula(part, isRegex)));
    case 'inside':
      return needsOfFormula(formula.of, isRegex);
    default:
      return [];
  }
}

/** What a metavariable stands for is a part of the text as it is written; what is known of it besides need not stand there. */
function needsOfCondition(condition: Condition, isRegex: boolean): Needs {
  if (condition.kind === 'regex') return condition.constantPropagation ? [] : needsOfExpression(condition.regex);
  return condition.kind === 'pattern' && condition.language === undefined ? needsOfFormula(withoutConditions(condition.formula), isRegex) : [];
}

/** Within what a metavariable stands for, conditions may be about others, which stand elsewhere or nowhere. */
function withoutConditions(formula: Formula): Formula {
  if (formula.kind === 'inside') return { ...formula, of: withoutConditions(formula.of) };
  if (formula.kind === 'any') return { ...formula, parts: formula.parts.map(withoutConditions) };
  return formula.kind === 'all' ? { ...formula, parts: formula.parts.map(withoutConditions), conditions: [] } : formula;
}

function clause(word: string | undefined): Needs {
  return word === undefined ? [] : [[word.toLowerCase()]];
}

const grammar = new Set(['return', 'function', 'class', 'public', 'private', 'protected', 'static', 'void', 'import', 'from', 'const', 'final', 'throws', 'extends', 'implements', 'require', 'async', 'await', 'string', 'true', 'false', 'none', 'null', 'nil', 'self', 'this', 'interface', 'package', 'export', 'default', 'except', 'finally', 'catch', 'while', 'with', 'else', 'elif', 'range', 'func', 'type', 'struct', 'object', 'undefined', 'var', 'let', 'def', 'for', 'try', 'new', 'int', 'bool', 'not', 'and']);

/**
 * The longest word of a pattern that is neither a metavariable nor grammar. Of a dotted name only its last part: the rest may come in by an
 * import. Nothing that stands in quotes with escapes, and nothing of an import: that may be written in other ways.
 */
function wordOf(pattern: string): string | undefined {
  if (/^\s*(?:import|from|package|using)\b/.test(pattern)) return undefined;
  const plain = pattern.replace(/\$(?:\.\.\.)?[A-Z_0-9]+/g, ' ').replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, (quoted) => (/\\|=~\//.test(quoted) ? ' ' : quoted)).replace(/\/(?:[^/\n\\]|\\.)+\//g, ' ');
  let longest: string | undefined;
  for (const { 0: name } of plain.matchAll(/(?<=(["']))[A-Za-z_][A-Za-z0-9_-]*(?=\1)|[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*/g)) {
    const word = name.slice(name.lastIndexOf('.') + 1);
    if (word.length >= shortest && word.length > (longest?.length ?? 0) && !grammar.has(word.toLowerCase())) longest = word;
  }
  return longest;
}

/** The longest run of plain characters that every match of an expression has; undefined where none can be told. */
export function literalOf(regex: string): string | undefined {
  let longest = '';
  let run = '';
  let depth = 0;
  const end = (): void => {
    if (run.length > longest.length) longest = run;
    run = '';
  };
  for (let at = 0; at < regex.length; at++) {
    const character = regex[at] as string;
    if (character === '|' && depth === 0) return undefined;
    if (/^\(\?[a-z]*x/.test(regex.slice(at, at + 8))) return undefined;
    if (character === '(' || character === ')') {
      depth += character === '(' ? 1 : -1;
      end();
    } else if (character === '[') {
      at = classEnd(regex, at);
      end();
    } else if ('?*{'.includes(character)) {
      run = run.slice(0, -1);
      end();
      if (character === '{') at = Math.max(at, regex.indexOf('}', at));
    } else if (character === '\\') {
      at++;
      if (/[A-Za-z0-9]/.test(regex[at] ?? '')) end();
      else if (depth === 0) run += regex[at] ?? '';
    } else if ('^$.+'.includes(character)) end();
    else if (depth === 0) run += character;
  }
  end();
  return /^[\x20-\x7e]+$/.test(longest) && longest.length >= shortest ? longest : undefined;
}

function classEnd(regex: string, start: number): number {
  for (let at = start + (regex[start + 1] === '^' ? 2 : 1), first = true; at < regex.length; at++, first = false) {
    if (regex[at] === '\\') at++;
    else if (regex.startsWith('[:', at)) at = Math.max(at, regex.indexOf(':]', at) + 1);
    else if (regex[at] === ']' && !first) return at;
  }
  return regex.length;
}
