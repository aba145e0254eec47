import { trait } from '../traits.ts';
import { Tally, type Verdict } from '../verdict.ts';
import { cmdlets, programRank } from './commands.ts';
import { tokenizeShell, type ShellCommand } from './tokens.ts';

const needed = trait.semicolon | trait.pipe | trait.ampersand | trait.backtick | trait.dollar | trait.slash | trait.backslash | trait.newline | trait.dashes | trait.percent | trait.paren | trait.space | trait.angle | trait.greater | trait.brace;

/** Reads the text as a command line into which it was pasted. */
export function judgeShell(text: string, traits: number): Verdict | undefined {
  if ((traits & needed) === 0) return undefined;
  const tally = new Tally();
  judgeShapes(tally, text, traits);
  if ((traits & trait.brace) !== 0) judgeBraces(tally, text);
  const commands = tokenizeShell(text);
  commands.forEach((command, at) => judgeCommand(tally, command, commands[at - 1], text));
  return tally.verdict('shell');
}

function judgeCommand(tally: Tally, command: ShellCommand, previous: ShellCommand | undefined, text: string): void {
  const name = command.words[0]?.replace(/^[({!@"']+|[)}"']+$/g, '');
  if (name === undefined || name === '') return;
  const rank = programRank(name);
  const binary = /^\/(?:usr\/(?:local\/)?)?s?bin\/[\w?*[\]-]+$/.test(name) || /^[a-z]:\\(?:\S+\\)?\w+\.(?:exe|bat|cmd)$|^%comspec%$|^\\windows\\/.test(name);
  if (rank === 0 && !binary) return judgeGlobbed(tally, name, command);
  const given = argumentsWeight(command.words);
  const strength = rank === 2 || binary ? 2 : 1;
  if (command.before === '') judgeFirst(tally, command, { strength, given, binary });
  else if (command.before === '`' || command.before === '$(' || command.before === '<(' || command.before === '>(') judgeSubstitution(tally, command, { strength, given, binary }, text);
  else if (command.before !== ')') judgeSeparated(tally, command, previous, { strength, given, binary });
  if (command.disguised) tally.support('hides the name of a program from filters', 1.5);
  if (command.redirects && given > 0) tally.support('redirects its output', 1);
}

interface Weights {
  /** 2 for a name that means nothing else, 1 for a word. */
  readonly strength: number;
  readonly given: number;
  readonly binary: boolean;
}

/** `/usr/bin/id|`, `ping -i 30 127.0.0.1`: a command line from the first character. */
function judgeFirst(tally: Tally, { words, behind, disguised }: ShellCommand, { strength, given, binary }: Weights): void {
  if (binary && /^[|;&\n]/.test(behind)) return tally.add('starts a program by its path and goes on', 3);
  if (binary && words.length > 1) return tally.add('starts a program by its path', given > 0 ? 3 : 1.5);
  if (disguised && strength === 2) return tally.add('starts a program whose name is broken up', 2);
  if (strength === 2 && given >= 2) return tally.add('is a command line', 2.2 + (given > 2 ? 1 : 0));
  if (strength === 2 && given === 1 && behind !== '') tally.add('is a command line', 1.5);
}

/** `;id`, `| cat /etc/passwd`, `&& dir c:\`. */
function judgeSeparated(tally: Tally, { before, behind, words, spaced }: ShellCommand, previous: ShellCommand | undefined, { strength, given, binary }: Weights): void {
  const leads = previous === undefined || isFiller(previous.words);
  const alone = words.length === 1;
  const ends = behind === '' || /^[;|&#\n]/.test(behind);
  if (binary) return tally.add('starts a program by its path behind a separator', 3);
  if (given >= 1 && strength === 2) return tally.add('starts a program with arguments behind a separator', given >= 2 || leads || !spaced ? 3.2 : 2);
  if (given >= 2) return tally.add('may start a program with arguments behind a separator', leads ? 3 : 2);
  // A cell of a table.
  if (spaced && alone && before === '|' && behind === '|') return strength === 2 ? tally.add('names a program behind a separator', 2) : undefined;
  const meant = before.length === 2 || !spaced || (behind !== '' && behind !== '|');
  if (leads && alone && ends) return tally.add('starts a program behind a separator', aloneWeight(strength, meant));
  if (leads && given >= 1) return tally.add('may start a program with arguments behind a separator', 2.2);
  if (alone && strength === 2 && ends && !spaced && before !== '&') tally.add('names a program behind a separator', behind === '' ? 1.6 : 2.2);
}

/** Nothing, or what closes the value before: `1`, `'`, `)`. */
function isFiller(words: readonly string[]): boolean {
  return words.length === 0 || (words.length === 1 && /^["')\]\d.,+-]*$/.test(words[0] ?? ''));
}

/** Of a name that stands alone behind its separator. */
function aloneWeight(strength: number, meant: boolean): number {
  if (strength === 2) return 3.2;
  return meant ? 3 : 1.8;
}

/** `$(id)`, `` `id` ``; the backticks of Markdown stand between spaces in prose. */
function judgeSubstitution(tally: Tally, { before, words }: ShellCommand, { strength, given, binary }: Weights, text: string): void {
  const closed = before === '`' ? text.split('`').length > 2 : text.includes(')');
  if (!closed) return;
  if (before === '`' && isMarkdown(text)) return tally.add('quotes a command in backticks', 1);
  if (strength === 2 || binary) tally.add('substitutes the output of a program', 3.2);
  else if (given > 0 || words.length === 1) tally.add('substitutes the output of what may be a program', words.length === 1 && before === '`' ? 3 : 2.4);
}

function isMarkdown(text: string): boolean {
  if (/^["'\s;|&]*`[^`]*`["'\s;|&]*$/.test(text)) return false;
  if (/^\s*(?:[-*+>]|\d+\.)\s+`|`[.:,]$|``[^`]/.test(text)) return true;
  return /(?:^|[\s(|*_/>,["'])`[^`]+`(?:$|[\s)|*_/<.,:;?!\]"'])/.test(text) && /\p{L}{2}/u.test(text.replaceAll(/`[^`]*`/g, ''));
}

/** Globs that name a program without its letters: `/???/c?t`, `/bin/c*t`. */
function judgeGlobbed(tally: Tally, name: string, { words, before }: ShellCommand): void {
  if (/^\/(?:bin|usr|sbin|etc|opt|(?=[\w[\]?*]*[?*[])[\w?*[\]]+)\/(?:[\w?*[\]/-]*\/)?(?=[^/]*[?*[])[\w?*[\]-]{2,}$/.test(name) && !/\/\*+$/.test(name) && (words.length > 1 || before !== '')) tally.add('names a program by wildcards', before === '' ? 2 : 3);
}

/** How much the words behind a program look like its arguments: 0 prose or nothing, 1 perhaps, 2 surely. */
function argumentsWeight(words: readonly string[]): number {
  let weight = 0;
  for (const word of words.slice(1)) {
    if (/^\/(?:etc|proc|var|tmp|dev|bin|usr|home|root|opt|sys)\b|^[a-z]:[\\/]|^%\w+%|^\.\.?\/|\/etc\/|win\.ini|boot\.ini/.test(word)) weight += 3;
    else if (/^--?[a-z]|^\/[a-z]$|^(?:https?|ftp):\/\/|^\d{1,3}(?:\.\d{1,3}){3}$|^[\w.-]+\.(?:sh|php|py|pl|exe|txt|conf|log|ps1)$/.test(word)) weight += 2;
    else if (/^(?:\d{1,5}|\*|~\S*|-\d+|\.|\w+=\S+|\$\w+|\/\S+|\$\(\S*|-)$/.test(word)) weight += 1;
  }
  return words.length === 1 ? 0 : weight;
}

/** `{cat,/etc/hosts}`, `{,ifconfig}`: braces that expand to a command line. */
function judgeBraces(tally: Tally, text: string): void {
  const inside = /(?:^|[;|&\s`(])\{([^{}\s"':;]{0,60},[^{}\s"':;]{0,200})\}/.exec(text)?.[1];
  const name = (inside ?? '').split(',').find((word) => word !== '')?.replaceAll(/["'\\]|\$[\w@*]/g, '').toLowerCase() ?? '';
  if (name.length > 1 && programRank(name) === 2) tally.add('writes a command in braces', 3);
}

/** Constructions that are a shell's own. */
const shapes: readonly (readonly [pattern: RegExp, what: string, weight: number])[] = [
  [/\(\)\s*\{\s*:?\s*;?\s*[:_a-z]?[^}]{0,40}\}\s*;/, 'defines a function as Shellshock does', 4],
  [/\/dev\/(?:tcp|udp)\/[\w.-]+\/\d+/, 'opens a connection through /dev/tcp', 4],
  [/\$\{?IFS\b/, 'uses the shell’s separator for a space', 2.5],
  [/\b(?:ba|z|k|c|da)?sh\s+-[ic]{1,2}\b|\b(?:nc|ncat|netcat)\b\s[^|;]{0,40}-[a-z]*e\b/, 'starts a shell', 3.2],
  [/\bpowershell(?:\.exe)?\b[^\n]{0,60}\s-(?:e|enc\w*|nop\w*|noni\w*|w|windowstyle|c|command|ep|exec\w*|f|file)\b/i, 'starts PowerShell with arguments', 4],
  [/\bcmd(?:\.exe)?\s*\/[ckr]\b/i, 'starts the command interpreter of Windows', 3.5],
  [/(?:^|[;|&\s])(?:wget|curl|fetch|lwp-download)\s[^;|:]{0,60}(?:https?|ftp):\/\/[^|\s]{1,120}[^|]{0,20}\|\s*(?:\S*\/)?(?:ba|z|k|da)?sh\b/i, 'fetches a script and runs it', 4],
  [/\b(?:python[23]?|perl|ruby|php|node|lua)\d?\s+-[a-z]*[ecr]\b/i, 'gives an interpreter a program', 3],
  [/[0-9&]?>\s*&?\s*(?:\/dev\/null|\/tmp\/|\/var\/www)|2>&1/, 'redirects output', 1.5],
  [/<<<\s*['"$\w]/, 'uses a here-string', 1.2],
  [/(?:^|[^\w$])\$'(?:\\x[0-9a-f]{2}|\\[0-7]{3}|\w)+'/i, 'hides text in escapes of the shell', 2.5],
  [/\$\{[a-z_]\w{0,20}(?::\d|[#%/]|:?[-+=?]|\^\^|,,|@[PQ])[^}]{0,40}\}/i, 'cuts text out of variables', 2],
  [/\$\(\(|\$\(\s*<|\$\([^)]{0,40}\|\s*\w/, 'substitutes a command', 2],
  [/%(?:comspec|systemroot|programfiles|windir|appdata|programdata)(?::~[-\d,]+)?%/i, 'uses a variable of Windows', 2],
  [/\b(?:certutil(?:\.exe)?\s+-(?:urlcache|decode)|bitsadmin\s+\/transfer|regsvr32\s+\/|rundll32\s+\S+,|mshta\s+(?:https?|javascript|vbscript):|wmic\s+(?:process|os|\/node))/i, 'misuses a tool of Windows', 4],
  [/\b(?:net\s+(?:user|localgroup|share|view|group)\b|reg\s+(?:add|query|save)\s+hk|schtasks\s+\/(?:create|query|run)|sc\s+(?:create|config|query)\b)/i, 'administers Windows', 2.2],
  [/\bfor\s+(?:\/[dlrf]\s+(?:"[^"]{0,80}"\s+|\S{1,80}\s+)?)?%{1,2}\S{1,20}\s+in\s*\([^)]{0,200}\)\s*do\b/i, 'loops as the command interpreter of Windows does', 3.5],
  [/\bif\s+(?:\/i\s+)?(?:not\s+)?(?:(?:exist|defined|errorlevel|cmdextversion)\s+\S{1,80}\s+(?:\(|echo|set|goto|call|exit|del|start|cmd|dir|type|rem|copy|md|rd)\b|\S{1,60}\s*(?:==|\s(?:equ|neq|lss|leq|gtr|geq)\s)\s*\S{1,60}\s+(?:\(|echo|set|goto|call|exit|del|start|cmd|dir|type|rem|copy|md|rd)\b)/i, 'branches as the command interpreter of Windows does', 3],
  [/\$\{?(?:SHELL|BASH|0)\}?\s+-c\b/, 'starts a shell', 3.2],
  [/(?:^|[;|&\n]\s{0,4})alias\s+(?:-\w+\s+)*['"]?[\w]+['"]?=/, 'gives a program another name', 2.4],
  [/^\s*>{1,2}\s*\/(?:tmp|var|etc|dev|home|root)\//, 'writes a file', 3],
  [/(?:^|[^\w.-])dir[\s+]+(?:\/[a-z]\s*)*[a-z]:(?:[\\/|"+&;]|$)|(?:^|[^\w.-])type[\s+]+(?:[a-z]:\\|%\w+%)/i, 'lists or prints files of Windows', 3],
];

function judgeShapes(tally: Tally, text: string, traits: number): void {
  for (const [pattern, what, weight] of shapes) if (pattern.test(text)) tally.add(what, weight);
  if ((traits & trait.dashes) !== 0 || text.includes('-')) {
    const found = cmdlets.exec(text);
    if (found === null) return;
    const behind = text.slice(found.index + found[0].length, found.index + found[0].length + 40);
    const used = /^\s*(?:-\w|\(|['"$@]|https?:|[a-z]:\\|\.\\)/i.test(behind) || /^(?:iex|download|frombase64)/i.test(found[0]);
    tally.add('calls a cmdlet of PowerShell', used ? 3.2 : 1.8);
  }
}
