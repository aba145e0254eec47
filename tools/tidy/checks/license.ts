import { defineCheck } from '../repo.ts';

export default defineCheck({
  id: 'license',
  title: 'The licence is there and is the one that package.json names',
  check(repo) {
    if (!repo.has('LICENSE')) return [{ path: 'LICENSE', message: 'is missing' }];
    if (!/Apache License\s+Version 2\.0/.test(repo.text('LICENSE'))) return [{ path: 'LICENSE', message: 'is not Apache-2.0' }];
    const named = repo.has('package.json') && /"license":\s*"Apache-2\.0"/.test(repo.text('package.json'));
    return named ? [] : [{ path: 'package.json', message: 'does not name Apache-2.0 as its license' }];
  },
});
