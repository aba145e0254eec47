import { defineReporter } from '#model/unit.ts';
import { fitSarif } from '../sarif/fit.ts';

export default defineReporter({
  id: 'sarif',
  title: 'SARIF 2.1.0, always inside the upload limits of GitHub code scanning',
  mediaType: 'application/sarif+json',
  render: (report) => fitSarif(report),
});
