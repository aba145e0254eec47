import type { Tally } from '../verdict.ts';

/** What scripts of attackers call; prose and search words name few of them with their parentheses. */
const sinks: readonly (readonly [pattern: RegExp, what: string, weight: number])[] = [
  [/\bdocument\s*\)?\s*(?:\.|\[\s*['"`])\s*(?:cookie|domain|write(?:ln)?|location|body|referrer|documentElement|forms|querySelector|getElement\w{1,20}|createElement)\b/i, 'reaches into the document', 2.4],
  [/\b(?:document|window|self|top|parent|frames|this|globalThis)\s*\)?\s*\[\s*['"`/]/i, 'names what it reaches by a text', 3],
  [/\b(?:window|self|top|parent|this|globalThis|frames)\s*(?:\.|\[\s*['"`(])\s*(?:location|name|open|eval|alert|document|onerror|atob|print|\/al\/|\w+['"`]\s*\]\s*\()/i, 'reaches into the window', 2.4],
  [/(?:^|[^\w.$])(?:alert|prompt|confirm)\s*(?:\(|`|&lpar;|\?\.\()/i, 'calls alert or its like', 2.4],
  [/(?:^|[^\w.$])(?:eval|setTimeout|setInterval|execScript|importScripts|atob|unescape|decodeURIComponent)\s*(?:\(|`)\s*[^)\s]/i, 'runs text as a script', 1.8],
  [/\b(?:eval|Function|setTimeout|setInterval|execScript)\s*\(\s*(?:\w{1,10}\s*\.\s*)?(?:atob|unescape|decodeURI(?:Component)?|String\s*\.\s*fromCharCode)\s*\(/, 'runs hidden text as a script', 3.2],
  [/\(!{1,2}\[\]\+\[\]\)\[/, 'builds a script of brackets and signs', 3],
  [/\bString\s*(?:\.|\[\s*['"])\s*fromCharCode/i, 'builds text from character codes', 2.4],
  [/\.(?:innerHTML|outerHTML|insertAdjacentHTML|srcdoc)\s*[=(]/i, 'writes into the page', 2.4],
  [/\b(?:location|window\.name)\s*(?:\.\s*(?:href|replace|assign|hash)\s*)?(?:=|\()\s*['"`a-z(]/i, 'leads the browser away', 1.8],
  [/\bnew\s+Function\s*\(/, 'makes a function of text', 3],
  [/\bnew\s+(?:Image|XMLHttpRequest|ActiveXObject|WebSocket)\b|\bfetch\s*\(\s*['"`/]|\bnavigator\.sendBeacon\b|\$\.(?:get|post|ajax|getScript)\s*\(/i, 'calls home', 2],
  [/\.constructor\s*(?:\.constructor\s*)?\(\s*['"`]|\[\s*['"`]constructor['"`]\s*\]/i, 'reaches a constructor', 2.8],
  [/\bexpression\s*\(|-moz-binding\s*:|behaviou?r\s*:\s*url|url\s*\(\s*['"]?\s*javascript|@import\s*['"(u]/i, 'runs a script from a style', 2.4],
  [/=\s*(?:alert|eval|prompt|confirm|document\.write)\s*(?:[;,<"'`)]|$)/i, 'keeps alert or its like under another name', 1.8],
  [/\blocalStorage\b|\bsessionStorage\b|\bonerror\s*=\s*\w/i, 'reads what the page stored', 1.2],
  [/[\w\])]\s*\.\s*(?:call|apply|map|sort|filter|find|some|every|constructor)\s*`\s*(?:\$\s*\{|[\w\\`])/, 'calls by a template string', 3],
  [/\bthrow\s+(?:onerror|\/|\w+\s*[=,])|\[\]\s*\[\s*['"(`]|(?<![\w[])!\[\](?![(\w])|\(!\[\]\+\[\]\)|\[\+\[\]\]/i, 'uses the short forms of hidden scripts', 2.8],
];

/** One look instead of many: no sink matches a text without one of these. */
const hints =
  /document|window|self|top|parent|frames|this|alert|prompt|confirm|eval|set(?:Timeout|Interval)|Function|Scripts?\b|atob|unescape|decodeURI|fromCharCode|HTML|srcdoc|location|new\s|fetch|Beacon|\$\.|constructor|expression|binding|behavio|@import|url|Storage|onerror|throw|\[|`/i;

/** Schemes that run what follows them. White space and control characters inside do not stop old browsers. */
const scheme = /(?:j\s*a\s*v\s*a|v\s*b|l\s*i\s*v\s*e|e\s*c\s*m\s*a)\s*s\s*c\s*r\s*i\s*p\s*t\s*:|^\s*mocha\s*:|\bdata\s*:\s*(?:text\/(?:html|xml|javascript|vbscript)|image\/svg\+xml|application\/(?:xhtml|xml|javascript)|[^,]{0,40};base64,PH)/i;

/** A place that opens an address. */
export function runsAddress(value: string): boolean {
  return scheme.test(stripped(value));
}

/** Comments and the characters that browsers skip are taken out of an address. */
export function stripped(value: string): string {
  return without(without(value.replaceAll(/[\u0000-\u001f\u007f\u00ad\u200b]/g, ''), '<!--', '-->'), '/*', '*/');
}

/** Takes out what stands between two marks, the marks included; in one pass, as what is sent here may be made of them. */
function without(text: string, open: string, close: string): string {
  let out = '';
  let from = 0;
  for (let at = text.indexOf(open); at >= 0; at = text.indexOf(open, from)) {
    const end = text.indexOf(close, at + open.length);
    if (end < 0) break;
    out += text.slice(from, at);
    from = end + close.length;
  }
  return from === 0 ? text : out + text.slice(from);
}

/** Adds what the text does as a script; gives whether it does anything. */
export function judgeScript(tally: Tally, written: string): boolean {
  if (!hints.test(written)) return false;
  const text = without(written, '/*', '*/');
  let found = false;
  for (const [pattern, what, weight] of sinks) {
    if (!pattern.test(text)) continue;
    tally.add(what, weight);
    found = true;
  }
  if (found && /\b(?:document|window|location)\s*\/\*/i.test(written)) tally.add('hides names of a script behind comments', 1);
  return found;
}
