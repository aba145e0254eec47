import { basename, dirname } from 'node:path';

interface Place {
  /** The name that the file had while it was written. */
  readonly family: string;
  /** Dated ones first, then numbered ones, then the one that is written. */
  readonly kind: 0 | 1 | 2;
  readonly order: number;
}

const packing = /\.(?:gz|zst)$/;
/** `app.log-20260101`, `app.log.2026-01-01`, `app-2026-01-01.log`: six digits at least. */
const dated = /[._-]((?:\d[T_:.-]?){6,})(?=$|\.[a-z]+$)/;
const numbered = /\.(\d{1,5})$/;

function placeOf(path: string): Place {
  const name = basename(path).replace(packing, '');
  const folder = dirname(path);
  const date = dated.exec(name);
  if (date !== null) return { family: `${folder}/${name.replace(dated, '')}`, kind: 0, order: Number((date[1] ?? '').replaceAll(/\D/g, '').slice(0, 14)) };
  const number = numbered.exec(name);
  if (number !== null) return { family: `${folder}/${name.replace(numbered, '')}`, kind: 1, order: -Number(number[1]) };
  return { family: `${folder}/${name}`, kind: 2, order: 0 };
}

/** What is the same for a file and what rotation makes of it: only where their content agrees, too, are they the same. */
export function familyOf(path: string): string {
  return placeOf(path).family;
}

/** False for the file that is written. */
export function isRotatedName(path: string): boolean {
  return placeOf(path).kind !== 2;
}

/** By name, but what was rotated away comes before what took its place, oldest first. */
export function byRotation(a: string, b: string): number {
  const first = placeOf(a);
  const second = placeOf(b);
  if (first.family !== second.family) return first.family < second.family ? -1 : 1;
  return first.kind - second.kind || first.order - second.order || (a < b ? -1 : 1);
}
