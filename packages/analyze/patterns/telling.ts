import { looksRandom } from './looks-random.ts';
import type { Bound, PatternMatch } from './match.ts';
import type { PatternRule } from './rule.ts';

const mostShown = 80;
const mostMessage = 1_000;
const mostContext = 400;
const mostFix = 20_000;

/** Weaknesses whose findings are secrets: what their metavariables stand for is never told. */
const secretWeaknesses = new Set([256, 257, 259, 260, 312, 313, 315, 321, 522, 532, 540, 547, 798]);
const hidden = '…';

/** CWE numbers as rules write them: `CWE-79: ...`, alone or in a list. */
export function weaknessesOf(rule: PatternRule): number[] {
  const value = rule.metadata.get('cwe');
  const texts = (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/CWE-(\d{1,5})/gi)].map(([, number]) => Number(number))))].slice(0, 20);
}

/** Whether what a rule finds may be a secret. */
export function findsSecrets(rule: PatternRule): boolean {
  return weaknessesOf(rule).some((number) => secretWeaknesses.has(number)) || /secret|passw|credential|token|api.?key|private.?key/i.test(rule.id);
}

/** The rule's message with what its metavariables stand for, shortened; nothing that may be a secret. */
export function messageOf(rule: PatternRule, { bindings }: PatternMatch): string {
  const isSecret = findsSecrets(rule);
  const filled = rule.message.replace(/value\((\$[A-Z_0-9]+)\)|\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*|\$\d+/g, (name, inner: string | undefined) => {
    const bound = bindings.get(inner ?? name);
    return bound === undefined ? name : isSecret ? hidden : shown(bound);
  });
  return clipped(filled.replace(/\s+/g, ' ').trim(), mostMessage);
}

function shown({ text }: Bound): string {
  return clipped(withoutSecrets(text.replace(/\s+/g, ' ').trim()), mostShown);
}

/** Runs of characters that look made by chance are left out, as are passwords in addresses. */
function withoutSecrets(text: string): string {
  return text.replace(/(:\/\/[^\s:/@]*):[^\s/@]+@/g, `$1:${hidden}@`).replace(/[A-Za-z0-9+/=_~.-]{12,}/g, (run) => (isChance(run) || /[A-Za-z].*\d.*[A-Za-z]|\d.*[A-Za-z].*\d/.test(run) && run.length >= 16 ? hidden : run));
}

/** Names joined by dots and the like are judged one by one: together they only seem to be random. */
function isChance(run: string): boolean {
  return /^[A-Za-z]+(?:[._/-][A-Za-z]+)+$/.test(run) ? run.split(/[._/-]/).some((word) => word.length >= 12 && looksRandom(word)) : looksRandom(run);
}

function clipped(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}${hidden}` : text;
}

/** Stable text of the place for its fingerprint: what matched, white space folded, texts in quotes and what looks made by chance left out. */
export function contextOf(rule: PatternRule, { start, end }: PatternMatch, text: string): string {
  const matched = text.slice(start, Math.min(end, start + 4 * mostContext));
  const plain = findsSecrets(rule) ? matched.replace(/[A-Za-z0-9+/=_~.@-]{6,}/g, hidden) : matched.replace(/(["'`])(?:(?!\1)[^\\\n]|\\.)*\1/g, `$1${hidden}$1`);
  return clipped(withoutSecrets(plain.replace(/\s+/g, ' ').trim()), mostContext);
}

/** What the rule's fix puts in place of the match; undefined without a fix, or where it would carry a secret along. */
export function fixOf(rule: PatternRule, match: PatternMatch, text: string, compile: (regex: string) => RegExp): string | undefined {
  const filled = rule.fix === undefined ? regexFix(rule, text.slice(match.start, match.end), compile) : filledFix(rule.fix, match, text);
  return filled === undefined || filled.length > mostFix || withoutSecrets(filled) !== filled ? undefined : filled;
}

/** Further lines of a fix are indented as the line that it stands in; in an entry of a list of YAML, as what comes after its dash. */
function filledFix(fix: string, { bindings, start }: PatternMatch, text: string): string {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const before = text.slice(line, start);
  const indent = /^[ \t]*(?:-[ \t]+)+$/.test(before) ? before.replaceAll('-', ' ') : (/^[ \t]*/.exec(before)?.[0] ?? '');
  return fix.replace(/\n$/, '').replace(/\n(?!\n)/g, `\n${indent}`).replace(/\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*|\$\d+/g, (name) => {
    const bound = bindings.get(name);
    return bound === undefined ? name : text.slice(bound.start, bound.end);
  });
}

function regexFix({ fixRegex }: PatternRule, matched: string, compile: (regex: string) => RegExp): string | undefined {
  if (fixRegex === undefined) return undefined;
  let left = fixRegex.count ?? Number.POSITIVE_INFINITY;
  const replaced = matched.replace(compile(fixRegex.regex), (...groups: readonly unknown[]) => {
    if (left-- <= 0) return String(groups[0]);
    return fixRegex.replacement.replace(/\\(\d)/g, (_all, group: string) => String(groups[Number(group)] ?? ''));
  });
  return replaced === matched ? undefined : replaced;
}
