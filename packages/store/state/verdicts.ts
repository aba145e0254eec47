import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';

export const verdictKinds = ['accepted', 'dismissed', 'closed', 'reopened', 'confirmed', 'false-alarm', 'undone'] as const;
export type VerdictKind = (typeof verdictKinds)[number];

/** What a person said about an incident. */
export interface TriageVerdict {
  /** Id of the incident. */
  readonly incident: string;
  readonly verdict: VerdictKind;
  readonly reason: string;
  readonly owner: string;
  /** ISO date: the verdict has no effect from the day after. */
  readonly until?: string;
  /** What the verdict holds for besides this incident, as the engine writes it. */
  readonly example?: string;
  /** Milliseconds since the epoch. */
  readonly given: number;
}

export interface KeptVerdict extends TriageVerdict {
  /** Grows from 1 in the order in which verdicts were given. */
  readonly number: number;
}

/** Verdicts are only added: a later one about the same incident takes the place of an earlier one; `undone` takes the one before it back. */
export class Verdicts {
  readonly #database: DatabaseSync;
  readonly #guarded: <T>(work: () => T) => T;

  constructor(database: DatabaseSync, guarded: <T>(work: () => T) => T) {
    this.#database = database;
    this.#guarded = guarded;
  }

  /** On disk when it returns; gives its number. A guest may call it while the owner runs. */
  add({ incident, verdict, reason, owner, until, example, given }: TriageVerdict): number {
    return this.#guarded(() =>
      Number(
        this.#database
          .prepare('INSERT INTO verdict (incident, verdict, reason, owner, until, example, given) VALUES (?, ?, ?, ?, ?, ?, ?)')
          .run(incident, verdict, reason, owner, until ?? null, example ?? null, given).lastInsertRowid,
      ),
    );
  }

  /** Those with a greater number than `after`, in their order. */
  since(after = 0): KeptVerdict[] {
    return this.#guarded(() => this.#database.prepare('SELECT * FROM verdict WHERE number > ? ORDER BY number').all(after).map(fromRow));
  }
}

function fromRow(row: Record<string, SQLOutputValue>): KeptVerdict {
  const verdict = verdictKinds.find((kind) => kind === row['verdict']) ?? 'accepted';
  const until = row['until'];
  const example = row['example'];
  return {
    number: Number(row['number']),
    incident: String(row['incident']),
    verdict,
    reason: String(row['reason']),
    owner: String(row['owner']),
    ...(typeof until === 'string' ? { until } : {}),
    ...(typeof example === 'string' ? { example } : {}),
    given: Number(row['given']),
  };
}
