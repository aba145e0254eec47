/** What a comment in a test file says about the line after it. */
export interface Annotation {
  readonly kind: 'ruleid' | 'ok' | 'todoruleid' | 'todook';
  readonly rule: string;
  /** The line that is meant, from 1. */
  readonly line: number;
}

const comment = /^\s*(?:#|\/\/|<!--|\(\*|\/\*|\{\/\*|--|;|%|\{#|\{\{!)\s*(ruleid|ok|todoruleid|todook)\s*:\s*(.*)$/;
const mostAnnotations = 50_000;

/** Reads `ruleid:` and `ok:` comments that stand alone on their line; several rules are told apart by commas. */
export function readAnnotations(text: string): Annotation[] {
  const annotations: Annotation[] = [];
  text.split('\n').forEach((line, at) => {
    if (line.length > 2_000 || annotations.length > mostAnnotations) return;
    const found = comment.exec(line);
    if (found === null) return;
    const names = (found[2] as string).replace(/(?:-->|\*\)|\*\/\}?|#\}|\}\}|%\})?\s*$/, '');
    for (const name of names.split(',')) {
      const rule = name.trim().split(/\s/)[0] ?? '';
      if (rule !== '') annotations.push({ kind: found[1] as Annotation['kind'], rule, line: at + 2 });
    }
  });
  return annotations;
}

/** Whether an annotation is about a rule: by its id, or by a longer name that ends in it. */
export function isAbout(annotation: Annotation, id: string): boolean {
  return annotation.rule === id || annotation.rule.endsWith(`.${id}`);
}

export interface LineVerdict {
  readonly line: number;
  /** `missing`: due and not reported; `unwanted`: reported where `ok` stands; `unexpected`: reported where nothing is said. */
  readonly wrong: 'missing' | 'unwanted' | 'unexpected' | undefined;
}

/** Holds what a rule reported against what the file says: a line for each `ruleid` and `ok`, and for each report that nothing speaks of. */
export function judgeLines(annotations: readonly Annotation[], id: string, reported: ReadonlySet<number>): LineVerdict[] {
  const own = annotations.filter((annotation) => isAbout(annotation, id));
  const lines = new Map<number, LineVerdict>();
  for (const { kind, line } of own) {
    if (kind === 'ruleid') lines.set(line, { line, wrong: reported.has(line) ? undefined : 'missing' });
    else if (kind === 'ok') lines.set(line, { line, wrong: reported.has(line) ? 'unwanted' : undefined });
  }
  const spoken = new Set(own.map(({ line }) => line));
  for (const line of reported) if (!spoken.has(line)) lines.set(line, { line, wrong: 'unexpected' });
  return [...lines.values()].sort((a, b) => a.line - b.line);
}
