import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { PatternRule } from '#analyze/patterns/rule.ts';
import { prepareReaders } from '#engine/code/code-readers.ts';
import { isOfLanguage, languageOf } from '#engine/code/pattern-languages.ts';
import { PatternTarget } from '#engine/code/pattern-run.ts';
import { pathTraits } from '#normalize/path-traits.ts';
import { corpus } from '../corpora.ts';
import { time } from '../measure.ts';
import { ruleFilesUnder } from '../pattern-rules.ts';
import { defineSet, figure } from '../set.ts';

const languages = ['javascript', 'typescript', 'python', 'java', 'go'];

export default defineSet({
  id: 'pattern-speed',
  title: "All rules of semgrep-rules for five languages on all their files, each rule on each file of its language, one thread; semgrep on the same in the same run where $SEMGREP names it.",
  async run() {
    const folder = corpus('semgrep-rules');
    if (folder === undefined) return 'no semgrep-rules in $WATCHWARD_CORPORA';
    const own = await ownRun(folder);
    const figures = [
      figure('rules, files, bytes', `${own.rules}, ${own.files}, ${own.bytes}`),
      figure('ours: loading of rules included', `${own.seconds.toFixed(1)} s, ${own.matches} matches`),
    ];
    const peer = process.env.SEMGREP;
    if (peer === undefined) return { figures, notes: [] };
    const other = peerSeconds(peer, folder);
    const ratio = other / own.seconds;
    return {
      figures: [...figures, figure('semgrep, one job', `${other.toFixed(1)} s, ${ratio.toFixed(1)} times ours`, '1 times, reaching for 10', ratio >= 1)],
      notes: ['semgrep with its metrics and version check off, without a limit of time for a file. Ours is measured inside one process that has started.'],
    };
  },
});

async function ownRun(folder: string) {
  const started = performance.now();
  const loaded = languages.flatMap((language) => ruleFilesUnder(join(folder, language)).files);
  const rules = loaded.flatMap((file) => file.rules);
  const targets = [...new Set(loaded.flatMap((file) => file.targets))];
  await prepareReaders(languages);
  let bytes = 0;
  let files = 0;
  let matches = 0;
  for (const path of targets) {
    const own = rulesFor(rules, relative(folder, path));
    if (own.length === 0) continue;
    const text = readFileSync(path, 'utf8');
    const target = new PatternTarget(text);
    bytes += text.length;
    files++;
    for (const [rule, language] of own) matches += target.run(rule, language).matches.length;
  }
  return { rules: rules.length, files, bytes, matches, seconds: (performance.now() - started) / 1000 };
}

function rulesFor(rules: readonly PatternRule[], path: string): (readonly [PatternRule, string])[] {
  const traits = pathTraits(path);
  return rules.flatMap((rule) => {
    const language = rule.languages.map(languageOf).find((one) => languages.includes(one) && isOfLanguage(one, path, traits));
    return language === undefined ? [] : [[rule, language] as const];
  });
}

function peerSeconds(program: string, folder: string): number {
  const out = mkdtempSync(join(tmpdir(), 'watchward-bench-'));
  try {
    const configs = languages.flatMap((language) => ['--config', join(folder, language)]);
    const targets = languages.map((language) => join(folder, language));
    const quiet = ['--metrics', 'off', '--disable-version-check', '--jobs', '1', '--no-git-ignore', '--max-target-bytes', '0', '--timeout', '0', '--quiet'];
    return time(program, ['scan', ...configs, ...quiet, '--json', '--output', join(out, 'peer.json'), ...targets]).seconds;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
