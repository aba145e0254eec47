import { readFileSync } from 'node:fs';
import type { Report } from '#model/report.ts';
import { corpus } from '../corpora.ts';
import { launcher, time } from '../measure.ts';
import { defineSet, type Figure, figure } from '../set.ts';

/** What a person said of each finding that the regular persona sees, by place; read one by one. */
interface Judged {
  readonly repository: string;
  readonly commit: string;
  readonly kind: 'well-kept' | 'vulnerable';
  /** Lines of code, without blank lines and comments. */
  readonly lines: number;
  readonly verdicts: readonly { readonly place: string; readonly verdict: 'real' | 'false'; readonly why: string }[];
}

interface Counted {
  readonly judged: Judged;
  readonly real: number;
  readonly wrong: number;
  readonly unjudged: readonly string[];
  readonly seconds: number;
}

export default defineSet({
  id: 'repositories',
  title: 'Real repositories scanned from end to end, regular persona and any confidence; each finding read by a person (`bench/repositories.json`).',
  async run() {
    const all = JSON.parse(readFileSync(new URL('../repositories.json', import.meta.url), 'utf8')) as Judged[];
    const counted = all.flatMap((judged) => {
      const path = corpus(`repos/${judged.repository.replace('/', '+')}`);
      return path === undefined ? [] : [count(judged, path)];
    });
    if (counted.length === 0) return 'none of the repositories in $WATCHWARD_CORPORA';
    const kept = counted.filter(({ judged }) => judged.kind === 'well-kept');
    const lines = kept.reduce((sum, { judged }) => sum + judged.lines, 0);
    const wrong = kept.reduce((sum, one) => sum + one.wrong, 0);
    const unjudged = counted.flatMap((one) => one.unjudged);
    return {
      figures: [
        ...counted.map(ofOne),
        figure('false findings in the well-kept, per 100 kLOC', ((wrong * 100_000) / lines).toFixed(2), 'at most 1', (wrong * 100_000) / lines <= 1),
        figure('findings that nobody has judged', String(unjudged.length), '0', unjudged.length === 0),
      ],
      notes: unjudged.map((place) => `unjudged: ${place}`),
    };
  },
});

function count(judged: Judged, path: string): Counted {
  const { seconds, result } = time(process.execPath, [launcher, 'scan', path, '--json', '--no-cache', '--no-config', '--confidence', 'low', '--severity', 'informational']);
  const report = JSON.parse(result.stdout) as Report;
  const verdicts = new Map(judged.verdicts.map(({ place, verdict }) => [place, verdict]));
  const places = report.findings.map(({ location }) => `${location.path}:${location.region.startLine}`);
  return {
    judged,
    seconds,
    real: places.filter((place) => verdicts.get(place) === 'real').length,
    wrong: places.filter((place) => verdicts.get(place) === 'false').length,
    unjudged: places.filter((place) => !verdicts.has(place)).map((place) => `${judged.repository} ${place}`),
  };
}

function ofOne({ judged, real, wrong, unjudged, seconds }: Counted): Figure {
  const open = unjudged.length === 0 ? '' : `, ${unjudged.length} unjudged`;
  return figure(`${judged.repository}, ${judged.kind}, ${Math.round(judged.lines / 1000)} kLOC`, `${real} real, ${wrong} false${open}; ${seconds.toFixed(2)} s`);
}
