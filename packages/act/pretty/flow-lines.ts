import { clip } from '#formats/clip.ts';
import { visibleText } from '#formats/visible-text.ts';
import type { Finding, FlowStep } from '#model/finding.ts';
import type { RunFacts } from '#model/report.ts';
import { shownPlace } from '../place.ts';
import { columns, fit, fitEnd } from './layout.ts';
import type { Pen } from './pen.ts';

/** Steps between source and sink that are shown; the middle of a longer flow is counted. */
const between = 4;

/** The way from source to sink, a line of code for each step: enough to follow it without opening a file. */
export function flowLines({ codeFlow, location }: Finding, run: RunFacts, pen: Pen, width: number): readonly string[] {
  const steps = distinct(codeFlow ?? []);
  if (steps.length < 2) return [];
  const inner = steps.slice(1, -1);
  const cut = inner.length - between;
  const shown = cut <= 1 ? inner : [...inner.slice(0, between / 2), ...inner.slice(-between / 2)];
  const [source, sink] = [steps[0] as FlowStep, steps.at(-1) as FlowStep];
  const placeOf = (step: FlowStep): string => shortPlace(step, location.path, run);
  const room = width - labelColumns;
  const half = Math.floor(room / 2);
  const widest = Math.max(...[source, ...shown, sink].map((step) => columns(placeOf(step))).filter((columnsOfPlace) => columnsOfPlace <= half), 0);
  const line = (label: string, step: FlowStep): readonly string[] => {
    const lead = pen.dim(label.padEnd(labelColumns));
    const place = placeOf(step);
    const text = visibleText(clip(step.code ?? step.message, 400));
    // The end of a place says most: the file and its line.
    if (columns(place) > half) return [lead + fitEnd(place, room), ' '.repeat(labelColumns + 2) + fit(text, room - 2)];
    return [`${lead}${place}${' '.repeat(widest - columns(place) + 2)}${fit(text, room - widest - 2)}`];
  };
  const middle = shown.map((step) => line('', step));
  if (cut > 1) middle.splice(between / 2, 0, [pen.dim(`${' '.repeat(labelColumns)}\u2026 ${cut} more steps`)]);
  return [...line('source', source), ...middle.flat(), ...line('sink', sink)];
}

const labelColumns = 8;

/** Steps on one line of code are one line here. */
function distinct(steps: readonly FlowStep[]): FlowStep[] {
  return steps.filter((step, at) => {
    const before = steps[at - 1]?.location;
    return before === undefined || before.path !== step.location.path || before.region.startLine !== step.location.region.startLine;
  });
}

/** The file is named only where it is another than the finding's own. */
function shortPlace({ location }: FlowStep, path: string, run: RunFacts): string {
  return location.path === path ? `line ${location.region.startLine}` : visibleText(shownPlace(run, location).replace(/:\d+$/, ''));
}
