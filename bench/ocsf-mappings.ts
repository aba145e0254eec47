/**
 * The events that the mappings make of their cases, as JSON lines for `ocsf-check.ts`:
 *
 *     node bench/ocsf-mappings.ts > events.jsonl && node bench/ocsf-check.ts SCHEMA_DIR events.jsonl
 *
 * With `--parts` also of each case with each member gone, or of a type that nobody expects, and of texts cut and repeated.
 */
import { readdirSync } from 'node:fs';
import type { Mapping } from '#model/unit.ts';

const folder = new URL('../packages/normalize/mappings/', import.meta.url);
const only = process.argv.slice(2).find((word) => word !== '--parts');
const withParts = process.argv.includes('--parts');
const strange: readonly unknown[] = [undefined, null, 7, '', 'x', [], [null], {}, { a: { b: [{}] } }, true, 1e300, -1, '\ud800'];

for (const file of readdirSync(folder).filter((name) => name.endsWith('.cases.ts') && (only === undefined || name.startsWith(only)))) {
  const { default: mapping } = (await import(new URL(file.replace('.cases.ts', '.ts'), folder).href)) as { default: Mapping };
  const { default: cases } = (await import(new URL(file, folder).href)) as { default: { readonly maps: readonly { readonly record: unknown }[] } };
  for (const { record } of cases.maps) {
    print(mapping, record, true);
    if (withParts) for (const part of partsOf(record)) print(mapping, part, false);
  }
}

function print(mapping: Mapping, value: unknown, due: boolean): void {
  const event = mapping.accepts(value) ? mapping.map({ source: 'cases', sequence: 1, value }) : undefined;
  if (event !== undefined) process.stdout.write(`${JSON.stringify(event)}\n`);
  else if (due) throw new Error(`mapping ${mapping.id} makes nothing of one of its cases`);
}

function partsOf(record: unknown): unknown[] {
  if (typeof record === 'string') return [7, 16, 40, record.length - 3].flatMap((length) => [record.slice(0, length), record.slice(length), `${record.slice(0, length)}${record}`]);
  return Object.entries(record as object).flatMap(([key, member]: [string, unknown]) => [
    ...strange.map((value) => ({ ...(record as object), [key]: value })),
    ...(typeof member === 'object' && member !== null && !Array.isArray(member) ? partsOf(member).map((part) => ({ ...(record as object), [key]: part })) : []),
  ]);
}
