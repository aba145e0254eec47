import { kebab, words, type Template } from './scaffold.ts';

/** A detector on streams, written in code. */
export default {
  kind: 'stream-detector',
  usage: 'stream-detector event/<what-happened>',
  argument: new RegExp(`^event/(${kebab})$`),
  extension: 'ts',
  place: (id) => `packages/analyze/stream-detectors/${id.split('/')[1] ?? id}`,
  unit: (id) => `import { defineStreamDetector } from '#model/stream.ts';

/** What must be remembered between events; plain data with a bound. */
interface State {
  readonly seen: number;
}

export default defineStreamDetector<State>({
  id: '${id}',
  title: '${words(id)}',
  severity: 'medium',
  confidence: 'medium',
  consequence: 'Say in one sentence what whoever did it gains.',
  remediation: 'Say what to look at and what to do.',
  references: [],
  initial: { seen: 0 },
  wants: ({ logsource }) => logsource.product === 'acme',
  step: (state) => ({ state, signals: [], diagnostics: [] }),
});
`,
  cases: () => `import { defineStreamCases } from '#model/stream-cases.ts';

export default defineStreamCases({
  fires: [{ name: 'replace this by what must be told', observations: [{ logsource: { product: 'acme' }, event: { class_uid: 6003 } }] }],
  silent: [{ name: 'replace this by what looks alike and is harmless', observations: [{ logsource: { product: 'acme' }, event: { class_uid: 6003 } }] }],
});
`,
} satisfies Template;
