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
  cases: () => `import { match } from 'node:assert/strict';
import type { ReporterCases } from '../reporter-cases.ts';
import { emptyReport, sampleReport } from '../sample-report.ts';

export default {
  checks: [
    {
      name: 'names every open finding',
      report: sampleReport(),
      verify: (output) => match(output, /replace this by what must be in it/),
    },
    {
      name: 'says when something was not looked at',
      report: emptyReport(true),
      verify: (output) => match(output, /replace this by what must be in it/),
    },
  ],
} satisfies ReporterCases;
`,
} satisfies Template;
