import type { FactChange } from '#model/code-fix.ts';
import { constant, place } from './code-conditions.ts';
import { type Decoder, ShapeError, text } from './closed-shape.ts';
import { entriesOf } from './yaml.ts';

const statement = text(300, /^\S.*;$/);
const className = text(200, /^[a-z]\w*(?:\.[a-z]\w*)*\.[A-Z]\w*$/);
const oldName = text(80, /^(?:[A-Za-z_]\w*|\*)$/);
const newName = text(120, /^[A-Za-z_*][\w.()*]*$/);

/** What mends a fact: `{'keyword:verify': true}`, `{name: {load: safe_load}}`, `{1: {name: SafeLoader}}`, `{before: '$0.setSecure(true);'}`. */
export const factFix: Decoder<readonly FactChange[]> = (value, at) => {
  const entries = entriesOf(value);
  if (entries === undefined || entries.size === 0) throw new ShapeError(at, 'must map places to what is to stand there');
  return [...entries].map(([key, to]) => changeOf(key, to, `${at}.${key}`));
};

function changeOf(key: string, to: unknown, at: string): FactChange {
  switch (key) {
    case 'name': return { kind: 'name', names: namesOf(to, at) };
    case 'before': return { kind: 'before', statement: statement(to, at) };
    case 'import': return { kind: 'import', name: className(to, at) };
    default: {
      const members = entriesOf(to);
      if (members === undefined) return { kind: 'value', place: place(key, at), to: constant(to, at) };
      if (members.size !== 1 || !(members.has('name') || members.has('without'))) throw new ShapeError(at, 'must be a value, or have `name` or `without` alone');
      if (members.has('without')) return { kind: 'without', place: place(key, at), text: text(80)(members.get('without'), `${at}.without`) };
      return { kind: 'name', place: place(key, at), names: namesOf(members.get('name'), `${at}.name`) };
    }
  }
}

/** One name for whatever stands there, or new names by old ones. */
function namesOf(value: unknown, at: string): readonly (readonly [string, string])[] {
  const entries = entriesOf(value);
  if (entries === undefined) return [['*', newName(value, at)]];
  return [...entries].map(([from, to]) => [oldName(from, `${at}.${from}`), newName(to, `${at}.${from}`)]);
}
