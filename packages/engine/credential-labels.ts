import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One labelled place of the CredData corpus, as `bench/corpora.lock` describes its layout. */
export interface Label {
  readonly repo: string;
  readonly id: string;
  /** False where only another commit of the repository could be had. */
  readonly exact: boolean;
  /** Relative to the corpus folder; the first part is the repository's id. */
  readonly file: string;
  readonly lineStart: number;
  readonly lineEnd: number;
  /** True, false, or a test value or placeholder by the judgement of the labellers. */
  readonly truth: 'T' | 'F' | 'X';
  readonly category: string;
  /** Character offsets in the first line; -1: the whole line. */
  readonly valueStart: number;
}

/** Labels of the repositories at their exact commits, by file. */
export function readLabels(folder: string): Map<string, Label[]> {
  const byFile = new Map<string, Label[]>();
  for (const line of readFileSync(join(folder, 'labels.jsonl'), 'utf8').split('\n').filter(Boolean)) {
    const label = JSON.parse(line) as Label;
    if (!label.exact) continue;
    const list = byFile.get(label.file);
    if (list === undefined) byFile.set(label.file, [label]);
    else list.push(label);
  }
  return byFile;
}
