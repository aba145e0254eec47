import { isScript } from '../places.ts';
import { defineCheck } from '../repo.ts';

const most = 350;

export default defineCheck({
  id: 'file-length',
  title: `No source file is longer than ${most} lines`,
  check(repo) {
    return repo.files
      .filter((path) => isScript(path) || path.endsWith('.yaml'))
      .map((path) => ({ path, lines: repo.text(path).split('\n').length - 1 }))
      .filter(({ lines }) => lines > most)
      .map(({ path, lines }) => ({ path, message: `has ${lines} lines (at most ${most})` }));
  },
});
