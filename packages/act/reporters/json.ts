import { defineReporter } from '#model/unit.ts';

export default defineReporter({
  id: 'json',
  title: 'The whole report as JSON; its schema is `watchward-report/1`',
  mediaType: 'application/json',
  render(report) {
    return `${JSON.stringify(report, sortKeys, 2)}\n`;
  },
});

/** Members of every object in one order, so that two reports can be compared as text. */
function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
