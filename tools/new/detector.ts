import { kebab, words, type Template } from './scaffold.ts';

/** A detector written in code. */
export default {
  kind: 'detector',
  usage: 'detector <surface>/<what-is-wrong>',
  argument: new RegExp(`^(?:secrets|code|infra|pipeline|component|image|web)/(${kebab})$`),
  extension: 'ts',
  place: (id) => `packages/analyze/detectors/${id.split('/')[1] ?? id}`,
  unit: (id) => `import type { Match } from '#model/finding.ts';
import { defineDetector } from '#model/unit.ts';

export default defineDetector({
  id: '${id}',
  title: '${words(id)}',
  surface: '${id.split('/')[0] ?? ''}',
  severity: 'high',
  confidence: 'medium',
  persona: 'regular',
  cwe: [],
  consequence: 'Say in one sentence what an attacker gains.',
  remediation: 'Say what to do about it.',
  references: [],
  needs: ['acme'],
  detect(): Match[] {
    return [];
  },
});
`,
  cases: () => `export default {
  fires: [{ text: 'acme: replace this by a text in which the detector must fire' }],
  silent: [{ text: 'acme: replace this by a text that looks alike and is harmless' }],
};
`,
} satisfies Template;
