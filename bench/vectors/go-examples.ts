import { type GoToken, goTokens } from './go-tokens.ts';
import type { Vector } from './vector.ts';

type Example = Omit<Vector, 'origin'>;

/** The literal examples of rules that are written in Go as `tps` and `fps`: what a call makes is left out. */
export function goExamples(source: string): Example[] {
  return functionsOf(goTokens(source)).flatMap(({ name, body }) => {
    const rule = valueAfter(body, 'RuleID') ?? name;
    const lists = listsOf(body);
    return [
      ...(lists.get('tps') ?? []).map((example) => ({ rule, truth: true, ...example })),
      ...(lists.get('fps') ?? []).map((example) => ({ rule, truth: false, ...example })),
    ];
  });
}

interface Literal {
  readonly text: string;
  readonly path?: string;
}

function functionsOf(tokens: readonly GoToken[]): { name: string; body: readonly GoToken[] }[] {
  const starts = tokens.flatMap((token, at) => (token.kind === 'word' && token.text === 'func' && tokens[at + 1]?.kind === 'word' ? [at] : []));
  return starts.map((start, nth) => ({ name: tokens[start + 1]?.text ?? '', body: tokens.slice(start, starts[nth + 1]) }));
}

function valueAfter(tokens: readonly GoToken[], name: string): string | undefined {
  const at = tokens.findIndex((token, index) => isWord(token, name) && isSign(tokens[index + 1], ':'));
  const value = at === -1 ? undefined : tokens[at + 2];
  return value?.kind === 'string' ? value.text : undefined;
}

/** Every list of strings in a function by the name that it is given; those handed to `Validate` count as `tps` and `fps`. */
function listsOf(body: readonly GoToken[]): Map<string, Literal[]> {
  const lists = new Map<string, Literal[]>();
  const add = (name: string, more: readonly Literal[]): void => void lists.set(name, [...(lists.get(name) ?? []), ...more]);
  let validated = 0;
  body.forEach((token, at) => {
    if (token.kind !== 'word') return;
    const next = body[at + 1];
    if (isSign(next, ':=') || (isSign(next, '=') && !isSign(body[at - 1], '.'))) add(token.text, valueAt(body, at + 2, lists));
    if (!/^Validate(?:WithPaths)?$/.test(token.text) || !isSign(next, '(')) return;
    const parts = argumentsAt(body, at + 2);
    ['tps', 'fps'].forEach((name, nth) => {
      const part = parts[nth + 1] ?? [];
      if (part.length > 1) add(name, valueAt(part, 0, lists));
    });
    validated++;
  });
  return validated === 0 ? new Map() : lists;
}

function valueAt(tokens: readonly GoToken[], at: number, lists: ReadonlyMap<string, readonly Literal[]>): Literal[] {
  if (isWord(tokens[at], 'append') && isSign(tokens[at + 1], '(')) {
    return argumentsAt(tokens, at + 2).slice(1).flatMap((part) => {
      const named = part[0]?.kind === 'word' && part.length === 2 && isSign(part[1], '...') ? lists.get(part[0].text) : undefined;
      return named ?? literalOf(part);
    });
  }
  const brace = ['[]string{', 'map[string]string{'].find((start) => joined(tokens, at, 6).startsWith(start));
  if (brace === undefined) return [];
  const open = tokens.findIndex((token, index) => index >= at && isSign(token, '{'));
  return argumentsAt(tokens, open + 1).flatMap(literalOf);
}

function joined(tokens: readonly GoToken[], at: number, count: number): string {
  return tokens.slice(at, at + count + 1).map(({ kind, text }) => (kind === 'string' ? '"' : text)).join('');
}

/** The parts between commas up to the bracket that closes what was opened before `at`. */
function argumentsAt(tokens: readonly GoToken[], at: number): GoToken[][] {
  const parts: GoToken[][] = [[]];
  let depth = 0;
  for (const token of tokens.slice(at)) {
    if (token.kind === 'sign' && '([{'.includes(token.text)) depth++;
    if (token.kind === 'sign' && ')]}'.includes(token.text)) depth--;
    if (depth < 0) break;
    if (depth === 0 && isSign(token, ',')) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

/** A literal, literals joined by `+`, or path and literal of a map; nothing for an expression with a call or a name. */
function literalOf(part: readonly GoToken[]): Literal[] {
  const colon = part.findIndex((token) => isSign(token, ':'));
  const [path, text] = [colon === -1 ? undefined : sumOf(part.slice(0, colon)), sumOf(part.slice(colon + 1))];
  if (text === undefined || (colon !== -1 && path === undefined)) return [];
  return [path === undefined ? { text } : { text, path }];
}

function sumOf(part: readonly GoToken[]): string | undefined {
  const regular = part.every((token, at) => (at % 2 === 0 ? token.kind === 'string' : isSign(token, '+')));
  return regular && part.length % 2 === 1 ? part.filter(({ kind }) => kind === 'string').map(({ text }) => text).join('') : undefined;
}

function isSign(token: GoToken | undefined, text: string): boolean {
  return token?.kind === 'sign' && token.text === text;
}

function isWord(token: GoToken | undefined, text: string): boolean {
  return token?.kind === 'word' && token.text === text;
}
