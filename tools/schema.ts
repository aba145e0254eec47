/** Writes the JSON Schema of the report, made from the `Report` interface itself: `.generated/report.schema.json`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

export function reportSchema(): object {
  const generator = createGenerator({
    path: join(root, 'packages/model/report.ts'),
    tsconfig: join(root, 'tsconfig.json'),
    type: 'Report',
    topRef: false,
    additionalProperties: false,
    // Types are checked by `npm run typecheck`; the generator carries a TypeScript of its own.
    skipTypeCheck: true,
  });
  return { $id: 'urn:watchward:report:1', title: 'Watchward report', ...generator.createSchema('Report') };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(join(root, '.generated'), { recursive: true });
  writeFileSync(join(root, '.generated/report.schema.json'), `${JSON.stringify(reportSchema(), undefined, 2)}\n`);
}
