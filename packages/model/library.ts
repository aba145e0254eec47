import type { Language } from './ir.ts';
import type { SourceKind } from './program.ts';

/**
 * What is known of a library that the program does not contain: `content/libraries/<language>/<id>.yaml`. Everything in it is told by
 * API paths; `specs/code.md` says what their steps mean.
 */
export interface LibraryKnowledge {
  readonly id: string;
  readonly language: Language;
  readonly title: string;
  /** The versions that it was written for; empty for parts of a language. */
  readonly versions: string;
  readonly references: readonly string[];
  readonly sources: readonly ApiSource[];
  readonly sinks: readonly ApiSink[];
  readonly summaries: readonly ApiSummary[];
  readonly sanitizers: readonly ApiSanitizer[];
  readonly guards: readonly ApiGuard[];
  readonly views: readonly ApiView[];
  readonly answers: readonly ApiAnswer[];
  /** Whatever is at `path` is at `is` too: what a call gives, a subclass, a module under another name. */
  readonly same: readonly { readonly path: ApiPath; readonly is: ApiPath }[];
  /** What a framework calls that is handed to it by its place or its form. */
  readonly conventions: readonly ApiConvention[];
}

/** One step on the way from a module to a thing. Alternatives (`{a,b}`) are kept together. */
export type ApiStep =
  /** JavaScript: a module, Java: a qualified class, Python: the first part of a module's name. `global`: what the language gives; `*`: a value of which nothing is known. */
  | { readonly kind: 'root'; readonly names: readonly string[] }
  | { readonly kind: 'member'; readonly names: readonly string[] }
  /** Any member. */
  | { readonly kind: 'any' }
  /** What a call gives. */
  | { readonly kind: 'result' }
  /** An instance made from the class. */
  | { readonly kind: 'instance' }
  /** What the program passes there. */
  | { readonly kind: 'argument'; readonly at: number | '*' | `keyword:${string}` }
  /** What a function of the program gets there, when the library calls it. */
  | { readonly kind: 'parameter'; readonly at: number | '*' }
  /** The receiver that a function of the program gets, when the library calls it. */
  | { readonly kind: 'this' }
  /** An element or value of what it holds. */
  | { readonly kind: 'element' }
  /** What a promise, future or coroutine gives. */
  | { readonly kind: 'await' };

export type ApiPath = readonly ApiStep[];

/**
 * A place at a call, and from there on into what lies there. `later`: the argument `at` and all after it; `any`: every argument;
 * `assigned`: what is stored in the member that the path names; `returned`: what the program's function that the path names gives back.
 */
export type Place = (
  | { readonly base: 'argument' | 'later'; readonly at: number }
  | { readonly base: 'keyword'; readonly name: string }
  | { readonly base: 'any' | 'this' | 'result' | 'assigned' | 'returned' }
) & {
  /** Members, `any`, `element`, `await`, `instance`, `parameter` and `result` only. */
  readonly steps: readonly ApiStep[];
};

export interface ApiSource {
  readonly path: ApiPath;
  readonly kind: SourceKind;
  /** Classes that such input cannot harm: the path of a page's own address leads to no other site. */
  readonly except: readonly string[];
  /** True: only where the program declares the parameter as text, as a collection or as a class of its own, without a mark that fills it from elsewhere. */
  readonly declared: boolean;
}

export interface ApiSink {
  /** What is called; ends in an instance where it is the making of one. */
  readonly path: ApiPath;
  /** Untrusted input at one of these is a finding. */
  readonly arguments: readonly Place[];
  /** The rule's id without `code/`. */
  readonly class: string;
  /** All of them must hold. */
  readonly when: readonly CallCondition[];
  /** An attacker gains less here than at the other sinks of its class: told by itself only where the same input reaches none of those. */
  readonly lesser: boolean;
}

/** What comes out of what goes in. Without one a call of a known module gives nothing on. */
export interface ApiSummary {
  readonly path: ApiPath;
  readonly from: readonly Place[];
  readonly to: readonly Place[];
  /** True where `to` is the very object of `from`, not something made from it. */
  readonly same: boolean;
  /** Classes for which what comes out in this way is harmless. */
  readonly except: readonly string[];
}

/** The call's result is no longer dangerous for these classes. Where no summary says otherwise, all arguments go into the result. */
export interface ApiSanitizer {
  readonly path: ApiPath;
  readonly classes: Classes;
  readonly when: readonly CallCondition[];
}

/** A call that says whether a value is safe. */
export interface ApiGuard {
  readonly path: ApiPath;
  readonly argument: Place;
  /** What the call gives where the value is safe; `return`: it is safe after the call, because it throws otherwise. */
  readonly when: boolean | 'return';
  readonly classes: Classes;
}

/** A call that renders a template of the program. */
export interface ApiView {
  readonly path: ApiPath;
  /** Which: the end of its path, with or without extension. The first of these that is a text; `this`: what the thing that it is called on was asked for. */
  readonly name: readonly Place[];
  /** What the template sees, by name. */
  readonly locals: readonly Place[];
  /** True: it sees what is passed by name, too. */
  readonly named: boolean;
  /** What it sees besides. */
  readonly globals: readonly { readonly name: string; readonly is: ApiPath }[];
  /** Endings of names whose outputs are encoded; `all` for all. */
  readonly encodes: 'all' | readonly string[];
  /** The call renders nothing: it hands what lies here over, under the name, to templates that the same function renders or gives back the names of. */
  readonly sets: readonly Place[];
  /** What the program puts into members of these is seen by all templates that are rendered so, by the same names. */
  readonly shared: readonly ApiPath[];
}

/** A call or store that says what kind of content the answer has on which it is made. */
export interface ApiAnswer {
  readonly path: ApiPath;
  /** The media type, or a name for one (`json`, `.txt`). Without it no browser shows the answer as a page, whatever it holds. */
  readonly media?: Place;
  readonly when: readonly CallCondition[];
}

/** Functions that a framework calls without being told in code. */
export type ApiConvention =
  /** It finds them by the place of their file. */
  | {
    /** Globs on paths relative to the package's folder. */
    readonly files: readonly string[];
    /** Names of what the file exports; `default`, and `*` for everything. */
    readonly exports: readonly string[];
    /** Where the framework takes it: a path that ends in an argument. */
    readonly is: ApiPath;
  }
  /** They take parameters of such names, one after the other. */
  | { readonly parameters: readonly (readonly string[])[]; readonly is: ApiPath };

/** A test on a value at a call, as far as the analysis knows the value. What is not known fulfils `not` and `mayMatch` only. */
export interface CallCondition {
  readonly argument: Place;
  readonly test: ValueTest;
}

/** All that are given must hold. */
export interface ValueTest {
  /** It is a constant, and one of these. */
  readonly is?: readonly ConstantValue[];
  /** It is not known to be one of these. */
  readonly not?: readonly ConstantValue[];
  /** It is a constant text in which this regular expression (flag `i`) is found. */
  readonly matches?: string;
  /** It is not known to be a constant text in which this regular expression (flag `i`) is not found. */
  readonly mayMatch?: string;
  /** It is a text that is known to begin so, however it goes on. */
  readonly begins?: string;
  /** True: it is known to be text, and no other object. */
  readonly text?: boolean;
  /** It is a constant number below, or above. */
  readonly below?: number;
  readonly above?: number;
  /** True: the call passes nothing there, or an object that is known as a whole and lacks it. False: it is known to be there, whatever it is. */
  readonly absent?: boolean;
  /** It is a regular expression with a loop that one text can go through in exponentially many ways. */
  readonly ambiguous?: boolean;
  /** True: made of constants only (a literal, or bytes of one). */
  readonly constant?: boolean;
  /** It comes from one of these APIs. */
  readonly from?: readonly ApiPath[];
  /** It is what a call of such a method gave, or a chain of calls on that; a condition on `this` is about what the method was called on. */
  readonly made?: MethodCall;
  /** It is an object on which the program calls this method in this way, too. */
  readonly with?: MethodCall;
  /** It is an object on which the program nowhere calls this method in this way. */
  readonly without?: MethodCall;
  /** It is an object in which (or in a member of which) the program nowhere stores a text that does not match under one of these names: `response.headers['Content-Type'] = 'text/plain'`. */
  readonly unset?: { readonly names: readonly string[]; readonly mayMatch: string };
}

/** A call of a method with one of these names; `new`: of a constructor. */
export interface MethodCall {
  readonly names: readonly string[];
  readonly when: readonly CallCondition[];
}

/** Classes of rules (ids without `code/`); `except`: all but these. */
export type Classes = 'all' | readonly string[] | { readonly except: readonly string[] };

export type ConstantValue = string | number | boolean | null;
