import { kebab, words, type Template } from './scaffold.ts';

/** Turns one kind of record into OCSF. */
export default {
  kind: 'mapping',
  usage: 'mapping <name>',
  argument: new RegExp(`^(${kebab})$`),
  extension: 'ts',
  place: (name) => `packages/normalize/mappings/${name}`,
  unit: (name) => `import type { Event } from '#model/event.ts';
import { defineMapping } from '#model/unit.ts';

export default defineMapping({
  id: '${name}',
  title: '${words(name)}',
  logsource: { product: '${name}' },
  accepts: () => false,
  map(): Event | undefined {
    return undefined;
  },
});
`,
  cases: () => `export default {
  maps: [
    {
      record: { replace: 'this by a record of this kind' },
      expect: { class_uid: 6003, activity_id: 1 },
    },
  ],
  rejects: ['text', { of: 'another kind' }],
};
`,
} satisfies Template;
