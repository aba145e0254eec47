/** What a person pressed. */
export type Key =
  | 'up' | 'down' | 'left' | 'right' | 'page-up' | 'page-down' | 'home' | 'end' | 'enter' | 'escape' | 'tab' | 'back-tab' | 'interrupt'
  | { readonly text: string };

const named: ReadonlyMap<string, Key> = new Map<string, Key>([
  ['\u001b[A', 'up'], ['\u001b[B', 'down'], ['\u001b[C', 'right'], ['\u001b[D', 'left'], ['\u001bOA', 'up'], ['\u001bOB', 'down'], ['\u001bOC', 'right'], ['\u001bOD', 'left'],
  ['\u001b[5~', 'page-up'], ['\u001b[6~', 'page-down'], ['\u001b[H', 'home'], ['\u001b[F', 'end'], ['\u001bOH', 'home'], ['\u001bOF', 'end'], ['\u001b[1~', 'home'], ['\u001b[4~', 'end'],
  ['\u001b[Z', 'back-tab'], ['\u001b', 'escape'], ['\r', 'enter'], ['\n', 'enter'], ['\t', 'tab'], ['\u007f', 'escape'], ['\b', 'escape'], ['\u0003', 'interrupt'], ['\u0004', 'interrupt'],
]);

/** A whole control sequence (ECMA-48 §5.4), a function key of VT100, an escape alone, or one character. */
const one = /\u001b\[[\u0030-\u003f]*[\u0020-\u002f]*[\u0040-\u007e]|\u001bO[A-Za-z]|[^]/gu;

/** Reads what a terminal sent; sequences that mean nothing here are left out. */
export function keysOf(sent: string): readonly Key[] {
  return (sent.match(one) ?? []).flatMap((sequence): readonly Key[] => {
    const key = named.get(sequence);
    if (key !== undefined) return [key];
    return sequence.length <= 2 && !/[\p{Cc}\p{Cs}]/u.test(sequence) ? [{ text: sequence }] : [];
  });
}
