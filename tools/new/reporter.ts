import { kebab, words, type Template } from './scaffold.ts';

/** Renders a report. */
export default {
  kind: 'reporter',
  usage: 'reporter <name>',
  argument: new RegExp(`^(${kebab})$`),
  extension: 'ts',
  place: (name) => `packages/act/reporters/${name}`,
  unit: (name) => `import { defineReporter } from '#model/unit.ts';

export default defineReporter({
  id: '${name}',
  title: '${words(name)}',
  mediaType: 'text/plain',
  render(report): string {
    return \`\${report.findings.length}\\n\`;
  },
});
`,
  cases: () => `import type { ReporterCases } from '../reporter-cases.ts';
import { sampleReport } from '../sample-report.ts';

export default {
  checks: [
    {
      name: 'names the worst finding',
      report: sampleReport(),
      verify(output) {
        if (!output.includes('replace this by what must be in it')) throw new Error(\`not in the output: \${output}\`);
      },
    },
  ],
} satisfies ReporterCases;
`,
} satisfies Template;
