/** One command of a command line, and what stands before and behind it. */
export interface ShellCommand {
  /** `''` at the start of the text; else `;`, `|`, `||`, `&`, `&&`, a newline, `$(`, `` ` ``, `<(`. */
  readonly before: string;
  /** The separator that ends it; `''` at the end of the text. */
  readonly behind: string;
  /** Words as the shell sees them: quotes, backslashes and empty expansions are gone; lower case. */
  readonly words: readonly string[];
  /** Quotes, backslashes or expansions stood inside the name of the program. */
  readonly disguised: boolean;
  /** White space between the separator before it and its name. */
  readonly spaced: boolean;
  readonly redirects: boolean;
}

const mostCommands = 40;
const mostWords = 24;
const longestWord = 256;
const separator = /\|\||&&|\$\(|[<>]\(|[;|&\n\r`)]/y;
/** Expansions that are empty or a space: `$@`, `${IFS}`, `$*`, `$1`. */
const blank = /\$(?:\{IFS[^}]{0,12}\}|IFS\$?\d?|\{#?[@*]\}|[@*!\d]|\{[a-z]{0,8}\})/iy;
/** A variable that nobody set, behind the name of a program or before it. */
const unset = /\$[a-z_]\w{0,8}(?=\s+\S)/iy;
const reference = /&(?:#x?[0-9a-f]{1,7}|[a-z]{2,8});/iy;

export function tokenizeShell(text: string): ShellCommand[] {
  return new Scanner(text).scan();
}

class Scanner {
  private readonly text: string;
  private readonly commands: ShellCommand[] = [];
  private at = 0;
  private before = '';
  private words: string[] = [];
  private word: string | undefined;
  private disguised = false;
  private spaced = false;
  private redirects = false;

  constructor(text: string) {
    this.text = text;
  }

  scan(): ShellCommand[] {
    while (this.at < this.text.length && this.commands.length < mostCommands) this.step();
    this.finish('');
    return this.commands;
  }

  private step(): void {
    const character = this.text.charAt(this.at);
    if (character === '&' && this.match(reference) !== undefined) return;
    separator.lastIndex = this.at;
    const found = separator.exec(this.text)?.[0];
    if (found !== undefined) {
      this.finish(found);
      this.before = found;
      this.at += found.length;
      return;
    }
    if (character === '$') return this.dollar();
    if (character === '\\') return this.escape();
    if (character === "'" || character === '"') return this.quoted(character);
    if (character === '>' || (character === '<' && (this.words.length > 0 || this.text.startsWith('<<<', this.at)) && this.text.charAt(this.at + 1) !== '/')) return this.redirect();
    this.at += 1;
    if (character === ' ' || character === '\t' || character === '+') return this.space(character);
    this.append(character);
  }

  /** A space, or the plus that stands for it in forms. */
  private space(character: string): void {
    if (character === '+' && this.word !== undefined && /\d$/.test(this.word)) return this.append(character);
    if (this.word === undefined && this.words.length === 0) this.spaced = true;
    this.endWord();
  }

  private redirect(): void {
    this.redirects = true;
    this.at += 1;
    this.endWord();
  }

  private dollar(): void {
    const found = this.match(blank) ?? (this.words.length === 0 && this.before !== '' ? this.match(unset) : undefined);
    if (found === undefined) {
      this.at += 1;
      return this.append('$');
    }
    this.disguised = true;
    if (/ifs/i.test(found)) this.endWord();
  }

  /** A backslash before a letter hides a name from filters; in a Windows path it is a path. */
  private escape(): void {
    const next = this.text.charAt(this.at + 1);
    if (this.word === undefined ? /[a-z]/i.test(next) : /^[a-z]{1,3}$/i.test(this.word) && /[a-z]/i.test(next) && !this.word.includes(':')) {
      this.at += 1;
      this.disguised = true;
      return;
    }
    this.at += 1;
    this.append('\\');
  }

  /** `c'a't` is `cat`. A quote that never closes is a quote. */
  private quoted(quote: string): void {
    const end = this.text.indexOf(quote, this.at + 1);
    const inside = end < 0 ? '' : this.text.slice(this.at + 1, end);
    if (end < 0 || inside.length > 24 || !/^[\w./\\:*?-]*$/.test(inside)) {
      this.at += 1;
      if (this.word === undefined) this.append('');
      return;
    }
    if (this.words.length === 0 && (this.word !== undefined || inside === '' || /\w/.test(this.text.charAt(end + 1)))) this.disguised = true;
    this.at = end + 1;
    this.append(inside);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private append(text: string): void {
    const word = this.word ?? '';
    if (word.length < longestWord) this.word = word + text;
  }

  private endWord(): void {
    if (this.word !== undefined && this.word !== '' && this.words.length < mostWords) this.words.push(this.word.toLowerCase());
    this.word = undefined;
  }

  private finish(behind: string): void {
    this.endWord();
    const { before, words, disguised, spaced, redirects } = this;
    this.commands.push({ before, behind, words, disguised, spaced, redirects });
    this.words = [];
    this.disguised = false;
    this.spaced = false;
    this.redirects = false;
  }
}
