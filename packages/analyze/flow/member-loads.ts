import { type IrModule, op } from '#model/ir.ts';

const known = new WeakMap<IrModule, ReadonlyMap<string, readonly number[]>>();
const none: readonly number[] = [];

/** Places of a module where the member `name` (a string's number) of the value at `of` is read. */
export function memberLoads(ir: IrModule, of: number, name: number): readonly number[] {
  let loads = known.get(ir);
  if (loads === undefined) {
    loads = loadsOf(ir);
    known.set(ir, loads);
  }
  return loads.get(`${of}:${name}`) ?? none;
}

function loadsOf(ir: IrModule): ReadonlyMap<string, readonly number[]> {
  const loads = new Map<string, number[]>();
  ir.ops.forEach((code, place) => {
    if (code !== op.load) return;
    const key = `${ir.a[place]}:${ir.b[place]}`;
    const own = loads.get(key);
    if (own === undefined) loads.set(key, [place]);
    else own.push(place);
  });
  return loads;
}
