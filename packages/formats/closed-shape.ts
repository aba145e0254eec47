/** Decoders for data from outside: what they do not name is refused, and every number and text has bounds. */
export type Decoder<T> = (value: unknown, at: string) => T;

export class ShapeError extends Error {
  constructor(at: string, what: string) {
    super(`${at === '' ? 'the whole' : at}: ${what}`);
    this.name = 'ShapeError';
  }
}

type Fields = { readonly [key: string]: Decoder<unknown> };
type Decoded<F extends Fields> = { readonly [K in keyof F]: ReturnType<F[K]> };

/** An object with these members and, at most, those; nothing else. */
export function record<R extends Fields, O extends Fields = Record<never, never>>(required: R, optional?: O): Decoder<Decoded<R> & Partial<Decoded<O>>> {
  return members(required, optional, true);
}

/** The named members of a larger object; the others are left behind. */
export function part<R extends Fields, O extends Fields = Record<never, never>>(required: R, optional?: O): Decoder<Decoded<R> & Partial<Decoded<O>>> {
  return members(required, optional, false);
}

function members<R extends Fields, O extends Fields>(required: R, optional: O | undefined, closed: boolean): Decoder<Decoded<R> & Partial<Decoded<O>>> {
  const known = new Map<string, Decoder<unknown>>(Object.entries({ ...required, ...optional }));
  const needed = Object.keys(required);
  return (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ShapeError(at, 'must be an object');
    const found = new Map<string, unknown>();
    for (const [key, member] of Object.entries(value)) {
      const decode = known.get(key);
      if (decode !== undefined) found.set(key, decode(member, at === '' ? key : `${at}.${key}`));
      else if (closed) throw new ShapeError(at, `has the unknown member ${shown(key)}`);
    }
    const missing = needed.find((key) => !found.has(key));
    if (missing !== undefined) throw new ShapeError(at, `lacks ${missing}`);
    return Object.fromEntries(found) as Decoded<R> & Partial<Decoded<O>>;
  };
}

export function listOf<T>(decode: Decoder<T>, most: number): Decoder<readonly T[]> {
  return (value, at) => {
    if (!Array.isArray(value)) throw new ShapeError(at, 'must be a list');
    if (value.length > most) throw new ShapeError(at, `has ${value.length} entries, at most ${most} are allowed`);
    return value.map((item, index) => decode(item, `${at}[${index}]`));
  };
}

/** Well-formed text within bounds. */
export function text(most: number, pattern?: RegExp): Decoder<string> {
  return (value, at) => {
    if (typeof value !== 'string') throw new ShapeError(at, 'must be text');
    if (value.length > most) throw new ShapeError(at, `is longer than ${most} characters`);
    if (!value.isWellFormed()) throw new ShapeError(at, 'is not valid Unicode');
    if (pattern !== undefined && !pattern.test(value)) throw new ShapeError(at, 'has the wrong form');
    return value;
  };
}

export function whole(least: number, most: number): Decoder<number> {
  return (value, at) => {
    if (typeof value === 'number' && Number.isSafeInteger(value) && !Object.is(value, -0) && value >= least && value <= most) return value;
    throw new ShapeError(at, `must be a whole number from ${least} to ${most}`);
  };
}

export function between(least: number, most: number): Decoder<number> {
  return (value, at) => {
    if (typeof value === 'number' && value >= least && value <= most) return value;
    throw new ShapeError(at, `must be a number from ${least} to ${most}`);
  };
}

export const flag: Decoder<boolean> = (value, at) => {
  if (typeof value === 'boolean') return value;
  throw new ShapeError(at, 'must be true or false');
};

export function choice<T extends string>(among: readonly T[]): Decoder<T> {
  return (value, at) => {
    const found = among.find((item) => item === value);
    if (found !== undefined) return found;
    throw new ShapeError(at, `must be one of ${among.length > 8 ? `${among.length} known values` : among.join(', ')}`);
  };
}

export const hex64 = text(64, /^[0-9a-f]{64}$/);

/** A time in UTC as `Date.prototype.toISOString` writes it. */
export const instant: Decoder<string> = (value, at) => {
  const found = text(24, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)(value, at);
  const time = Date.parse(found);
  if (Number.isNaN(time) || new Date(time).toISOString() !== found) throw new ShapeError(at, 'is no time');
  return found;
};

/** A day as `2026-11-23`. */
export const day: Decoder<string> = (value, at) => {
  const found = text(10, /^\d{4}-\d\d-\d\d$/)(value, at);
  instant(`${found}T00:00:00.000Z`, at);
  return found;
};

function shown(key: string): string {
  return JSON.stringify(key.length > 40 ? `${key.slice(0, 40)}...` : key);
}
