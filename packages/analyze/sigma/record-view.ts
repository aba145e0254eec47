import { fold } from './glob.ts';

/** A field that some rule names; fields are numbered so that a view can cache their values in an array. */
export interface Field {
  readonly slot: number;
  readonly name: string;
  /** `joined[i][j]` is the name of the segments from i up to and with j: keys may hold dots themselves. */
  readonly joined: readonly (readonly string[])[];
}

export interface Scalar {
  readonly raw: string | number | boolean | null;
  readonly text: string;
  /** Lower case: Sigma compares without regard to case. */
  readonly folded: string;
}

const maximumSegments = 12;
export const maximumDepth = 64;
export const maximumValues = 10_000;

/** Hands out one `Field` per name. */
export class FieldTable {
  private readonly byName = new Map<string, Field>();

  intern(name: string): Field {
    const known = this.byName.get(name);
    if (known !== undefined) return known;
    const all = name.split('.');
    const segments = all.length > maximumSegments ? [name] : all;
    const joined = segments.map((_, from) => segments.slice(from).map((__, count) => segments.slice(from, from + count + 1).join('.')));
    const field = { slot: this.byName.size, name, joined };
    this.byName.set(name, field);
    return field;
  }

  get size(): number {
    return this.byName.size;
  }
}

interface FieldValues {
  readonly present: boolean;
  readonly scalars: readonly Scalar[];
}

/**
 * One record as rules see it: fields by dotted path, through arrays (any element, or one by its index) and through keys that
 * hold dots. Objects compare as their JSON text. Reused from record to record.
 */
export class RecordView {
  /** True when a declared limit cut what rules could see of this record. */
  limited = false;
  private record: unknown;
  /** By slot; only those that were looked up for this record are to be forgotten. */
  private readonly cache: (FieldValues | undefined)[] = [];
  private readonly lookedUp: number[] = [];
  private words: readonly Scalar[] | undefined;

  reset(record: unknown): void {
    this.record = record;
    this.limited = false;
    this.words = undefined;
    for (const slot of this.lookedUp) this.cache[slot] = undefined;
    this.lookedUp.length = 0;
  }

  has(field: Field): boolean {
    return this.lookUp(field).present;
  }

  values(field: Field): readonly Scalar[] {
    return this.lookUp(field).scalars;
  }

  /** Every text, number and truth value of the record: what keywords are searched in. */
  allValues(): readonly Scalar[] {
    if (this.words !== undefined) return this.words;
    const out: Scalar[] = [];
    if (visitLeaves(this.record, 0, maximumValues, (value) => out.push(scalarOf(value))) < 0) this.limited = true;
    this.words = out;
    return out;
  }

  private lookUp(field: Field): FieldValues {
    const cached = this.cache[field.slot];
    if (cached !== undefined) return cached;
    const found: unknown[] = [];
    collect(this.record, field.joined, 0, found);
    const scalars: Scalar[] = [];
    for (const value of found) this.push(value, 0, scalars);
    const values = { present: found.length > 0, scalars };
    this.cache[field.slot] = values;
    this.lookedUp.push(field.slot);
    return values;
  }

  private push(value: unknown, depth: number, out: Scalar[]): void {
    if (out.length >= maximumValues || depth > maximumDepth) this.limited = true;
    else if (Array.isArray(value)) for (const item of value) this.push(item, depth + 1, out);
    else out.push(scalarOf(typeof value === 'object' && value !== null ? this.jsonOf(value) : value));
  }

  /** What an object is compared as. */
  jsonOf(value: object): string {
    try {
      return JSON.stringify(value);
    } catch (error) {
      // A record nested deeper than the stack reaches.
      if (!(error instanceof RangeError)) throw error;
      this.limited = true;
      return '';
    }
  }
}

/**
 * Every text, number and truth value, in its order. Gives how many are still allowed; where there are more of them, or they lie deeper, than rules
 * may look at, that number from -1 downwards.
 */
export function visitLeaves(value: unknown, depth: number, allowed: number, visit: (value: unknown) => void): number {
  if (allowed === 0 || depth > maximumDepth) return -1 - allowed;
  if (typeof value !== 'object') {
    visit(value);
    return allowed - 1;
  }
  if (value === null) return allowed;
  let left = allowed;
  let cut = false;
  const items = Array.isArray(value) ? (value as unknown[]) : Object.values(value);
  for (let at = 0; at < items.length; at++) {
    left = visitLeaves(items[at], depth + 1, left, visit);
    if (left >= 0) continue;
    left = -1 - left;
    cut = true;
  }
  return cut ? -1 - left : left;
}

function scalarOf(value: unknown): Scalar {
  if (value === null) return { raw: null, text: '', folded: '' };
  const raw = typeof value === 'number' || typeof value === 'boolean' ? value : String(value);
  const text = String(raw);
  return { raw, text, folded: fold(text) };
}

function collect(value: unknown, joined: Field['joined'], at: number, out: unknown[]): void {
  if (out.length > maximumValues) return;
  const names = joined[at];
  if (names === undefined) {
    out.push(value);
    return;
  }
  if (Array.isArray(value)) {
    const index = names[0] ?? '';
    if (/^\d{1,6}$/.test(index) && Number(index) < value.length) collect(value[Number(index)], joined, at + 1, out);
    for (const item of value) if (typeof item === 'object' && item !== null && !Array.isArray(item)) collect(item, joined, at, out);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (let count = names.length; count > 0; count--) {
    const key = names[count - 1] ?? '';
    if (Object.hasOwn(value, key)) collect((value as { [name: string]: unknown })[key], joined, at + count, out);
  }
}
