/** One character, which no template uses as a name. */
export const mark = '\u210c';
/** Outputs of one template that are looked at. */
const mostOutputs = 2_000;

/** A path of names. */
export const path = /^[A-Za-z_$][\w$]*(?:\.[\w$]+|\[(?:\d+|"[^"]*"|'[^']*')\])*$/;

/** A text of blanks, with lines as they were, into which parts of a program are put. */
export class Blank {
  private readonly units: string[];
  outputs = 0;

  /** `keeps`: what stands there is a program already. */
  constructor(text: string, keeps = false) {
    this.units = keeps ? text.split('') : [...Array(text.length).keys()].map((at) => (text[at] === '\n' || text[at] === '\r' ? (text[at] as string) : ' '));
  }

  put(at: number, part: string): void {
    for (let one = 0; one < part.length; one++) if (part[one] !== '\n' && part[one] !== '\r') this.units[at + one] = part[one] as string;
  }

  /** `from` and `to`: where the expression stands, between marks of two characters or more. */
  output(from: number, expression: string): void {
    if (this.outputs >= mostOutputs) return;
    this.outputs++;
    this.put(from - 2, `${mark}(`);
    if (from >= 3 && this.units[from - 3] === ' ') this.put(from - 3, ';');
    this.put(from, expression);
    let end = from + expression.length;
    while (this.units[end] === '\n' || this.units[end] === '\r') end++;
    this.put(end, ')');
    if (this.units[end + 1] === ' ') this.put(end + 1, ';');
  }

  /** An output of an expression that is longer than what stands there, where there is room behind it. */
  longOutput(from: number, expression: string): void {
    if (this.isFree(from, from + expression.length + 2)) this.output(from, expression);
  }

  /** Blank, on one line. */
  isFree(from: number, to: number): boolean {
    return from >= 0 && to <= this.units.length && this.units.slice(from, to).every((unit) => unit === ' ');
  }

  text(): string {
    return this.units.join('');
  }
}
