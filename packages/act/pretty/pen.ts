import type { Severity } from '#model/severity.ts';

type Style = (text: string) => string;

/** Styles for a terminal; without colour each gives its text back. Only the sixteen colours that a person's theme defines. */
export interface Pen {
  readonly bold: Style;
  readonly dim: Style;
  readonly good: Style;
  readonly alarm: Style;
  readonly place: Style;
  readonly severity: Readonly<Record<Severity, Style>>;
  readonly score: Readonly<Record<Severity, Style>>;
}

export function makePen(color: boolean): Pen {
  const style = (codes: string): Style => (color ? (text) => `\u001b[${codes}m${text}\u001b[0m` : (text) => text);
  return {
    bold: style('1'),
    dim: style('2'),
    good: style('1;32'),
    alarm: style('1;31'),
    place: style('1'),
    severity: { critical: style('1;31'), high: style('31'), medium: style('33'), low: style('34'), informational: style('2') },
    score: { critical: style('1;97;41'), high: style('1;31;7'), medium: style('33;7'), low: style('34;7'), informational: style('2;7') },
  };
}
