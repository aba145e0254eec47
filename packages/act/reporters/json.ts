import type { Report } from '#model/report.ts';
import { defineReporter } from '#model/unit.ts';
import { largePieces, withItems } from '../pieces.ts';

export default defineReporter({
  id: 'json',
  title: 'The whole report as JSON; its schema is `watchward-report/1`',
  mediaType: 'application/json',
  render: (report) => largePieces(pieces(report)),
});

const emptyList = '"findings": []';

function* pieces(report: Report): Generator<string> {
  yield* withItems(`${jsonText({ ...report, findings: [] })}\n`, emptyList, items(report), ',');
}

/** Each finding on the lines that it has in the whole. */
function* items({ findings }: Report): Generator<string> {
  for (const [at, finding] of findings.entries()) {
    const end = at === findings.length - 1 ? '\n  ' : '';
    yield `\n    ${jsonText(finding).replaceAll('\n', '\n    ')}${end}`;
  }
}

function jsonText(value: unknown): string {
  return JSON.stringify(value, sortKeys, 2);
}

/** Members of every object in one order, so that two reports can be compared as text. */
function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
