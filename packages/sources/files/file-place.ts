import type { Position } from '#model/intake.ts';
import type { ContentForm } from '../content-form.ts';

/**
 * `live`: at its path, and may grow. `rotated`: something else took its place; what is left is read, then it is done. `done`: kept to
 * be known again. `copy`: holds what another file holds, and is not read.
 */
export type FileState = 'live' | 'rotated' | 'done' | 'copy';

/** How far one file was read. Plain JSON: a part of a position. */
export interface FilePlace {
  /** The source of its records: the path under which it was first seen. */
  readonly label: string;
  readonly path: string;
  /** Device and inode; empty when it is to be looked for by its content. */
  readonly id: string;
  readonly born: string;
  readonly form: ContentForm;
  readonly state: FileState;
  /** The byte of its content at which reading begins anew, the number of that line, and how many records of a list there are behind. */
  readonly offset: number;
  readonly line: number;
  readonly skip: number;
  /** The number of the last record that this file gave. */
  readonly sequence: number;
  readonly head: string;
  readonly tail: string;
  /** How a packed file or event log was when it was read to its end, a copy when it was judged, another file when it was last looked at. */
  readonly mark: string;
}

const states: readonly unknown[] = ['live', 'rotated', 'done', 'copy'];
const forms: readonly unknown[] = ['plain', 'gzip', 'zstd', 'evtx', 'foreign'];

/** What is no place of this form is left out: it was not written by this program. */
export function placesOf(position: Position | undefined): FilePlace[] {
  const files = position?.['files'];
  return Array.isArray(files) ? files.filter(isPlace) : [];
}

function isPlace(value: unknown): value is FilePlace {
  if (typeof value !== 'object' || value === null) return false;
  const place = value as Record<keyof FilePlace, unknown>;
  const texts = [place.label, place.path, place.id, place.born, place.head, place.tail, place.mark].every((text) => typeof text === 'string');
  const numbers = [place.offset, place.line, place.skip, place.sequence].every((count) => typeof count === 'number' && Number.isSafeInteger(count) && count >= 0);
  return texts && numbers && states.includes(place.state) && forms.includes(place.form);
}
