import { trait } from '../traits.ts';
import { Tally, type Verdict } from '../verdict.ts';
import { resolveLookups } from './lookups.ts';

const needed = trait.brace | trait.dollar | trait.percent | trait.angle | trait.hash;

/** Delimiters of the template and expression languages in use. */
const delimiters: readonly (readonly [open: string, close: string])[] = [
  ['{{', '}}'], ['${', '}'], ['#{', '}'], ['<%', '%>'], ['{%', '%}'], ['%{', '}'], ['*{', '}'], ['@(', ')'], ['[[', ']]'], ['~{', '}'], ['@{', '}'], ['{php', '}'], ['{if', '}'], ['{system', '}'],
  ['{math', '}'], ['{$smarty', '}'], ['#set(', ')'], ['#set (', ')'], ['#include(', ')'], ['#foreach(', ')'], ['#evaluate(', ')'],
];
const mostExpressions = 20;
const longestExpression = 2_000;

/** Reads what stands between delimiters as an expression; a bare name is a placeholder, a calculation is an attack. */
export function judgeTemplate(text: string, traits: number): Verdict | undefined {
  if ((traits & needed) === 0) return undefined;
  const tally = new Tally();
  if (text.includes('${') || text.includes('%{')) judgeLookup(tally, text);
  for (const [open, close] of delimiters) {
    for (const inside of expressionsOf(text, open, close)) judgeExpression(tally, inside, open);
  }
  return tally.verdict('template');
}

function* expressionsOf(text: string, open: string, close: string): Generator<string> {
  let at = text.indexOf(open);
  for (let seen = 0; at >= 0 && seen < mostExpressions; seen += 1) {
    const end = text.indexOf(close, at + open.length);
    if (end < 0) return;
    yield text.slice(at + open.length, Math.min(end, at + longestExpression));
    at = text.indexOf(open, at + open.length);
  }
}

/** Log4j's lookups (CVE-2021-44228), also when each letter is a lookup of its own. */
function judgeLookup(tally: Tally, text: string): void {
  const { resolved, depth } = resolveLookups(text);
  if (/\bjndi\s*:/i.test(resolved)) {
    tally.add('asks for an object by JNDI', 4);
    if (depth > 0) tally.add('builds the lookup from other lookups', 1);
  } else if (/\$\{(?:script|dns|url):\S/i.test(text)) tally.add('asks for a lookup that runs or fetches', 3.2);
  else if (depth > 2 || /\$\{(?:env|sys|java|main|ctx|bundle|docker|k8s|web|spring|log4j|lower|upper|date|marker|map|sd):[\w.${}:-]{1,200}/i.test(text)) tally.add('asks for a lookup of the logger', depth > 1 ? 3.2 : 2.4);
}

const objects =
  /__(?:class|mro|base|bases|subclasses|globals|builtins|import|init|dict|getattribute)__|\bT\s*\(\s*java\b|\bjava\.(?:lang|io|util|net)\.|\bRuntime\b.{0,20}\bexec\b|getRuntime\s*\(|\bgetClass\s*\(|\bforName\s*\(|#_?(?:memberAccess|context|request|session|application|root|parameters)\b|@java\.|ProcessBuilder|freemarker\.template|\?new\s*\(|constructor\s*\(|constructor\.constructor|\bprocess\s*\.\s*(?:env|mainModule|exit|binding)|\brequire\s*\(|\brequire\.main\b|child_process|\b(?:self|request|config|cycler|joiner|lipsum|url_for|get_flashed_messages|application|_self|app\.request|settings|global|this)\s*[.[|]|\bos\s*\.\s*(?:popen|system)|\bsystem\s*\(|\bpopen\s*\(|File\.(?:open|read)|\bDir\.entries|`[^`]+`|\|\s*(?:map|filter|sort|reduce|attr|e|raw|safe|join)\b\s*\(?|registerUndefinedFilterCallback|\bphpinfo\s*\(|\$smarty|\bphp\b|System\.(?:getenv|Diagnostics|getProperty)|Diagnostics\.Process|\bexec\s*\(|\beval\s*\(|\bprint\s*\(|\bassert\s*\(|session\.|param\.|header\.|cookie\.|pageContext|facesContext|\bapplicationScope|\brequestScope/;

function judgeExpression(tally: Tally, inside: string, open: string): void {
  const expression = inside.replace(/^[=\-#@]/, '').trim();
  if (/^-?\d+(?:\.\d+)?\s*[*+/^-]\s*['"]?\d+['"]?(?:\s*[*+/^-]\s*\d+)*$|^['"][^'"]*['"]\s*[*+~]\s*['"]?\w+['"]?$|^\(\s*\d+\s*[*+-]\s*\d+\s*\)/.test(expression)) return tally.add('calculates inside template delimiters', 3.5);
  if (objects.test(expression)) return tally.add('reaches objects behind the template', 3.5);
  if (open === '<%' && expression !== '') return tally.add('opens a script of the server', 2.4);
  if (/^[\w.]+\s*\(.*\)/s.test(expression)) return tally.add('calls inside template delimiters', 2);
  if (/['"]\s*\.\s*\w+|\w\s*[*%]\s*\d/.test(expression) && (open === '{{' || open === '${' || open === '*{' || open.startsWith('#'))) tally.add('calculates inside template delimiters', 2);
}
