import { kebab, words, type Template } from './scaffold.ts';

/** A source of events: something that can be read again, or that is spoken to. */
export default {
  kind: 'event-source',
  usage: 'event-source <name>',
  argument: new RegExp(`^(${kebab})$`),
  extension: 'ts',
  place: (name) => `packages/sources/event-sources/${name}`,
  unit: (name) => `import { defineEventSource } from '#model/intake.ts';
import { SourceError } from '../source-error.ts';

export default defineEventSource({
  id: '${name}',
  title: '${words(name)}',
  schemes: ['${name}:'],
  examples: ['${name}:what-to-read'],
  network: 'none',
  open(address) {
    if (address.slice('${name}:'.length) === '') throw new SourceError('address-invalid', 'the address of the source ${name} names nothing to read');
    return {
      kind: 'replayable',
      id: address,
      async *read() {
        // Gives { records, position } until there are no more; the same position gives the same records. What is only spoken to is a listening source.
      },
    };
  },
});
`,
  cases: (name) => `import { deepEqual } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventSourceCases } from '../event-source-cases.ts';

export default {
  async subject(stage) {
    const path = join(stage.folder, 'what-to-read');
    return {
      async meet(bytes) {
        writeFileSync(path, bytes);
        await stage.read(\`${name}:\${path}\`);
      },
    };
  },
  checks: [
    {
      name: 'replace this by what must be read, in its order',
      async run(stage) {
        const path = join(stage.folder, 'what-to-read');
        writeFileSync(path, 'one\\ntwo\\n');
        await stage.read(\`${name}:\${path}\`);
        deepEqual(stage.records.map(({ value }) => value), ['one', 'two']);
      },
    },
  ],
  limits: [],
} satisfies EventSourceCases;
`,
} satisfies Template;
