/** The card of the model for assigned credentials: what it learned from, what it is worth, where it fails. */
export function writeCard(rows: readonly { readonly repo: string; readonly truth: string }[], odds: Float64Array, version: string): string {
  const count = (truth: string): number => rows.filter((row) => row.truth === truth).length;
  const repos = new Set(rows.map((row) => row.repo)).size;
  return `# Model: assigned-credential, version ${version}

Judges whether a literal assigned to a name that speaks of credentials is one. Hashed logistic regression, one weight for each of
131,072 buckets; features in \`packages/analyze/credential-features.ts\`, training in \`bench/train/assigned-credential.ts\`.

- **Data**: CredData (Samsung), developers' half, ${repos} repositories at their exact commits; ${rows.length} assignments: ${count('T')} true,
  ${count('F')} false, ${count('X')} test values or placeholders, ${count('unlabelled')} that nobody labelled. All but the true ones count as negative.
- **Split**: five folds by repository; nothing of a repository is on both sides. The shipped weights are fitted on all folds, so
  figures on this data with the shipped weights are too good; those below are out of fold.

| log-odds from | precision | recall | F1 | precision without test values |
|---|---|---|---|---|
${[-1, -0.9, -0.5, 0, 0.5, 1, 1.5, 2].map((threshold) => cardRow(rows, odds, threshold)).join('\n')}

- **Limits**: labels disagree about common passwords in tests (the same word is true in one repository and a test value in another).
  Names in languages other than English are not looked at. A value split over lines is not seen.
- **Where it is used**: the auditor persona from -0.9, pedantic from 0.5; the regular persona from -0.9, only for random-looking values outside
  tests, examples and documentation.
`;
}

function cardRow(rows: readonly { readonly truth: string }[], odds: Float64Array, threshold: number): string {
  let hit = 0;
  let wrong = 0;
  let tests = 0;
  let missed = 0;
  rows.forEach(({ truth }, at) => {
    const said = (odds[at] as number) >= threshold;
    if (truth === 'T' && said) hit++;
    else if (truth === 'T') missed++;
    else if (said && truth === 'X') tests++;
    else if (said) wrong++;
  });
  const precision = hit / (hit + wrong + tests);
  const recall = hit / (hit + missed);
  const f1 = (2 * precision * recall) / (precision + recall);
  const show = (value: number): string => value.toFixed(3);
  return `| ${threshold} | ${show(precision)} | ${show(recall)} | ${show(f1)} | ${show(hit / (hit + wrong))} |`;
}
