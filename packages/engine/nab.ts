import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NabFile } from '#learn/evaluation/nab-score.ts';
import { EvaluationError } from '#model/model-card.ts';

/** The labels name the files: what is labelled is what is scored. */
export function readNab(folder: string): NabFile[] {
  const labels = JSON.parse(readFileSync(join(folder, 'labels/combined_windows.json'), 'utf8')) as Record<string, [string, string][]>;
  return Object.keys(labels).sort().map((name) => readFile(folder, name, labels[name] as [string, string][]));
}

function readFile(folder: string, name: string, windows: readonly [string, string][]): NabFile {
  const text = readFileSync(join(folder, 'data', name), 'utf8');
  const stamps = strictColumn(text, 'timestamp');
  const indexOf = (time: string): number => {
    const at = stamps.indexOf(time.slice(0, 19));
    if (at < 0) throw new EvaluationError(`${name} has no point at ${time}, where a window begins or ends`);
    return at;
  };
  return {
    name, category: name.slice(0, name.indexOf('/')),
    times: Float64Array.from(stamps, (stamp) => Date.parse(`${stamp.replace(' ', 'T')}Z`)),
    values: Float64Array.from(strictColumn(text, 'value'), Number),
    windows: windows.map(([from, to]) => [indexOf(from), indexOf(to)] as const),
  };
}

/** One column of a table of plain numbers and times: no cell of NAB is quoted. */
export function strictColumn(text: string, name: string): string[] {
  const [head = '', ...rows] = text.trimEnd().split(/\r?\n/);
  const column = head.split(',').indexOf(name);
  if (column < 0) throw new EvaluationError(`no column ${name} in ${JSON.stringify(head.slice(0, 100))}`);
  return rows.map((row) => row.split(',')[column] ?? '');
}
