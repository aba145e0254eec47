import { appendFileSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { RawRecord } from '#model/artifact.ts';

/** A record that gave a signal of an incident: what a dismissal is later replayed from. */
export interface IncidentExample {
  readonly rule: string;
  readonly record: RawRecord;
}

const limits = { recordsOfIncident: 20, recordCharacters: 65_536, incidents: 2_000, fileBytes: 4 * 1_048_576 };

/** Keeps the first record of each rule of an incident, one file an incident; a record that comes again after a crash is kept once. */
export class IncidentExamples {
  private readonly folder: string;
  private readonly kept: string;
  private readonly known = new Map<string, Set<string>>();
  /** Files in the folder, as far as they were counted. */
  private files: number | undefined;

  /** `folder` belongs to the watch; examples of dismissed incidents are copied beside it, where no limit deletes them. */
  constructor(folder: string) {
    this.folder = join(folder, 'examples');
    this.kept = join(folder, 'dismissals');
  }

  add(incident: string, rule: string, record: RawRecord): void {
    const rules = this.rulesOf(incident);
    if (rules.has(rule) || rules.size >= limits.recordsOfIncident) return;
    rules.add(rule);
    const line = JSON.stringify({ rule, record } satisfies IncidentExample);
    if (line.length > limits.recordCharacters) return;
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    appendFileSync(this.pathOf(this.folder, incident), `${line}\n`, { mode: 0o600 });
    if (rules.size === 1) this.makeRoom();
  }

  /** From now on what the incident was made of is a case that rule changes are held against. */
  keep(incident: string): boolean {
    const path = this.pathOf(this.folder, incident);
    if (!existsSync(path)) return false;
    mkdirSync(this.kept, { recursive: true, mode: 0o700 });
    copyFileSync(path, this.pathOf(this.kept, incident));
    return true;
  }

  /** By incident, the examples of what was dismissed, in the order of their names. */
  dismissed(): Map<string, IncidentExample[]> {
    if (!existsSync(this.kept)) return new Map();
    const names = readdirSync(this.kept).filter((name) => name.endsWith('.jsonl')).sort();
    return new Map(names.map((name) => [name.slice(0, -'.jsonl'.length), read(join(this.kept, name))]));
  }

  private rulesOf(incident: string): Set<string> {
    const known = this.known.get(incident) ?? new Set(read(this.pathOf(this.folder, incident)).map(({ rule }) => rule));
    this.known.set(incident, known);
    if (this.known.size > limits.incidents) this.known.delete(this.known.keys().next().value ?? '');
    return known;
  }

  /** A tenth goes at once, so that the folder is not read for each. */
  private makeRoom(): void {
    this.files = this.files === undefined ? readdirSync(this.folder).length : this.files + 1;
    if (this.files <= limits.incidents) return;
    const byAge = readdirSync(this.folder).map((name) => ({ name, at: statSync(join(this.folder, name)).mtimeMs })).sort((a, b) => a.at - b.at);
    const old = byAge.slice(0, Math.max(0, byAge.length - limits.incidents * 0.9));
    for (const { name } of old) unlinkSync(join(this.folder, name));
    this.files = byAge.length - old.length;
  }

  private pathOf(folder: string, incident: string): string {
    return join(folder, `${incident.replaceAll(/[^\w-]/g, '_')}.jsonl`);
  }
}

/** Lines that are whole; a line that a crash cut short is none. */
function read(path: string): IncidentExample[] {
  if (!existsSync(path) || statSync(path).size > limits.fileBytes) return [];
  return readFileSync(path, 'utf8').split('\n').flatMap((line) => {
    try {
      const { rule, record } = JSON.parse(line) as IncidentExample;
      return typeof rule === 'string' && typeof record === 'object' && record !== null ? [{ rule, record }] : [];
    } catch {
      return [];
    }
  });
}
