import type { Incident } from '#model/incident.ts';
import { readFileSync, statSync } from 'node:fs';

export const incidentColumns = [
  ['id', 'VARCHAR', 'stable over restarts'],
  ['title', 'VARCHAR', 'what it is'],
  ['state', 'VARCHAR', 'new, escalating, ongoing, regressed'],
  ['severity', 'VARCHAR', 'informational to critical'],
  ['confidence', 'VARCHAR', 'low, medium, high'],
  ['risk_score', 'DOUBLE', '0 to 100'],
  ['first', 'TIMESTAMP', 'its first signal'],
  ['last', 'TIMESTAMP', 'its last signal'],
  ['signals', 'INTEGER', 'how many'],
  ['stages', 'VARCHAR', 'ATT&CK tactics, in order'],
  ['techniques', 'VARCHAR', 'ATT&CK techniques'],
  ['entities', 'VARCHAR', 'who and what took part'],
  ['story', 'VARCHAR', 'what happened, for a person'],
  ['incident', 'VARCHAR', 'the whole incident as JSON'],
] as const;

export type IncidentRow = readonly (string | number | null)[];

/** Most bytes of the file that are read: the last ones, where the latest state of each incident is. */
const fileLimit = 64 * 1024 * 1024;

/** The latest state of each incident; undefined when the file is not there. `cut`: the file was too long to be read whole. */
export function readIncidents(path: string): { readonly rows: IncidentRow[]; readonly cut: boolean } | undefined {
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) return undefined;
  const text = readFileSync(path).subarray(-fileLimit).toString('utf8');
  const latest = new Map<string, IncidentRow>();
  for (const line of text.split('\n')) {
    const row = rowOf(line);
    const id = row?.[0];
    if (row !== undefined && typeof id === 'string') latest.set(id, row);
  }
  return { rows: [...latest.values()], cut: size > fileLimit };
}

/** A line that was cut or is being written is no incident yet. */
function rowOf(line: string): IncidentRow | undefined {
  if (line === '') return undefined;
  try {
    const value = JSON.parse(line) as { readonly incident?: Incident } & Incident;
    const { id, title, state, severity, confidence, risk, first, last, signals, stages, techniques, entities, story } = value.incident ?? value;
    const named = entities.map((entity) => `${entity.kind} ${entity.name}`).join(', ');
    return [id, title, state, severity, confidence, risk.score, first, last, signals, stages.join(', '), techniques.join(', '), named, story, line];
  } catch {
    return undefined;
  }
}
