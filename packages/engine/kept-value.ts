import { deserialize, serialize } from 'node:v8';
import { EngineError } from './errors.ts';

/** The form in which the parts of a checkpoint are written, and the oldest that is read. */
const form = 5;
const oldestForm = 3;

/** A value as a part of a checkpoint. */
export function keep(value: unknown): Uint8Array {
  return serialize({ form, value });
}

/** Only what this program wrote is read here: the store holds its checksum. */
export function revive<T>(bytes: Uint8Array | undefined): T | undefined {
  if (bytes === undefined) return undefined;
  const kept = deserialize(bytes) as { readonly form?: unknown; readonly value: T };
  if (typeof kept.form === 'number' && kept.form >= oldestForm && kept.form <= form) return kept.value;
  throw new EngineError('state-version', 'the state was written by another version of watchward; give another folder with --state-dir, or delete the folder `watch` in it to begin anew');
}
