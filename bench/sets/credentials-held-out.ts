import type { HashedModel } from '#model/unit.ts';
import { corpus } from '../corpora.ts';
import { readLabels } from '#engine/credential-labels.ts';
import { defineSet, figure } from '../set.ts';
import { readRows } from '#engine/credential-rows.ts';
import { folds, foldsOf, heldOutModels } from '../train/credential-examples.ts';
import { analyse, f1, type FileFindings, macro, rates, sum, tally } from './credentials.ts';

export default defineSet({
  id: 'credentials-held-out',
  title: 'CredData, developers\' half, each repository judged by a model that was fitted without it (five folds).',
  async run() {
    const folder = corpus('creddata');
    if (folder === undefined) return 'no creddata in $WATCHWARD_CORPORA';
    const labels = readLabels(folder);
    const fold = foldsOf([...labels.values()].map((own) => own[0]?.repo ?? ''));
    const models = heldOutModels(readRows(folder), fold);
    const found = new Map<string, FileFindings>();
    for (let held = 0; held < folds; held++) {
      const own = new Map([...labels].filter(([, list]) => fold.get(list[0]?.repo ?? '') === held));
      for (const [file, findings] of analyse(folder, own, () => models[held] as HashedModel)) found.set(file, findings);
    }
    const auditor = tally(labels, found, 'auditor');
    const pedantic = tally(labels, found, 'pedantic');
    const total = sum(auditor.values());
    return {
      figures: [
        figure('F1 micro, auditor persona', f1(total).toFixed(3), '0.8', f1(total) >= 0.8),
        figure('F1 macro over repositories, auditor', macro(auditor).toFixed(3)),
        figure('F1 micro, reports on test values not counted', f1({ ...total, tests: 0 }).toFixed(3)),
        figure('recall / precision, auditor', rates(total)),
        figure('recall / precision, pedantic', rates(sum(pedantic.values()))),
        figure('recall / precision, regular', rates(sum(tally(labels, found, 'regular').values()))),
      ],
      notes: ['What to expect of repositories that nobody here has seen: rules were written and thresholds set with this half at hand, weights were not.'],
    };
  },
});
