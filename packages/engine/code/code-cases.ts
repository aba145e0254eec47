import { entriesOf } from '#formats/yaml.ts';
import type { Language } from '#model/ir.ts';
import type { ThreatModel } from '#model/program.ts';
import { languageOf, nameOfLanguage } from './pattern-languages.ts';
import { runsLanguage } from './pattern-run.ts';

/** A small program in which one rule must fire in one place, or must not. */
export interface CodeCase {
  /** `fires[2]`: where it stands in its file. */
  readonly name: string;
  /** One that patterns are run on; whole programs are analysed in some of them. */
  readonly language: string;
  /** The rule's id without `code/`. */
  readonly class: string;
  /** The line that the finding is on, from 1; undefined: the rule is silent about this program. */
  readonly line: number | undefined;
  /** The lines that the fix of the finding brings; null: none may be offered; without it the case says nothing of fixes. */
  readonly fixed?: string | null;
  readonly threatModel: ThreatModel;
  /** The program's files by path. `line` counts in the first. */
  readonly files: ReadonlyMap<string, string>;
}

const known = ['class', 'language', 'line', 'code', 'fixed', 'path', 'files', 'library'];

/** What the place of a file of cases says already: its library's language, or its rule's class. */
export interface CasesOf {
  /** For messages: `libraries/javascript/express`, `code/weak-hash`. */
  readonly unit: string;
  readonly language?: Language;
  readonly class?: string;
}

/** Reads decoded cases. Throws an `Error` that says which case is malformed and what it should be. */
export function readCodeCases(of: CasesOf, data: unknown): CodeCase[] {
  const top = entriesOf(data);
  if (top === undefined) throw new Error(`the cases of ${of.unit} must be a mapping with \`fires\` and \`silent\``);
  for (const key of top.keys()) if (key !== 'fires' && key !== 'silent') throw new Error(`the cases of ${of.unit} have an unknown list \`${key}\``);
  return (['fires', 'silent'] as const).flatMap((kind) => {
    const list = top.get(kind);
    if (!Array.isArray(list) || list.length === 0) throw new Error(`the cases of ${of.unit} lack the list \`${kind}\``);
    return list.map((item, at) => new CaseReader(of, `${kind}[${at}]`, item).read(kind === 'fires'));
  });
}

class CaseReader {
  private readonly fields: ReadonlyMap<string, unknown>;
  private readonly of: CasesOf;
  private readonly name: string;

  constructor(of: CasesOf, name: string, item: unknown) {
    this.of = of;
    this.name = name;
    this.fields = entriesOf(item) ?? this.fail('must be a mapping');
    for (const key of this.fields.keys()) if (!known.includes(key)) this.fail(`has the unknown member \`${key}\`; known: ${known.join(', ')}`);
  }

  read(fires: boolean): CodeCase {
    const language = this.language();
    const code = this.text('code');
    const path = this.fields.has('path') ? this.text('path') : nameOfLanguage(language);
    return {
      name: this.name,
      language,
      class: this.fields.has('class') || this.of.class === undefined ? this.text('class') : this.of.class,
      line: fires ? this.line(code) : undefined,
      ...(this.fields.has('fixed') ? { fixed: this.fixed(fires) } : {}),
      threatModel: this.fields.get('library') === true ? 'library' : 'application',
      files: new Map([[path, code], ...this.otherFiles()]),
    };
  }

  private language(): string {
    const given = this.fields.get('language') ?? this.of.language;
    return typeof given === 'string' && runsLanguage(given) && languageOf(given) === given ? given : this.fail('needs a `language`, such as javascript, java, python or go');
  }

  private otherFiles(): [string, string][] {
    const files = this.fields.get('files');
    if (files === undefined) return [];
    return [...(entriesOf(files) ?? this.fail('has `files` that are no mapping of paths to texts'))].map(([path, text]) =>
      typeof text === 'string' ? [path, text] : this.fail(`has the file ${path}, which is no text`));
  }

  /** A number, or what stands on one line only. */
  private line(code: string): number {
    const line = this.fields.get('line');
    const lines = code.split('\n');
    if (typeof line === 'number' && Number.isInteger(line) && line >= 1 && line <= lines.length) return line;
    if (typeof line !== 'string') return this.fail('needs a `line` within its code: a number, or a text that stands on that line only');
    const found = lines.flatMap((text, at) => (text.includes(line) ? [at + 1] : []));
    return found.length === 1 ? (found[0] as number) : this.fail(`has \`line: ${line}\`, which stands on ${found.length} lines of its code, not on one`);
  }

  /** `false` is told as none. */
  private fixed(fires: boolean): string | null {
    const fixed = this.fields.get('fixed');
    if (!fires) this.fail('has `fixed`, which goes with findings');
    return fixed === false ? null : typeof fixed === 'string' ? fixed.replace(/\n$/, '') : this.fail('has a `fixed` that is neither the lines that the fix brings nor false');
  }

  private text(key: string): string {
    const value = this.fields.get(key);
    return typeof value === 'string' && value.trim() !== '' ? value : this.fail(`needs \`${key}\`, a text`);
  }

  private fail(what: string): never {
    throw new Error(`case ${this.name} of ${this.of.unit} ${what}`);
  }
}
