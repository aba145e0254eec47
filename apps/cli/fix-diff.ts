import type { Finding } from '#model/finding.ts';
import type { Region } from '#model/region.ts';
import { visibleText } from '#formats/visible-text.ts';
import { editsOf } from '#engine/fixes.ts';

const context = 2;
const longestLine = 400;
const hidden = '••••';

/** Lines of the file that are changed together, and how many more there are afterwards. */
interface Hunk {
  first: number;
  last: number;
  added: number;
}

/**
 * What would change in a file, for a person: lines of the file with `-`, what comes in their place with `+`. What a fix takes away may be a secret, so that it is
 * not shown where the finding is about one.
 */
export function diffOf(text: string, mended: string, findings: readonly Finding[]): readonly string[] {
  const before = text.split('\n');
  const after = mended.split('\n');
  const secrets = editsOf(findings.filter(({ secretDigest, surface }) => secretDigest !== undefined || surface === 'secrets')).map(({ region }) => region);
  const shown = (line: string): string => visibleText(line.slice(0, longestLine).replace(/\r$/, '').replaceAll('\t', '    '));
  const taken = (at: number): string => {
    const regions = secrets.filter(({ startLine, endLine }) => startLine <= at && at <= endLine);
    return regions.length === 0 ? shown(before[at - 1] ?? '') : masked(before[at - 1] ?? '', regions, at, shown);
  };
  let shift = 0;
  return hunksOf(findings, before.length).flatMap(({ first, last, added }) => {
    const from = Math.max(1, first - context);
    const to = Math.min(before.length, last + context);
    const grown = last - first + 1 + added;
    const [old, fresh] = [range(first, last), range(first + shift, first + shift + grown - 1)];
    // A line that only stands elsewhere now is none that changed.
    const same = (end: 0 | -1): boolean => old.length > 0 && fresh.length > 0 && before[(old.at(end) as number) - 1] === after[(fresh.at(end) as number) - 1];
    for (; same(-1); fresh.pop()) old.pop();
    const kept: number[] = [];
    for (; same(0); fresh.shift()) kept.push(old.shift() as number);
    const lines = [
      `@@ line ${first} @@`,
      ...[...range(from, first - 1), ...kept].map((at) => ` ${shown(before[at - 1] ?? '')}`), ...old.map((at) => `-${taken(at)}`),
      ...fresh.map((at) => `+${shown(after[at - 1] ?? '')}`), ...range(first + kept.length + old.length, to).map((at) => ` ${shown(before[at - 1] ?? '')}`),
    ];
    shift += added;
    return lines;
  });
}

function masked(line: string, regions: readonly Region[], at: number, shown: (text: string) => string): string {
  const [first] = regions;
  const start = first === undefined || first.startLine < at ? 0 : first.startColumn - 1;
  const last = regions.at(-1);
  const end = last === undefined || last.endLine > at ? line.length : last.endColumn - 1;
  return `${shown(line.slice(0, start))}${hidden}${shown(line.slice(end))}`;
}

function hunksOf(findings: readonly Finding[], lines: number): readonly Hunk[] {
  const hunks: Hunk[] = [];
  for (const { region, text } of editsOf(findings)) {
    const added = text.split('\n').length - 1 - (region.endLine - region.startLine);
    const last = hunks.at(-1);
    const endLine = Math.min(lines, region.endLine);
    if (last !== undefined && region.startLine <= last.last + 1) {
      last.last = Math.max(last.last, endLine);
      last.added += added;
    } else hunks.push({ first: region.startLine, last: endLine, added });
  }
  return hunks;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
}
