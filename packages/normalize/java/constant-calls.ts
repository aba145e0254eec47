import { type JavaConstant, numberOf, ofChar, type Plain } from './constants.ts';
import { booleanType, intType, isString, type JavaType, stringType } from './java-type.ts';

const longest = 10_000;
type Result = { readonly plain: Plain; readonly type: JavaType } | undefined;

const whole = (plain: number): Result => ({ plain, type: intType });
const truth = (plain: boolean): Result => ({ plain, type: booleanType });
const text = (plain: string): Result => (plain.length > longest ? undefined : { plain, type: stringType });

type Fold = (self: string, args: readonly JavaConstant[]) => Result;

const words = (one: JavaConstant | undefined): string | undefined => (typeof one?.plain === 'string' ? one.plain : undefined);
const count = (one: JavaConstant | undefined): number | undefined => {
  const found = one === undefined ? undefined : numberOf(one);
  return found === undefined ? undefined : Number(found);
};

/** A method that asks about another text. */
const about = (ask: (self: string, other: string) => Result): Fold => (self, [first]) => {
  const other = words(first);
  return other === undefined ? undefined : ask(self, other);
};

const methods: ReadonlyMap<string, Fold> = new Map<string, Fold>([
  ['length', (self) => whole(self.length)],
  ['isEmpty', (self) => truth(self === '')],
  ['isBlank', (self) => truth(self.trim() === '')],
  ['charAt', (self, [at]) => {
    const index = count(at);
    const unit = index === undefined ? '' : self.charAt(index);
    return unit === '' ? undefined : (ofChar(unit) as Result);
  }],
  ['substring', (self, [from, to]) => {
    const [start, end] = [count(from), to === undefined ? self.length : count(to)];
    return start === undefined || end === undefined || start < 0 || end > self.length || start > end ? undefined : text(self.slice(start, end));
  }],
  ['equals', (self, [other]) => (other === undefined ? undefined : truth(isString(other.type) && self === other.plain))],
  ['equalsIgnoreCase', about((self, other) => truth(self.toLowerCase() === other.toLowerCase()))],
  ['contains', about((self, other) => truth(self.includes(other)))],
  ['startsWith', (self, [other, at]) => (words(other) === undefined || at !== undefined ? undefined : truth(self.startsWith(words(other) ?? '')))],
  ['endsWith', about((self, other) => truth(self.endsWith(other)))],
  ['concat', about((self, other) => text(self + other))],
  ['indexOf', (self, [other, at]) => (words(other) === undefined || at !== undefined ? undefined : whole(self.indexOf(words(other) ?? '')))],
  ['lastIndexOf', (self, [other, at]) => (words(other) === undefined || at !== undefined ? undefined : whole(self.lastIndexOf(words(other) ?? '')))],
  ['toUpperCase', (self, args) => (args.length === 0 ? text(self.toUpperCase()) : undefined)],
  ['toLowerCase', (self, args) => (args.length === 0 ? text(self.toLowerCase()) : undefined)],
  ['trim', (self) => text(self.trim())],
  ['strip', (self) => text(self.trim())],
  ['toString', (self) => text(self)],
  ['intern', (self) => text(self)],
  ['replace', (self, [from, to]) => {
    const [old, fresh] = [words(from), words(to)];
    return old === undefined || fresh === undefined ? undefined : text(self.replaceAll(old, () => fresh));
  }],
  ['repeat', (self, [times]) => {
    const found = count(times);
    return found === undefined || found < 0 || found * self.length > longest ? undefined : text(self.repeat(found));
  }],
  ['compareTo', about((self, other) => (self === other ? whole(0) : undefined))],
]);

/** What a method of a constant text gives, with constant arguments. */
export function foldStringMethod(self: JavaConstant, name: string, args: readonly JavaConstant[]): Result {
  if (typeof self.plain !== 'string' || !isString(self.type)) return undefined;
  return methods.get(name)?.(self.plain, args);
}

/** Static methods of the language's own classes. */
export function foldStaticMethod(owner: string, name: string, args: readonly JavaConstant[]): Result {
  const [first, second] = args;
  if (first === undefined) return undefined;
  if (owner === 'java.lang.String' && name === 'valueOf' && second === undefined) return first.plain === null ? undefined : text(String(first.plain));
  if (owner === 'java.lang.Integer' && (name === 'parseInt' || name === 'valueOf') && second === undefined) return parsed(first);
  if (owner === 'java.lang.Integer' && name === 'toString' && second === undefined) return text(String(first.plain));
  if (owner === 'java.lang.Boolean' && (name === 'parseBoolean' || name === 'valueOf')) return truth(String(first.plain).toLowerCase() === 'true');
  if (owner !== 'java.lang.Math') return undefined;
  const [a, b] = [count(first), count(second)];
  if (typeof first.plain !== 'number' || a === undefined) return undefined;
  if (name === 'abs') return { plain: Math.abs(a), type: first.type ?? intType };
  if (b === undefined || typeof second?.plain !== 'number') return undefined;
  if (name === 'max') return { plain: Math.max(a, b), type: first.type ?? intType };
  return name === 'min' ? { plain: Math.min(a, b), type: first.type ?? intType } : undefined;
}

function parsed({ plain }: JavaConstant): Result {
  if (typeof plain === 'number') return whole(plain);
  if (typeof plain !== 'string' || !/^[+-]?\d{1,10}$/.test(plain)) return undefined;
  const value = Number(plain);
  return value === Math.trunc(value) && Math.abs(value) < 2 ** 31 ? whole(value) : undefined;
}
