import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RawRecord } from '#model/artifact.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Incident } from '#model/incident.ts';
import { openState } from '#store/state.ts';
import type { KeptIncident, State } from '#store/state.ts';
import type { KeptVerdict, VerdictKind } from '#store/state/verdicts.ts';
import { kindsOf, learnedFrom, rankOf } from '#score/incidents/feedback.ts';
import type { Learned } from '#score/incidents/feedback.ts';
import { EngineError } from './errors.ts';
import { exampleOf } from './incident-desk.ts';
import { IncidentExamples } from './incident-examples.ts';
import { feedbackFrom, inForce } from './verdicts.ts';
import { WatchRun } from './watch-run.ts';
import type { WatchUnits } from './watch-run.ts';

export interface JudgedIncident extends KeptIncident {
  /** The last thing that a person said of it and did not take back. */
  readonly verdict: KeptVerdict | undefined;
  /** What incidents are ordered by: the risk, moved by what people said of others like it. */
  readonly rank: number;
  readonly learned: Learned;
}

export interface NewVerdict {
  readonly verdict: VerdictKind;
  readonly reason: string;
  readonly owner: string;
  readonly until?: string;
  /** Milliseconds since the epoch. */
  readonly given: number;
}

/** The folder that `watch` keeps everything in, below the state folder. */
export function watchFolder(stateDir: string): string {
  return join(stateDir, 'watch');
}

/** Incidents that a watch has kept, for reading and judging while it runs. Throws StoreError where nothing was kept. */
export class IncidentFile {
  private readonly folder: string;
  private readonly state: State;

  constructor(folder: string) {
    this.folder = folder;
    this.state = openState(join(folder, 'state'), { role: 'guest' });
  }

  /** The highest rank first; of equal rank the latest. */
  list(): JudgedIncident[] {
    const verdicts = inForce(this.state.verdicts.since());
    const feedback = feedbackFrom(verdicts);
    return this.state.incidents()
      .map((kept) => {
        const learned = learnedFrom(feedback, kept.incident.steps);
        return { ...kept, verdict: verdicts.get(kept.incident.id), rank: rankOf(kept.incident.risk.score, learned), learned };
      })
      .sort((a, b) => b.rank - a.rank || b.incident.last - a.incident.last || (a.incident.id < b.incident.id ? -1 : 1));
  }

  /** By id or the beginning of one. */
  find(id: string): JudgedIncident {
    const found = this.list().filter(({ incident }) => incident.id === id || incident.id.startsWith(id) || incident.id.startsWith(`inc-${id}`));
    const [only, ...others] = found;
    if (only === undefined) throw new EngineError('incident-unknown', `there is no incident ${id}; \`watchward incidents\` lists them`);
    if (others.length > 0) throw new EngineError('incident-unknown', `${id} is the beginning of ${found.length} ids; write more of it`);
    return only;
  }

  /** Records what a person says; a watch that runs reads it within a second. Gives whether examples could be kept for replay. */
  judge(incident: Incident, { verdict, reason, owner, until, given }: NewVerdict): { readonly kept: boolean } {
    if (verdict === 'undone' && this.find(incident.id).verdict === undefined) throw new EngineError('incident-unknown', `nobody has said anything of ${incident.id} that could be taken back`);
    const kinds = kindsOf(incident.steps);
    const example = verdict === 'dismissed' ? { example: JSON.stringify({ ...exampleOf(incident), kinds }) } : ['confirmed', 'false-alarm'].includes(verdict) ? { example: JSON.stringify({ kinds }) } : {};
    this.state.verdicts.add({ incident: incident.id, verdict, reason, owner, given, ...(until === undefined ? {} : { until }), ...example });
    return { kept: verdict === 'dismissed' && new IncidentExamples(this.folder).keep(incident.id) };
  }

  close(): void {
    this.state.close();
  }
}

/** Incidents that nobody has closed. Throws StoreError where no watch has kept anything. */
export function openIncidentsIn(folder: string): Incident[] {
  const file = new IncidentFile(folder);
  try {
    return file.list().filter((judged) => isOpen(judged) && judged.incident.held !== true).map(({ incident }) => incident);
  } finally {
    file.close();
  }
}

export function isOpen({ verdict }: JudgedIncident): boolean {
  return verdict === undefined || !['closed', 'dismissed', 'false-alarm'].includes(verdict.verdict);
}

/**
 * Writes every kept incident as a line of JSON beside the lake, where `watchward query` reads it. Gives its path; undefined where no watch has
 * kept anything.
 */
export function exportIncidents(stateDir: string): string | undefined {
  const folder = watchFolder(stateDir);
  if (!existsSync(join(folder, 'state'))) return undefined;
  const file = new IncidentFile(folder);
  try {
    const path = join(stateDir, 'incidents.jsonl');
    const lines = file.list().map(({ incident, revision, verdict }) => `${JSON.stringify({ ...incident, revision, verdict: verdict?.verdict ?? null })}\n`);
    writeFileSync(`${path}.new`, lines.join(''), { mode: 0o600 });
    renameSync(`${path}.new`, path);
    return path;
  } finally {
    file.close();
  }
}

export interface ReplayedDismissal {
  readonly incident: string;
  /** Rules that fired when it was dismissed and fire still. */
  readonly same: readonly string[];
  readonly silent: readonly string[];
  /** Rules that did not fire then. */
  readonly added: readonly string[];
}

/** Runs today's rules over what was dismissed, each incident by itself: a change that makes a dismissed thing louder shows here. */
export function replayDismissals(folder: string, units: Omit<WatchUnits, 'onSignal' | 'onDiagnostic'>): { readonly dismissals: ReplayedDismissal[]; readonly diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const dismissals = [...new IncidentExamples(folder).dismissed()].map(([incident, examples]) => {
    const before = new Set(examples.map(({ rule }) => rule));
    const now = new Set(rulesOn(examples.map(({ record }) => record), units, diagnostics));
    return {
      incident, same: [...before].filter((rule) => now.has(rule)), silent: [...before].filter((rule) => !now.has(rule)), added: [...now].filter((rule) => !before.has(rule)),
    };
  });
  return { dismissals, diagnostics };
}

function rulesOn(records: readonly RawRecord[], units: Omit<WatchUnits, 'onSignal' | 'onDiagnostic'>, diagnostics: Diagnostic[]): string[] {
  const run = new WatchRun({ ...units, onSignal: () => undefined, onDiagnostic: (diagnostic) => void diagnostics.push(diagnostic) });
  return records.flatMap((record) => run.take(record).signals.map(({ signal }) => signal.rule));
}
