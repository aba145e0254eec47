import { defineCheck } from '../repo.ts';

const mostKilobytes = 200;

export default defineCheck({
  id: 'file-size',
  title: `No file is larger than ${mostKilobytes} KB`,
  check(repo) {
    return repo.files
      .map((path) => ({ path, kilobytes: Math.ceil(repo.bytes(path) / 1000) }))
      .filter(({ kilobytes }) => kilobytes > mostKilobytes)
      .map(({ path, kilobytes }) => ({ path, message: `has ${kilobytes} KB (at most ${mostKilobytes})` }));
  },
});
