import type { Mapping } from '#model/unit.ts';

/** Characters from this one on share a list: few formats begin with them. */
const lastCharacter = 0x7f;

/** Records with more names at their top are looked up anew each time. */
const memoPlaces = 64;

/**
 * Which mappings are worth asking about a record, by its first character or the names at its top. Gives the same as asking
 * all of them in their order, because a mapping accepts only what its hint describes.
 */
export class MappingTable {
  /** What knows one program goes before what takes those of any, and that before what takes anything. */
  readonly ordered: readonly Mapping[];
  /** For objects, in their order: those that take any, and by a name at the top the others. */
  private readonly anyObject: readonly number[];
  private readonly byKey = new Map<string, number[]>();
  /** The round in which each was last found: a double counts further than any stream. */
  private readonly marks: Float64Array;
  private round = 0;
  private readonly texts: readonly (readonly Mapping[])[];
  /** What was found for the names of a record, by their number: the records of a source have the same ones. */
  private readonly memo: ({ readonly keys: readonly string[]; readonly found: readonly Mapping[] } | undefined)[] = Array.from({ length: memoPlaces }, () => undefined);

  constructor(mappings: readonly Mapping[]) {
    this.ordered = mappings.toSorted((a, b) => breadth(a) - breadth(b) || (a.id < b.id ? -1 : 1));
    this.anyObject = [...this.ordered.keys()].filter((at) => this.ordered[at]?.hint === undefined);
    for (const [at, { hint }] of this.ordered.entries()) for (const key of hint?.keys ?? []) this.byKey.set(key, [...(this.byKey.get(key) ?? []), at]);
    this.marks = new Float64Array(this.ordered.length);
    this.texts = Array.from({ length: lastCharacter + 1 }, (_, code) => this.ordered.filter((mapping) => takesText(mapping, code)));
  }

  candidates(value: unknown): readonly Mapping[] {
    if (typeof value === 'string') return this.texts[Math.min(value === '' ? lastCharacter : value.charCodeAt(0), lastCharacter)] ?? [];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
    return this.forObject(value);
  }

  private forObject(value: object): readonly Mapping[] {
    const keys = Object.keys(value);
    const place = keys.length & (memoPlaces - 1);
    const memo = this.memo[place];
    if (memo !== undefined && areSame(memo.keys, keys)) return memo.found;
    const found = this.forKeys(keys);
    if (keys.length < memoPlaces) this.memo[place] = { keys, found };
    return found;
  }

  private forKeys(keys: readonly string[]): readonly Mapping[] {
    const round = ++this.round;
    const found = [...this.anyObject];
    for (const at of found) this.marks[at] = round;
    for (let index = 0; index < keys.length; index++) {
      const named = this.byKey.get(keys[index] as string);
      if (named === undefined) continue;
      for (const at of named) {
        if (this.marks[at] === round) continue;
        this.marks[at] = round;
        found.push(at);
      }
    }
    return found.sort(byNumber).map((at) => this.ordered[at] as Mapping);
  }
}

function areSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

function breadth(mapping: Mapping): 0 | 1 | 2 {
  return isGeneric(mapping) ? 2 : mapping.general === true ? 1 : 0;
}

function byNumber(a: number, b: number): number {
  return a - b;
}

function takesText({ hint }: Mapping, code: number): boolean {
  if (hint === undefined) return true;
  if (typeof hint.text !== 'string') return hint.text === true;
  return code === lastCharacter ? /[\u007f-\uffff]/.test(hint.text) : hint.text.includes(String.fromCharCode(code));
}

export function isGeneric({ logsource }: Mapping): boolean {
  return logsource.product === undefined && logsource.service === undefined && logsource.category === undefined;
}
