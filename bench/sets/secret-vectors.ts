import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadContent } from '#engine/content.ts';
import { fileAnalyser } from '../analyse-files.ts';
import { corpus } from '../corpora.ts';
import { defineSet, figure } from '../set.ts';
import type { Vector } from '../vectors/vector.ts';
import { countReasons } from '../vectors/verdicts.ts';

const mostFalse = 20;

export default defineSet({
  id: 'secret-vectors',
  title: 'Literal examples inside the rules of betterleaks, gitleaks and kingfisher: any finding is a hit.',
  async run() {
    const folder = corpus('secret-vectors');
    if (folder === undefined) return 'no secret-vectors in $WATCHWARD_CORPORA';
    const all = readFileSync(join(folder, 'vectors.jsonl'), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as Vector);
    const truths = new Set(all.filter((vector) => vector.truth).map((vector) => vector.text));
    const vectors = all.filter((vector) => vector.truth || !truths.has(vector.text));
    const analyser = fileAnalyser();
    const providerRules = new Set(loadContent().rules.map((rule) => rule.id));
    const hits = new Set<Vector>();
    const named = new Set<Vector>();
    const regular = new Set<Vector>();
    for (const vector of vectors) {
      const { findings } = analyser(vector.path ?? 'src/settings.conf', Buffer.from(vector.text));
      const known = findings.filter((finding) => finding.rule !== 'secrets/uuid-value');
      if (known.length > 0) hits.add(vector);
      if (known.some((finding) => providerRules.has(finding.rule))) named.add(vector);
      if (known.some((finding) => finding.persona === 'regular')) regular.add(vector);
    }
    writeMistakes(vectors, hits, named);
    const positives = vectors.filter((vector) => vector.truth);
    const negatives = vectors.filter((vector) => !vector.truth);
    const count = (list: readonly Vector[], set: ReadonlySet<Vector>): number => list.filter((vector) => set.has(vector)).length;
    const { reasons, unread } = countReasons(positives.filter((vector) => !hits.has(vector)));
    const origins = [...new Set(vectors.map((vector) => vector.origin))].sort();
    const byOrigin = origins.map((origin) => {
      const own = positives.filter((vector) => vector.origin === origin);
      return figure(`true literals hit, ${origin}`, `${count(own, hits)} of ${own.length}`);
    });
    return {
      figures: [
        figure('true literals hit, auditor persona', `${count(positives, hits)} of ${positives.length}`, 'all', count(positives, hits) === positives.length),
        figure('true literals hit, regular persona', `${count(positives, regular)} of ${positives.length}`),
        ...byOrigin,
        ...reasons.map(([reason, number]) => figure(`missed, ${reason}`, String(number))),
        figure('missed and not read', String(unread), '0', unread === 0),
        figure('true literals hit by a rule that names the provider', `${count(positives, named)} of ${positives.length}`),
        figure('false literals hit by a rule that names a provider', `${count(negatives, named)} of ${negatives.length}`, `at most ${mostFalse}`, count(negatives, named) <= mostFalse),
        figure('false literals hit, regular persona, any detector', `${count(negatives, regular)} of ${negatives.length}`),
        figure('false literals hit, auditor persona, any detector', `${count(negatives, hits)} of ${negatives.length}`),
      ],
      notes: [
        `${all.length - vectors.length} texts that are true for one rule and false for another were left out.`,
        'What is missed was read one by one; the verdicts stand in `bench/vectors/verdicts.json`.',
        'Literals that those projects build by calls (generators) are not in the set.',
        'A false literal is one on which the rule of a certain provider must be silent. Most are of another provider, or one character short, and are still values assigned to `token` or `api_secret`; the detector of assigned credentials is right to name them, so rules and detectors are counted apart.',
        'The detector of bare UUIDs is left out: it names identifiers, not credentials.',
      ],
    };
  },
});

/** With `WATCHWARD_MISTAKES=FILE`, every miss and false hit by origin and rule, for reading one by one. */
function writeMistakes(vectors: readonly Vector[], hits: ReadonlySet<Vector>, named: ReadonlySet<Vector>): void {
  const target = process.env.WATCHWARD_MISTAKES;
  if (target === undefined) return;
  const lines = vectors
    .filter((vector) => vector.truth !== (vector.truth ? hits : named).has(vector))
    .map((vector) => `${vector.truth ? 'miss' : 'false'}\t${vector.origin}\t${vector.rule}\t${JSON.stringify(vector.text.slice(0, 400))}`);
  writeFileSync(target, lines.join('\n'));
}
