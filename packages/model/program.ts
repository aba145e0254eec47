import type { FactChange } from './code-fix.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { IrModule, Language } from './ir.ts';

/**
 * What flow analysis sees at once: all modules of one language below the scanned root, joined by what they import.
 * `analyzeProgram(program, knowledge, context)` in `packages/analyze/flow` is pure; everything here is plain data, so that it crosses threads.
 */
export interface Program {
  readonly language: Language;
  /** Sorted by path, so that the same tree gives the same numbers whatever the order in which it was read (A6). */
  readonly modules: readonly ProgramModule[];
  readonly packages: readonly ProgramPackage[];
}

export interface ProgramModule {
  readonly ir: IrModule;
  /** Index into `packages`. */
  readonly package: number;
  readonly role: ModuleRole;
  /** True when code outside the program can import it: what a package names as an entry, or everything where it names none. */
  readonly exposed: boolean;
  /** What the strings of `import` and `typed` instructions mean here. A string that is not in it could not be resolved: nothing is known of it. */
  readonly imports: ReadonlyMap<string, ImportTarget>;
  /** Python: modules that are members of this one because they lie in its folder, by name. Empty elsewhere. */
  readonly submodules: ReadonlyMap<string, number>;
}

/** `dependency`: a package that the program uses, followed on request. `script`: tools and configuration that no user's input reaches. */
export type ModuleRole = 'code' | 'test' | 'script' | 'dependency';

/** A module of the program (or one thing that it exports: a Java class, also a nested one as `Outer.Inner`), or a module outside of it. */
export type ImportTarget =
  | { readonly kind: 'module'; readonly module: number; readonly name?: string }
  /** `name` is the first step of an API path: `fs` (also for `node:fs`), `lodash/fp`, `java.sql.Statement`, `express.Request`. */
  | { readonly kind: 'external'; readonly name: string };

/** An import of one of several files: its text has a star where only the program knows the name. */
export function isPattern(text: string): boolean {
  return /^\.{1,2}\/.*\*/.test(text);
}

/** Under which each of the files that are meant stands among a module's imports. */
export function patternKey(text: string, path: string): string {
  return `${text}\n${path}`;
}

/** Who speaks to it: users of a running program, or programs that call what it exports. */
export type ThreatModel = 'application' | 'library';

export interface ProgramPackage {
  /** As its manifest names it; empty when it has none. */
  readonly name: string;
  /** Folder relative to the root, without a slash at its end; empty for the root. */
  readonly folder: string;
  /** With `library`, parameters of what exposed modules export are sources of the kind `parameter`, besides all others. */
  readonly threatModel: ThreatModel;
}

/** What the analysis may know besides the program; handed in, because the stage is pure. */
export interface ProgramContext {
  /** True once the program's time is spent; long loops ask it now and then, and give what they have. */
  overBudget(): boolean;
  /** Most entries that all sets of the solver hold together; what is more becomes `unknown` and is counted. */
  readonly mostFacts: number;
}

export type SourceKind = 'request' | 'argument' | 'environment' | 'file' | 'message' | 'page' | 'network' | 'database' | 'parameter';

/** A span of a module's text, in UTF-16 code units as in the IR. */
export interface CodeSpan {
  /** Index into `modules`. */
  readonly module: number;
  readonly start: number;
  readonly end: number;
}

/** Untrusted input that reaches a dangerous place. */
export interface FlowMatch {
  /** The rule's id without `code/`. */
  readonly class: string;
  readonly source: CodeSpan;
  readonly sourceKind: SourceKind;
  /** What the source is in a few words: `req.query`, `parameter "name" of what the package exports`. */
  readonly sourceLabel: string;
  readonly sink: CodeSpan;
  /** What is called there: `child_process.exec`. */
  readonly sinkLabel: string;
  /** From source to sink, both included; the shortest flow. Neighbours that lie on one line are one step. */
  readonly steps: readonly ProgramStep[];
  /** Further places of the class that the same input reaches, which are not told by themselves; some of them. */
  readonly also: readonly ProgramStep[];
  /** How often it passes through what many functions share (members of objects, variables): each time it may have been somebody else's. */
  readonly detours: number;
  /** True where it goes through a function that asks what is to be asked of such input. */
  readonly validated?: true;
  /** How often it goes into a function or out of one. */
  readonly crossings: number;
}

export interface ProgramStep extends CodeSpan {
  /** A sentence: what happens to the value here. */
  readonly message: string;
  /** Where it passes a check: what that is and why it does not suffice. */
  readonly check?: string;
}

/** A single call or use that is wrong by itself: `calls:` rules. */
export interface CallMatch {
  /** The rule's whole id. */
  readonly rule: string;
  readonly at: CodeSpan;
  /** The value that decided, where another place gives it. */
  readonly because?: ProgramStep;
  /** What would mend it, where its rule says so. */
  readonly changes?: readonly ProgramChange[];
}

/** A change and the place in which it is to be made: that of the call, read or assignment itself, or (`stored`) where an object gets the member. */
export interface ProgramChange extends CodeSpan {
  readonly change: FactChange;
  readonly stored: boolean;
}

export interface ProgramResult {
  /** One for each class and sink, sorted by module, start and class. */
  readonly flows: readonly FlowMatch[];
  /** Sorted by module, start and rule. */
  readonly calls: readonly CallMatch[];
  readonly statistics: ProgramStatistics;
  /** `path` is a module's; without one they are about the program. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface ProgramStatistics {
  readonly functions: number;
  readonly calls: number;
  /** Calls of which it is not known where they go. */
  readonly callsUnresolved: number;
  /** Calls to code outside of the program of which no API path says anything. */
  readonly callsUndescribed: number;
  /** Values that were looked at. */
  readonly values: number;
  /** How often a set that was full was given more: many for each value say that objects could not be told apart. */
  readonly overflows: number;
}
