import { eachLine } from '../places.ts';
import { defineCheck, type Problem } from '../repo.ts';

/** Shapes that hosting services refuse to take in a push. Cases build such values when they run. */
const shapes = new RegExp(
  [
    '(?<![0-9A-Za-z])(?:AKIA|ASIA)[A-Z2-7]{16}(?![0-9A-Za-z])',
    '(?<![0-9A-Za-z])gh[pousr]_[0-9A-Za-z]{36}',
    'github_pat_[0-9A-Za-z_]{60}',
    'glpat-[0-9A-Za-z_-]{20}',
    'xox[abprs]-\\d{8,}-[0-9A-Za-z-]{16}',
    '(?:sk|rk)_live_[0-9A-Za-z]{20}',
    'sk-ant-[0-9A-Za-z_-]{40}',
    'npm_[0-9A-Za-z]{36}',
    'AIza[0-9A-Za-z_-]{35}',
    'SG\\.[0-9A-Za-z_-]{22}\\.[0-9A-Za-z_-]{43}',
    '-----BEGIN [A-Z ]*PRIVATE KEY-----\\s*(?:\\\\n)?[0-9A-Za-z+/]{64}',
  ].join('|'),
);

export default defineCheck({
  id: 'secret-shapes',
  title: 'Nothing in the repository looks like a real secret',
  check(repo) {
    const problems: Problem[] = [];
    for (const path of repo.files) {
      const text = repo.text(path);
      if (!shapes.test(text)) continue;
      const before = problems.length;
      eachLine(text, (content, line) => {
        if (shapes.test(content)) problems.push({ path, line, message: 'looks like a real secret; build it when the test runs' });
      });
      if (problems.length === before) problems.push({ path, message: 'holds what looks like a private key' });
    }
    return problems;
  },
});
