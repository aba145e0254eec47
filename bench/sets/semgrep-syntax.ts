import { writeFileSync } from 'node:fs';
import { languagesOfRule } from '#analyze/patterns/rule-languages.ts';
import { prepareReaders } from '#engine/code/code-readers.ts';
import { languageOf } from '#engine/code/pattern-languages.ts';
import { corpus } from '../corpora.ts';
import { judgeRuleFiles, type Mistake, ruleFilesUnder } from '../pattern-rules.ts';
import { besideSemgrep } from '../semgrep-run.ts';
import { defineSet, figure } from '../set.ts';

/** Percent of the lines that are to be right. */
const goals = new Map([['javascript', 95], ['typescript', 95], ['python', 95], ['java', 95], ['generic', 95], ['regex', 95], ['go', 85], ['hcl', 85], ['yaml', 85], ['dockerfile', 85]]);

export default defineSet({
  id: 'semgrep-syntax',
  title: "The rules of semgrep-rules on their own test files: a line after `ruleid:` is reported, one after `ok:` is not.",
  async run() {
    const folder = corpus('semgrep-rules');
    if (folder === undefined) return 'no semgrep-rules in $WATCHWARD_CORPORA';
    const started = performance.now();
    const { files, problems } = ruleFilesUnder(folder);
    const loaded = performance.now() - started;
    await prepareReaders(new Set(files.flatMap((file) => file.rules.flatMap((rule) => [...languagesOfRule(rule)].map(languageOf)))));
    const { tallies, mistakes, lost } = judgeRuleFiles(folder, files);
    writeMistakes(mistakes);
    const rules = files.reduce((sum, file) => sum + file.rules.length, 0);
    const byLanguage = [...goals].flatMap(([language, goal]) => {
      const tally = tallies.get(language);
      if (tally === undefined) return [];
      const percent = (100 * tally.right) / Math.max(1, tally.lines);
      return [
        figure(`${language}: lines right`, `${percent.toFixed(1)} % (${tally.right} of ${tally.lines})`, `at least ${goal} %`, percent >= goal),
        figure(`${language}: rules that run; seconds; runs with a gap`, `${tally.run} of ${tally.rules}; ${(tally.milliseconds / 1000).toFixed(1)} s; ${tally.degraded}`),
      ];
    });
    return {
      figures: [
        figure('rules loaded', `${rules} of ${rules + problems.length}`, 'all, or the reason', true),
        figure('seconds to load them', (loaded / 1000).toFixed(1)),
        ...byLanguage,
        figure('reports on lines of which nothing is said', String(mistakes.filter(({ wrong }) => wrong === 'unexpected').length)),
        figure('rules and files where a scan would not look, and matches are', String(lost.length), '0', lost.length === 0),
        figure('seconds for all', ((performance.now() - started) / 1000).toFixed(1)),
        ...besideSemgrep(folder),
        figure('peak memory of the whole measurement', `${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`),
      ],
      notes: [
        'A rule of several languages counts for the language of its test file. Lines under `todoruleid:` and `todook:` are not counted.',
        'With `SEMGREP=program`, Semgrep and a whole scan of ours run one after the other on the same rules and files, one job each; a line counts once for a rule.',
        ...lost.slice(0, 20).map((one) => `A word that the rule is thought to need is missing: ${one}.`),
        ...problems.slice(0, 20).map((problem) => `Not loaded: ${problem}`),
        'With `WATCHWARD_DIFFERENCES=FILE` as well, every line that only one of them reports.',
      ],
    };
  },
});

/** With `WATCHWARD_MISTAKES=FILE`, every wrong line. */
function writeMistakes(mistakes: readonly Mistake[]): void {
  const target = process.env.WATCHWARD_MISTAKES;
  if (target === undefined) return;
  writeFileSync(target, mistakes.map(({ wrong, language, rule, target: path, line, text, problem }) => [wrong, language, rule, `${path}:${line}`, text.slice(0, 160), problem ?? ''].join('\t')).join('\n'));
}
