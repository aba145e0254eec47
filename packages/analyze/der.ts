/** Just enough of DER (ITU-T X.690 §8.1, §10.1) to tell a real key from characters that look like one. */
export interface DerItem {
  readonly tag: number;
  /** Offset of the first content byte. */
  readonly start: number;
  /** Offset after the last content byte. */
  readonly end: number;
}

export const derTag = { integer: 0x02, octets: 0x04, oid: 0x06, sequence: 0x30 } as const;

/** The item at `at`; undefined when its length does not fit into the bytes or is not in the shortest form. */
export function readDer(bytes: Uint8Array, at: number): DerItem | undefined {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) return undefined;
  const octets = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || octets > 3) return undefined;
  let length = first < 0x80 ? first : 0;
  for (let i = 0; i < octets; i++) length = length * 256 + (bytes[at + 2 + i] ?? 0);
  const start = at + 2 + octets;
  const end = start + length;
  const shortest = octets === 0 || length >= (octets === 1 ? 0x80 : 256 ** (octets - 1));
  return end > bytes.length || !shortest ? undefined : { tag, start, end };
}

/** The items inside a sequence; undefined unless they fill it exactly. */
export function derChildren(bytes: Uint8Array, outer: DerItem): DerItem[] | undefined {
  const children: DerItem[] = [];
  for (let at = outer.start; at < outer.end; ) {
    const child = readDer(bytes, at);
    if (child === undefined || child.end > outer.end) return undefined;
    children.push(child);
    at = child.end;
  }
  return children;
}

/** Tags of the members of the one sequence that fills `bytes`; undefined when `bytes` is not that. */
export function sequenceTags(bytes: Uint8Array): number[] | undefined {
  const outer = readDer(bytes, 0);
  if (outer?.tag !== derTag.sequence || outer.end !== bytes.length) return undefined;
  return derChildren(bytes, outer)?.map((child) => child.tag);
}

export function encodeDer(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, content) => sum + content.length, 0);
  const octets: number[] = [];
  for (let rest = length; rest > 0 && length >= 0x80; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  const head = length < 0x80 ? [tag, length] : [tag, 0x80 | octets.length, ...octets];
  return Uint8Array.from([head, ...contents].flatMap((part) => [...part]));
}
