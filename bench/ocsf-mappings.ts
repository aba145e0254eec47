/**
 * The events that the mappings make of their cases, as JSON lines for `ocsf-check.ts`:
 *
 *     node bench/ocsf-mappings.ts > events.jsonl && node bench/ocsf-check.ts SCHEMA_DIR events.jsonl
 */
import { readdirSync } from 'node:fs';
import type { Mapping } from '#model/unit.ts';

const folder = new URL('../packages/normalize/mappings/', import.meta.url);
const [only] = process.argv.slice(2);

for (const file of readdirSync(folder).filter((name) => name.endsWith('.cases.ts') && (only === undefined || name.startsWith(only)))) {
  const { default: mapping } = (await import(new URL(file.replace('.cases.ts', '.ts'), folder).href)) as { default: Mapping };
  const { default: cases } = (await import(new URL(file, folder).href)) as { default: { readonly maps: readonly { readonly record: unknown }[] } };
  for (const { record } of cases.maps) {
    const event = mapping.accepts(record) ? mapping.map({ source: 'cases', sequence: 1, value: record }) : undefined;
    if (event === undefined) throw new Error(`mapping ${mapping.id} makes nothing of one of its cases`);
    process.stdout.write(`${JSON.stringify(event)}\n`);
  }
}
