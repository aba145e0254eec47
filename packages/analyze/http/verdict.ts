/** What the text would be if somebody's program took it for more than data. */
export const languages = ['sql', 'nosql', 'shell', 'html', 'script', 'path', 'template', 'ldap', 'xpath', 'xml', 'header', 'address', 'include', 'object', 'php'] as const;
export type Language = (typeof languages)[number];

/** One thing seen in the text, as a phrase for a person: 'closes a single quote'. It never holds a part of the text. */
export interface Clue {
  readonly what: string;
  readonly weight: number;
}

export interface Verdict {
  readonly language: Language;
  /** The sum of the clues' weights. */
  readonly score: number;
  /** In the order in which they were seen. */
  readonly clues: readonly Clue[];
}

/** What looks round and breaks nothing, where it is all that was seen. */
export const probes = { file: 'names a file of the system', code: 'is a class, a call or a loop of a program and nothing else' } as const;

/** From here on a text is an attack. Weights are set so that one certain sign, or two that each have an innocent reading, reach it. */
export const threshold = 3;

/** More clues than this explain nothing more. */
const mostClues = 8;

/** Adds up evidence for one language; what is seen twice counts once. */
export class Tally {
  /** Made when it is needed: most texts give no clue. */
  private clues: Map<string, number> | undefined;
  private total = 0;

  add(what: string, weight: number): void {
    this.clues ??= new Map();
    const known = this.clues.get(what);
    if (known !== undefined && known >= weight) return;
    if (known === undefined && this.clues.size >= mostClues) return;
    this.clues.set(what, weight);
    this.total += weight - (known ?? 0);
  }

  /** Supports what else was seen, and is nothing alone. */
  support(what: string, weight: number): void {
    if (this.total > 0) this.add(what, weight);
  }

  get score(): number {
    return this.total;
  }

  verdict(language: Language): Verdict | undefined {
    if (this.clues === undefined || this.total < threshold) return undefined;
    return { language, score: this.total, clues: [...this.clues].map(([what, weight]) => ({ what, weight })) };
  }
}

export function stronger(a: Verdict | undefined, b: Verdict | undefined): Verdict | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return b.score > a.score ? b : a;
}

/** One sentence: `closes a single quote, then compares two constants, then ends in a comment`. What is closed comes first, as in the text. */
export function explain({ clues }: Verdict): string {
  const phrases = clues.map(({ what }) => what);
  const isFirst = (what: string): boolean => /^(?:closes a |leaves )/.test(what);
  return [...phrases.filter(isFirst), ...phrases.filter((what) => !isFirst(what))].join(', then ');
}
