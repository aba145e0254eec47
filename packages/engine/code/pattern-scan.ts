import { isUtf8 } from 'node:buffer';
import type { UnitMatch } from '#analyze/analyzer.ts';
import { buildAutomaton } from '#analyze/automaton.ts';
import { needsOf } from '#analyze/patterns/needs.ts';
import { languages as programLanguages } from '#formats/library.ts';
import type { Document } from '#model/artifact.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Persona } from '#model/severity.ts';
import { PatternList } from '#sources/ignore/patterns.ts';
import { CodeLines } from './code-text.ts';
import { isAnyText, isOfLanguage, languageOf } from './pattern-languages.ts';
import { toMatch } from './pattern-match.ts';
import { mistakesIn, type PatternMistake } from './pattern-mistakes.ts';
import { PatternTarget, runsLanguage } from './pattern-run.ts';
import type { PatternUnit } from './pattern-units.ts';
import { isMachineMade, isThirdParty, personaByRole, roleOf } from './roles.ts';
import { testParts } from './test-parts.ts';

/** Files larger than this are data or made by machines, and cost more than rules about form are worth. */
const largestText = 4 * 1024 * 1024;

const analysed: ReadonlySet<string> = new Set([...programLanguages, 'typescript']);

export interface PatternScanOptions {
  readonly onForeignRule?: (index: number) => void;
  readonly skip?: ReadonlySet<string>;
  /** Comparisons of all rules on one document. */
  readonly mostSteps?: number;
  /** The clock, for what comparisons do not count. */
  readonly overTime?: () => boolean;
}

interface Prepared {
  readonly unit: PatternUnit;
  /** Its number among all rules, for the watchdog; undefined for our own, which run without one. */
  readonly at: number | undefined;
  readonly languages: readonly string[];
  /** Numbers of literals, clause by clause. */
  readonly needs: readonly (readonly number[])[];
  readonly include: PatternList | undefined;
  readonly exclude: PatternList | undefined;
}

/** Rules in Semgrep's syntax: forms of our own rules, and what the user brought, with where these begin in the count of all rules. */
export interface PatternUnits {
  readonly own: readonly PatternUnit[];
  readonly foreign: readonly PatternUnit[];
  readonly firstForeign: number;
}

/** Runs rules in Semgrep's syntax on one document after the other; a text is parsed only when a rule may match in it. */
export class PatternScanner {
  private readonly prepared: readonly Prepared[];
  private readonly automaton;
  private readonly literals: number;

  constructor({ own, foreign, firstForeign }: PatternUnits) {
    const numbers = new Map<string, number>();
    const numberOf = (word: string): number => {
      const number = numbers.get(word) ?? numbers.size;
      numbers.set(word, number);
      return number;
    };
    this.prepared = [...own, ...foreign].map((unit, at) => ({
      unit,
      at: at < own.length ? undefined : firstForeign + at - own.length,
      languages: [...new Set(unit.pattern.languages.map(languageOf))].filter(runsLanguage),
      needs: needsOf(unit.pattern).map((words) => words.map(numberOf)),
      include: listOf(unit.pattern.paths?.include),
      exclude: listOf(unit.pattern.paths?.exclude),
    }));
    this.automaton = buildAutomaton([...numbers.keys()]);
    this.literals = numbers.size;
  }

  scan(doc: Document, options: PatternScanOptions = {}): { readonly matches: readonly UnitMatch[]; readonly diagnostics: readonly Diagnostic[] } {
    const wanted = this.prepared.filter((prepared) => isWanted(prepared, doc) && options.skip?.has(prepared.unit.id) !== true);
    if (wanted.length === 0) return { matches: [], diagnostics: [] };
    if (doc.bytes.length > largestText) {
      return { matches: [], diagnostics: [{ code: 'pattern-too-large', path: doc.path, message: `larger than ${largestText >> 20} MiB; ${wanted.length} rules about its form were not run on it` }] };
    }
    const present = this.wordsOf(doc.bytes);
    const due = wanted.filter(({ needs }) => needs.every((clause) => clause.some((word) => present[word] === 1)));
    return due.length === 0 ? { matches: [], diagnostics: [] } : new DocumentScan(doc, options).run(due);
  }

  private wordsOf(bytes: Uint8Array): Uint8Array {
    const present = new Uint8Array(this.literals);
    if (this.literals > 0) this.automaton.scan(bytes, (literal) => void (present[literal] = 1));
    return present;
  }
}

function listOf(globs: readonly string[] | undefined): PatternList | undefined {
  return globs === undefined || globs.length === 0 ? undefined : new PatternList(globs.map((glob) => (glob.includes('/') && !glob.startsWith('/') && !glob.startsWith('**/') ? `**/${glob}` : glob)).join('\n'), false);
}

function isWanted({ at, languages, include, exclude }: Prepared, doc: Document): boolean {
  if (!languages.some((language) => isOfLanguage(language, doc.path, doc.traits))) return false;
  // Code of others, and code that a program wrote, is not what our own rules are about.
  if (at === undefined && (isThirdParty(doc.path) || isMachineMade(doc.path, doc.text, doc.generated))) return false;
  if (doc.generated && !languages.includes('regex')) return false;
  return (include === undefined || isListed(include, doc.path)) && (exclude === undefined || !isListed(exclude, doc.path));
}

/** A pattern that names a folder is about all that is in it. */
function isListed(list: PatternList, path: string): boolean {
  if (list.decide(path, false) === true) return true;
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) if (list.decide(path.slice(0, at), true) === true) return true;
  return false;
}

class DocumentScan {
  private readonly matches: UnitMatch[] = [];
  private readonly diagnostics: Diagnostic[] = [];
  private readonly doc: Document;
  private readonly options: PatternScanOptions;
  private readonly text: string;
  private readonly target: PatternTarget;
  private readonly lineSaid = new Set<string>();
  private ownLines: CodeLines | undefined;
  private tests: ReturnType<typeof testParts> | undefined;

  constructor(doc: Document, options: PatternScanOptions) {
    this.doc = doc;
    this.options = options;
    this.text = isUtf8(doc.bytes) ? Buffer.from(doc.bytes.buffer, doc.bytes.byteOffset, doc.bytes.byteLength).toString('utf8') : doc.text;
    this.target = new PatternTarget(this.text);
  }

  private get lines(): CodeLines {
    return (this.ownLines ??= new CodeLines(this.text));
  }

  run(due: readonly Prepared[]): { readonly matches: readonly UnitMatch[]; readonly diagnostics: readonly Diagnostic[] } {
    for (const [at, prepared] of due.entries()) {
      const reached = this.limitReached();
      if (reached !== undefined) {
        this.say('file-over-budget', `${due.length - at} rules about its form were not run on it: ${reached}`);
        break;
      }
      if (prepared.at !== undefined) this.options.onForeignRule?.(prepared.at);
      this.rule(prepared);
    }
    const { traits } = this.doc;
    const isAside = traits.test || traits.example || traits.documentation;
    const areOurs = due.every(({ at }) => at === undefined);
    for (const [language, { message, isSmall }] of this.target.gaps) {
      // Of languages that are analysed as programs, the analysis tells what it could not read.
      if (areOurs && analysed.has(language)) continue;
      const code = isAside || (areOurs && isSmall) ? 'pattern-partial' : 'pattern-unparsed';
      this.say(code, `not read as ${language} in whole: ${message}; rules see only what could be read`);
      // One sentence is enough of a file of which nobody asked how it is read.
      if (areOurs) break;
    }
    return { matches: this.matches, diagnostics: this.diagnostics };
  }

  /** Work is counted, so that the same file gives the same findings on a busy machine; the clock lies far behind it. */
  private limitReached(): string | undefined {
    const { mostSteps = Infinity, overTime } = this.options;
    if (this.target.steps > mostSteps) return `the others took ${mostSteps.toLocaleString('en')} comparisons; raise limits.file-steps or exclude the file`;
    return overTime?.() === true ? 'the time limit of rules about form for one file was reached; raise limits.file-ms or exclude the file' : undefined;
  }

  private rule({ unit, languages, at }: Prepared): void {
    const { doc } = this;
    const language = languages.find((one) => !isAnyText(one) && isOfLanguage(one, doc.path, doc.traits)) ?? languages.find((one) => isOfLanguage(one, doc.path, doc.traits));
    if (language === undefined) return;
    const mistakes = at === undefined ? [] : mistakesIn(unit.pattern, language);
    if (mistakes.length > 0) return this.wrong(unit, mistakes);
    const { matches, problem } = this.target.run(unit.pattern, language);
    if (problem !== undefined) this.say('rule-failed', `${unit.id} could not be run to its end on this file: ${problem}`, unit.id);
    const seen = new Set<string>();
    for (const match of matches) {
      const place = `${match.start} ${match.end}`;
      if (seen.has(place)) continue;
      seen.add(place);
      const told = toMatch(unit, match, { path: doc.path, lines: this.lines });
      if (at === undefined && !this.isFirst(`${unit.id} ${told.region.startLine}`)) continue;
      this.matches.push({ unit: unit.id, kind: 'rule', persona: at === undefined ? this.personaOf(unit, match.start, language) : unit.persona, match: told });
    }
  }

  /** Several forms of one rule may say the same of one line. */
  private isFirst(line: string): boolean {
    const before = this.lineSaid.size;
    return this.lineSaid.add(line).size > before;
  }

  private personaOf({ persona }: PatternUnit, start: number, language: string): Persona {
    this.tests ??= testParts(this.text, language);
    const isInTest = this.tests.some(([from, to]) => start >= from && start < to);
    return personaByRole(persona, isInTest ? 'test' : roleOf(this.doc.path, this.doc.traits));
  }

  /** A rule that is not what it is meant to be finds nothing, also where a part of it would. That is about the rule, whatever the file. */
  private wrong({ id, file, pattern }: PatternUnit, mistakes: readonly PatternMistake[]): void {
    for (const { message } of mistakes) this.diagnostics.push({ code: 'rule-invalid', rule: id, message: `rule ${pattern.id} not run: ${message}; \`watchward rules test\` says on which line`, ...(file === undefined ? {} : { path: file }) });
  }

  private say(code: Diagnostic['code'], message: string, rule?: string): void {
    this.diagnostics.push({ code, path: this.doc.path, message, ...(rule === undefined ? {} : { rule }) });
  }
}
