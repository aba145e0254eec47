import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Assignment, credentialWords, findAssignments } from '#analyze/assignments.ts';
import { buildAutomaton } from '#analyze/automaton.ts';
import { credentialFeatures } from '#analyze/credential-features.ts';
import { lineIndex } from '#analyze/line-index.ts';
import type { Example } from '#learn/hashed-logistic.ts';
import type { Document } from '#model/artifact.ts';
import { toDocument } from '#normalize/document.ts';
import { type Label, readLabels } from './credential-labels.ts';

const valueTolerance = 6;

/** One assignment that the detector looks at, with what the labellers say of it. */
export interface Row extends Example {
  readonly repo: string;
  readonly truth: Label['truth'] | 'unlabelled';
}

export function readRows(folder: string): Row[] {
  const automaton = buildAutomaton([...credentialWords]);
  const rows: Row[] = [];
  for (const [file, labels] of readLabels(folder)) {
    const path = file.slice(file.indexOf('/') + 1);
    const normal = toDocument({ path, bytes: readFileSync(join(folder, file)) }, (bytes) => Buffer.from(bytes).toString('latin1'));
    if ('binary' in normal) continue;
    const hits: number[] = [];
    automaton.scan(normal.document.bytes, (_, end) => hits.at(-1) !== end && hits.push(end));
    rows.push(...rowsOf(normal.document, findAssignments(normal.document, hits), labels));
  }
  return weighted(rows);
}

/** What a repository repeats counts less each time: a fixture copied a hundred times is not a hundred opinions. */
function weighted(rows: readonly Row[]): Row[] {
  const keyOf = (row: Row): string => [row.repo, row.truth, ...row.features.filter((feature) => /^(?:name|value)=/.test(feature))].join('\0');
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  return rows.map((row) => ({ ...row, weight: 1 / Math.sqrt(counts.get(keyOf(row)) ?? 1) }));
}

function rowsOf(doc: Document, assignments: readonly Assignment[], labels: readonly Label[]): Row[] {
  const index = lineIndex(doc.bytes);
  return assignments.map((assignment) => {
    const { startLine, startColumn } = index.region(assignment.start, assignment.end);
    const here = labels.filter((label) => label.lineStart <= startLine && startLine <= label.lineEnd);
    const exact = here.filter((label) => label.valueStart >= 0 && Math.abs(label.valueStart - (startColumn - 1)) <= valueTolerance);
    const due = exact.length > 0 ? exact : here.filter((label) => label.valueStart < 0);
    const truth = (['T', 'X', 'F'] as const).find((kind) => due.some((label) => label.truth === kind)) ?? 'unlabelled';
    return { repo: (labels[0] as Label).repo, truth, positive: truth === 'T', weight: 1, features: credentialFeatures(doc, assignment) };
  });
}
