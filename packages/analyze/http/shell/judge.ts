import { trait } from '../traits.ts';
import { Tally, type Verdict } from '../verdict.ts';
import { cmdlets, programRank } from './commands.ts';
import { shapes } from './shapes.ts';
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
  const name = command.words[0]?.replace(/^[({!@"']+|[)}"']+$|(?<=^[a-z]{3,16})\/[a-z?]$/g, '');
  if (name === undefined || name === '') return;
  const rank = programRank(name);
  const binary = /^\/(?:usr\/(?:local\/)?)?s?bin\/[\w?*[\]-]+$/.test(name) || /^[a-z]:\\(?:\S+\\)?\w+\.(?:exe|bat|cmd)$|^%comspec%$|^\\windows\\/.test(name);
  if (rank === 0 && !binary) return judgeGlobbed(tally, name, command);
  const given = argumentsWeight(command.words);
  const strength = rank === 2 || binary ? 2 : 1;
  if (command.before === '') judgeFirst(tally, command, { strength, given, binary });
  else if (command.before === '`' || command.before === '$(' || command.before === '<(' || command.before === '>(') judgeSubstitution(tally, command, { strength, given, binary }, text);
  else if (command.before !== ')') judgeSeparated(tally, command, previous, { strength, given, binary });
  if (startsElsewhere(previous) && command.before !== '' && command.before !== '|') tally.add('changes its folder and starts a program', 3.2);
  if (command.disguised) tally.support('hides the name of a program from filters', 1.5);
  if (command.redirects && given > 0) tally.support('redirects its output', 1);
}

/** `cd /tmp;`, `cd ..&&`: nothing but a command line begins like this. */
function startsElsewhere(previous: ShellCommand | undefined): boolean {
  return previous?.words[0] === 'cd' && previous.words.length === 2 && /^(?:\/|~|\.\.|[a-z]:\\)/.test(previous.words[1] ?? '');
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
function judgeSeparated(tally: Tally, command: ShellCommand, previous: ShellCommand | undefined, { strength, given, binary }: Weights): void {
  const leads = previous === undefined || isFiller(previous.words, strength === 2);
  if (binary) return tally.add('starts a program by its path behind a separator', 3);
  if (given >= 1 && strength === 2) return tally.add('starts a program with arguments behind a separator', given >= 2 || leads || !command.spaced ? 3.2 : 2);
  const done = strength === 2 && leads ? doneWith(command) : undefined;
  if (done !== undefined) return tally.add(`starts a program ${done} behind a separator`, 3);
  if (given >= 2) return tally.add('may start a program with arguments behind a separator', leads ? 3 : 2);
  judgeNamed(tally, command, leads, strength, given);
}

/** A program whose arguments, where it has any, say little. */
function judgeNamed(tally: Tally, { before, behind, words, spaced }: ShellCommand, leads: boolean, strength: number, given: number): void {
  const alone = words.length === 1;
  const ends = behind === '' || /^[;|&#\n]/.test(behind);
  // A cell of a table.
  if (spaced && alone && before === '|' && behind === '|') return strength === 2 ? tally.add('names a program behind a separator', 2) : undefined;
  const meant = before.length === 2 || !spaced || (behind !== '' && behind !== '|');
  if (leads && alone && ends) return tally.add('starts a program behind a separator', aloneWeight(strength, meant));
  if (leads && given >= 1) return tally.add('may start a program with arguments behind a separator', 2.2);
  if (alone && strength === 2 && ends && !spaced && before !== '&') tally.add('names a program behind a separator', behind === '' ? 1.6 : 2.2);
}

/** What nobody does by chance with the name of a program. */
function doneWith({ disguised, redirects }: ShellCommand): string | undefined {
  return disguised ? 'whose name is broken up' : redirects ? 'and redirects' : undefined;
}

/** Nothing, or what closes the value before (`1`, `'`, `)`); before a certain program also an address or the name of a file. */
function isFiller(words: readonly string[], certain: boolean): boolean {
  const [only = ''] = words;
  return words.length === 0 || (words.length === 1 && (/^["')\]\d.,+-]*$|^\w{1,30}=$/.test(only) || (certain && /[.@]/.test(only))));
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
    else if (/^(?:(?:[a-z0-9-]{1,40}\.){1,4}[a-z]{2,10}|\d{1,5}|\*|~\S*|-\d+|\.|\w+=\S+|\$\w+|\/\S+|\$\(\S*|-)$/.test(word)) weight += 1;
  }
  return words.length === 1 ? 0 : weight;
}

/** `{cat,/etc/hosts}`, `{,ifconfig}`: braces that expand to a command line. */
function judgeBraces(tally: Tally, text: string): void {
  const inside = /(?:^|[;|&\s`(])\{([^{}\s"':;]{0,60},[^{}\s"':;]{0,200})\}/.exec(text)?.[1];
  const name = (inside ?? '').split(',').find((word) => word !== '')?.replaceAll(/["'\\]|\$[\w@*]/g, '').toLowerCase() ?? '';
  if (name.length > 1 && programRank(name) === 2) tally.add('writes a command in braces', 3);
}

function judgeShapes(tally: Tally, text: string, traits: number): void {
  for (const [pattern, what, weight, needs] of shapes) if ((traits & needs) !== 0 && pattern.test(text)) tally.add(what, weight);
  if ((traits & trait.dashes) !== 0 || text.includes('-')) {
    const found = cmdlets.exec(text);
    if (found === null) return;
    const behind = text.slice(found.index + found[0].length, found.index + found[0].length + 40);
    const used = /^\s*(?:-\w|\(|['"$@]|https?:|[a-z]:\\|\.\\)/i.test(behind) || /^(?:iex|download|frombase64)/i.test(found[0]);
    tally.add('calls a cmdlet of PowerShell', used ? 3.2 : 1.8);
  }
}
