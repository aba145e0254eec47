import { isScript } from '../places.ts';
import { defineCheck } from '../repo.ts';

const most = 60;

export default defineCheck({
  id: 'function-length',
  title: `No function is longer than ${most} lines (chapters of tests may be)`,
  check(repo) {
    return repo.files.filter(isScript).flatMap((path) =>
      repo
        .module(path)
        .functions.filter(({ lines, chapter }) => lines > most && !chapter)
        .map(({ name, line, lines }) => ({ path, line, message: `${name} has ${lines} lines (at most ${most})` })),
    );
  },
});
