import { eachLine } from '../places.ts';
import { defineCheck, type Problem } from '../repo.ts';

/** Folders, pages and tools of the place where this was written; a reader elsewhere has none of them. */
const names = [
  /(?<![\w.])\/work\/(?:main|shared|corpora|\.)/,
  /(?<![\w.])\/(?:root|home\/\w+)\/(?:work|src|watchward)\b/,
  /(?:\.\.\/)+shared\//,
  /\bHELPER[.]md\b/,
  /\bissues (?:show|list|close)\b/,
  /\bcorpus[-]checkout\b/,
  /\bfarm-(?:bench|studio)\b/,
  /\/tmp\/bash[_]jobs/,
];

export default defineCheck({
  id: 'workplace-names',
  title: 'No path of one machine and no tool of one workplace is named',
  check(repo) {
    const problems: Problem[] = [];
    for (const path of repo.files.filter((file) => !file.endsWith('package-lock.json'))) {
      const text = repo.text(path);
      if (!names.some((name) => name.test(text))) continue;
      eachLine(text, (content, line) => {
        const found = names.map((name) => name.exec(content)?.[0]).find((match) => match !== undefined);
        if (found !== undefined) problems.push({ path, line, message: `names '${found}', which exists on one machine only` });
      });
    }
    return problems;
  },
});
