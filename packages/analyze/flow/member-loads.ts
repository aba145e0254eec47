import { type IrModule, op } from '#model/ir.ts';
import { onceFor } from './once-for.ts';

const none: readonly number[] = [];

/** Places of a module where the member `name` (a string's number) of the value at `of` is read. */
export function memberLoads(ir: IrModule, of: number, name: number): readonly number[] {
  return loadsOf(ir).get(`${of}:${name}`) ?? none;
}

const loadsOf = onceFor((ir: IrModule): ReadonlyMap<string, readonly number[]> => {
  const loads = new Map<string, number[]>();
  ir.ops.forEach((code, place) => {
    if (code !== op.load) return;
    const key = `${ir.a[place]}:${ir.b[place]}`;
    const own = loads.get(key);
    if (own === undefined) loads.set(key, [place]);
    else own.push(place);
  });
  return loads;
});
