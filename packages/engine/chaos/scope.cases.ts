import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadContent } from '../content.ts';
import { defaultLimits } from '../options.ts';
import { type ChaosCase, git, leak, leakOf, put } from './stage.ts';

const ownRule = 'title: Acme token\nseverity: high\nconfidence: high\nconsequence: It opens Acme.\nremediation: Revoke it.\nmatch:\n  keywords: [acme_]\n  pattern: \'(?<secret>acme_[0-9a-f]{16})\'\n';

/** Real scans of a part, attested by whoever is trusted. */
const parts: readonly ChaosCase[] = [
  { name: 'scanned with one rule', act: async (stage) => void (await stage.scan({ rules: [loadContent().rules[0]?.id ?? ''] })) },
  { name: 'scanned with a pattern that is every rule', act: async (stage) => void (await stage.scan({ rules: ['*'] })) },
  { name: 'scanned for one surface', act: async (stage) => void (await stage.scan({ surfaces: ['secrets'] })) },
  { name: 'scanned without a file', act: async (stage) => void (await stage.scan({ exclude: ['README.md'] })) },
  { name: 'scanned without a folder', act: async (stage) => void (await stage.scan({ exclude: ['src/'] })) },
  { name: 'scanned without what does not exist', act: async (stage) => void (await stage.scan({ exclude: ['nothing/'] })) },
  { name: 'scanned without more than was agreed on', act: async (stage) => { stage.asked.exclude = ['src/']; await stage.scan({ exclude: ['src/', 'config/'] }); } },
  { name: 'the history was scanned', git: true, act: async (stage) => void (await stage.scan({ history: true })) },
  { name: 'what changed was scanned', git: true, act: async (stage) => void (await stage.scan({ changedSince: 'main' })) },
  { name: 'rules of the user took part', act: async (stage) => { put(join(stage.folder, 'acme-token.yaml'), ownRule); await stage.scan({ ruleFiles: [join(stage.folder, 'acme-token.yaml')] }); } },
  { name: 'an earlier report was the baseline', act: async (stage) => { put(join(stage.folder, 'old.json'), JSON.stringify(stage.report)); await stage.scan({ baseline: join(stage.folder, 'old.json') }); } },
  { name: 'a branch was the baseline that the gate did not ask for', git: true, act: async (stage) => void (await stage.scan({ baseline: 'main' })) },
  {
    name: 'another commit was the baseline', git: true,
    async act(stage) {
      git(stage.tree, 'branch', 'base');
      stage.file('a.env', leak);
      git(stage.tree, 'add', '.');
      git(stage.tree, 'commit', '-qm', 'leak');
      stage.asked.baseline = 'base';
      await stage.scan({ baseline: 'HEAD' });
    },
  },
  { name: 'a baseline that does not exist', git: true, act: ({ asked }) => void (asked.baseline = 'no-such-branch') },
  { name: 'files too large', act: async (stage) => void (await stage.scan({ limits: { ...defaultLimits, fileBytes: 10 } })) },
  { name: 'more files than the limit', act: async (stage) => void (await stage.scan({ limits: { ...defaultLimits, files: 2 } })) },
  { name: 'folders deeper than the limit', act: async (stage) => { stage.file('a/b/c/d/e.txt', 'x'); await stage.scan({ limits: { ...defaultLimits, depth: 2 } }); } },
  { name: 'more findings in a file than the limit', act: async (stage) => { stage.file('a.env', leakOf('one') + leakOf('two') + leakOf('three')); await stage.scan({ limits: { ...defaultLimits, findingsPerFile: 1 } }); } },
  { name: 'a scan that ran out of time', act: async (stage) => { for (let at = 0; at < 300; at++) stage.file(`more/${at}.txt`, `${at} ${'word '.repeat(2000)}`); await stage.scan({ maxTime: 0.001 }); } },
];

/** Reports that are not what was attested. */
const reports: readonly ChaosCase[] = [
  { name: 'the report is missing', act: (stage) => void (stage.asked.report = join(stage.folder, 'report.json')) },
  ...['', '{}', '[]', 'null', 'no JSON'].map((text): ChaosCase => ({ name: `the report is "${text}"`, act(stage) { put(join(stage.folder, 'report.json'), text); stage.asked.report = join(stage.folder, 'report.json'); } })),
  { name: 'the report was changed', act(stage) { put(join(stage.folder, 'report.json'), JSON.stringify({ ...stage.report, findings: [{}] })); stage.asked.report = join(stage.folder, 'report.json'); } },
  { name: 'the digest of the report was changed', act(stage) { put(join(stage.folder, 'report.json'), JSON.stringify(stage.report)); stage.asked.report = join(stage.folder, 'report.json'); stage.signWith(['predicate', 'report', 'digest'], 'c'.repeat(64)); } },
  {
    name: 'the attestation leaves out a finding of its report', expect: 'unknown',
    async act(stage) {
      stage.file('a.env', leak);
      const report = await stage.scan();
      writeFileSync(join(stage.folder, 'report.json'), JSON.stringify(report));
      stage.asked.report = join(stage.folder, 'report.json');
      const empty = { informational: 0, low: 0, medium: 0, high: 0, critical: 0 };
      stage.signWith(['predicate', 'findings'], { new: empty, existing: empty, suppressed: empty, tentative: 0, open: [], omitted: 0 });
    },
  },
];

export const scopeCases: readonly ChaosCase[] = [...parts, ...reports];
