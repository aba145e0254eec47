import { eachLine } from '../places.ts';
import { defineCheck, type Problem } from '../repo.ts';

export default defineCheck({
  id: 'pinned-actions',
  title: "Other people's actions are pinned by commit, images by digest",
  check(repo) {
    const problems: Problem[] = [];
    for (const path of repo.files.filter((file) => /\.ya?ml$/.test(file) && !file.startsWith('content/'))) {
      eachLine(repo.text(path), (text, line) => {
        const action = /^\s*(?:-\s+)?uses:\s*['"]?([^\s'"#]+)/.exec(text)?.[1];
        if (action === undefined || action.startsWith('./')) return;
        const pin = action.startsWith('docker://') ? /@sha256:[0-9a-f]{64}$/ : /@[0-9a-f]{40}$/;
        if (!pin.test(action)) problems.push({ path, line, message: `'${action}' is not pinned by its hash` });
      });
    }
    return problems;
  },
});
